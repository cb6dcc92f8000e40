// The UK Sanctions List of the FCDO in XML (`Designations/Designation`).

import { calendarDay } from './birth-dates.ts'
import { ukEntity } from './uk-entity.ts'
import { childOf, childrenOf, textAt, textsAt, xmlRecords, type XmlNode } from './xml-records.ts'
import type { Entries } from './entries.ts'
import type { ListedEntity } from '../entity.ts'

const DESIGNATION = 'Designations/Designation'
const GENERATED = 'Designations/DateGenerated'

export async function importUkXml(file: AsyncIterable<Uint8Array>, entries: Entries): Promise<void> {
  for await (const records of xmlRecords(file, 'Designations', new Set([DESIGNATION, GENERATED]))) {
    for (const { path, node, line } of records) {
      if (path === GENERATED) entries.publishedOn = calendarDay(node.text)
      else if (path === DESIGNATION) await entries.take(line, entityOf(node))
    }
  }
}

function entityOf(node: XmlNode): ListedEntity | null {
  const person = at(node, 'IndividualDetails', 'Individual')
  const company = at(node, 'EntityDetails', 'Entity')
  const ship = at(node, 'ShipDetails', 'Ship')
  return ukEntity({
    uniqueId: textAt(node, 'UniqueID'),
    kind: textAt(node, 'IndividualEntityShip'),
    names: nodesAt(node, 'Names', 'Name').map((name) => ({
      given: [1, 2, 3, 4, 5].map((part) => textAt(name, `Name${part}`)),
      family: textAt(name, 'Name6'),
      type: textAt(name, 'NameType'),
      strength: textAt(name, 'AliasStrength'),
    })),
    nonLatinNames: nodesAt(node, 'NonLatinNames', 'NonLatinName').map((name) => textAt(name, 'NameNonLatinScript')),
    births: textsAt(at(person, 'DOBs'), 'DOB'),
    nationalities: textsAt(at(person, 'Nationalities'), 'Nationality'),
    countries: [
      ...nodesAt(node, 'Addresses', 'Address').map((address) => textAt(address, 'AddressCountry')),
      ...textsAt(at(ship, 'CurrentBelievedFlagOfShips'), 'CurrentBelievedFlagOfShip'),
    ],
    genders: textsAt(at(person, 'Genders'), 'Gender'),
    passports: nodesAt(person, 'PassportDetails', 'Passport').map((passport) => ({
      number: textAt(passport, 'PassportNumber'),
      info: textAt(passport, 'PassportAdditionalInformation'),
    })),
    nationalIds: nodesAt(person, 'NationalIdentifierDetails', 'NationalIdentifier').map((id) => ({
      number: textAt(id, 'NationalIdentifierNumber'),
      info: textAt(id, 'NationalIdentifierAdditionalInformation'),
    })),
    registrations: nodesAt(company, 'BusinessRegistrationNumbers', 'BusinessRegistrationNumber').map(
      ({ text }) => text,
    ),
    imoNumbers: textsAt(at(ship, 'IMONumbers'), 'IMONumber'),
    regimes: textsAt(node, 'RegimeName'),
    designatedOn: textAt(node, 'DateDesignated'),
  })
}

const at = (node: XmlNode | undefined, ...path: string[]): XmlNode | undefined =>
  path.reduce<XmlNode | undefined>((from, name) => (from === undefined ? undefined : childOf(from, name)), node)

const nodesAt = (node: XmlNode | undefined, list: string, item: string): XmlNode[] => {
  const parent = at(node, list)
  return parent === undefined ? [] : childrenOf(parent, item)
}
