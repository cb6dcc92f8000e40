// OFAC's SDN.XML and CONSOLIDATED.XML (`sdnList`, the classic layout): the facts that the CSV writes into remarks stand
// in elements here, and aliases carry `category` strong or weak.

import { calendarDay } from './birth-dates.ts'
import { ofacEntity } from './ofac-entity.ts'
import { noFacts, readId, readRemarks, type OfacFacts, type OfacName } from './ofac-facts.ts'
import { childOf, childrenOf, textAt, textsAt, xmlRecords, type XmlNode } from './xml-records.ts'
import type { Entries } from './entries.ts'
import type { ListedEntity, NameKind } from '../entity.ts'

const ENTRY = 'sdnList/sdnEntry'
/** The missing `i` is OFAC's own. */
const PUBLICATION = 'sdnList/publshInformation'

export async function importOfacXml(file: AsyncIterable<Uint8Array>, entries: Entries): Promise<void> {
  for await (const records of xmlRecords(file, 'sdnList', new Set([ENTRY, PUBLICATION]))) {
    for (const { path, node, line } of records) {
      if (path === ENTRY) await entries.take(line, entityOf(node))
      else if (path === PUBLICATION) entries.publishedOn = usDay(textAt(node, 'Publish_Date'))
    }
  }
}

function entityOf(node: XmlNode): ListedEntity | null {
  const vessel = childOf(node, 'vesselInfo')
  return ofacEntity({
    uid: textAt(node, 'uid'),
    type: textAt(node, 'sdnType'),
    name: nameOf(node),
    aliases: listOf(node, 'akaList').map(aliasOf),
    countries: [
      ...listOf(node, 'addressList').map((address) => textAt(address, 'country')),
      textAt(vessel, 'vesselFlag'),
    ],
    callSign: textAt(vessel, 'callSign'),
    programs: textsAt(childOf(node, 'programList'), 'program'),
    facts: factsOf(node),
  })
}

function factsOf(node: XmlNode): OfacFacts {
  const facts = noFacts()
  for (const item of listOf(node, 'dateOfBirthList')) {
    readId({ type: 'DOB', number: textAt(item, 'dateOfBirth'), country: '' }, facts)
  }
  for (const item of [...listOf(node, 'nationalityList'), ...listOf(node, 'citizenshipList')]) {
    readId({ type: 'nationality', number: textAt(item, 'country'), country: '' }, facts)
  }
  for (const id of listOf(node, 'idList')) {
    readId({ type: textAt(id, 'idType'), number: textAt(id, 'idNumber'), country: textAt(id, 'idCountry') }, facts)
  }
  readRemarks(textAt(node, 'remarks'), facts)
  return facts
}

/** The form of the CSV: `LAST, First`. */
function nameOf(node: XmlNode): string {
  const first = textAt(node, 'firstName')
  const last = textAt(node, 'lastName')
  return first === '' || last === '' ? first + last : `${last}, ${first}`
}

function aliasOf(aka: XmlNode): OfacName {
  const isFormer = /^f/iu.test(textAt(aka, 'type'))
  const isWeak = textAt(aka, 'category').toLowerCase() === 'weak'
  const kind: NameKind = isWeak ? 'weak_aka' : isFormer ? 'former' : 'aka'
  return { written: nameOf(aka), kind }
}

const listOf = (node: XmlNode, name: string): XmlNode[] => childrenOf(node, name).flatMap((list) => list.children)

/** `mm/dd/yyyy` */
function usDay(text: string): string | null {
  const [, month, day, year] = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/u.exec(text) ?? []
  return month === undefined || day === undefined || year === undefined ? null : calendarDay(`${day}/${month}/${year}`)
}
