// The consolidated list of the United Nations Security Council (`CONSOLIDATED_LIST`, XML). People have up to four
// names and no family name told apart; entities carry theirs in FIRST_NAME.

import { approximately, birthDate, birthYears, calendarDay, distinctDates } from './birth-dates.ts'
import { countriesOfAll, countryOf } from './country-names.ts'
import { wordedIdentifierType } from './identifier-types.ts'
import { distinctNames, genderOf, plainName } from './listed-names.ts'
import { unAliases, unOrganizationNames } from './un-names.ts'
import { attributeOf, childrenOf, textAt, textsAt, xmlRecords, type XmlNode } from './xml-records.ts'
import type { Entries } from './entries.ts'
import type { BirthDate, ListedEntity, ListedIdentifier, ListedName } from '../entity.ts'

const ROOT = 'CONSOLIDATED_LIST'
const INDIVIDUAL = `${ROOT}/INDIVIDUALS/INDIVIDUAL`
const ENTITY = `${ROOT}/ENTITIES/ENTITY`

export async function importUnXml(file: AsyncIterable<Uint8Array>, entries: Entries): Promise<void> {
  for await (const records of xmlRecords(file, ROOT, new Set([INDIVIDUAL, ENTITY]))) {
    for (const { path, node, line } of records) {
      if (path === ROOT) entries.publishedOn = calendarDay(attributeOf(node, 'dateGenerated'))
      else await entries.take(line, path === INDIVIDUAL ? individualOf(node) : organizationOf(node))
    }
  }
}

function individualOf(node: XmlNode): ListedEntity | null {
  const parts = ['FIRST_NAME', 'SECOND_NAME', 'THIRD_NAME', 'FOURTH_NAME']
    .map((name) => textAt(node, name))
    .filter((part) => part.toLowerCase() !== 'na')
  const aliases = childrenOf(node, 'INDIVIDUAL_ALIAS')
  return entityOf(node, {
    schema: 'person',
    names: [
      plainName(parts.join(' '), 'primary'),
      ...aliases.flatMap((alias) => unAliases(textAt(alias, 'ALIAS_NAME'), textAt(alias, 'QUALITY'), 'person')),
    ],
    births: distinctDates([
      ...childrenOf(node, 'INDIVIDUAL_DATE_OF_BIRTH').map(birthOf),
      ...aliases.map((alias) => birthDate(textAt(alias, 'DATE_OF_BIRTH'))),
    ]),
    identifiers: childrenOf(node, 'INDIVIDUAL_DOCUMENT').flatMap(documentOf),
    addresses: childrenOf(node, 'INDIVIDUAL_ADDRESS'),
  })
}

function organizationOf(node: XmlNode): ListedEntity | null {
  return entityOf(node, {
    schema: 'organization',
    names: [
      ...unOrganizationNames(textAt(node, 'FIRST_NAME')),
      ...childrenOf(node, 'ENTITY_ALIAS').flatMap((alias) =>
        unAliases(textAt(alias, 'ALIAS_NAME'), textAt(alias, 'QUALITY'), 'organization'),
      ),
    ],
    births: [],
    identifiers: [],
    addresses: childrenOf(node, 'ENTITY_ADDRESS'),
  })
}

type Parts = Pick<ListedEntity, 'schema' | 'births' | 'identifiers'> & { names: ListedName[]; addresses: XmlNode[] }

function entityOf(node: XmlNode, parts: Parts): ListedEntity | null {
  const reference = textAt(node, 'REFERENCE_NUMBER')
  const names = distinctNames([...parts.names, plainName(textAt(node, 'NAME_ORIGINAL_SCRIPT'), 'original_script')])
  if (names[0]?.kind !== 'primary') return null
  const program = textAt(node, 'UN_LIST_TYPE')
  const nationalities = childrenOf(node, 'NATIONALITY').flatMap((nationality) => textsAt(nationality, 'VALUE'))
  return {
    reference,
    schema: parts.schema,
    names,
    births: parts.births,
    nationalities: countriesOfAll(nationalities),
    countries: countriesOfAll(parts.addresses.map((address) => textAt(address, 'COUNTRY'))),
    gender: genderOf(textAt(node, 'GENDER')),
    identifiers: parts.identifiers,
    programs: program === '' ? [] : [program],
    listed_on: calendarDay(textAt(node, 'LISTED_ON')),
    source_url: null,
  }
}

/** `TYPE_OF_DATE` is EXACT, APPROXIMATELY or BETWEEN; the note sometimes holds what the date lacks (`Sep.`). */
function birthOf(node: XmlNode): BirthDate | null {
  const [year, note] = [textAt(node, 'YEAR'), textAt(node, 'NOTE')]
  const date =
    birthYears(textAt(node, 'FROM_YEAR'), textAt(node, 'TO_YEAR')) ??
    birthDate(textAt(node, 'DATE')) ??
    (note === '' ? null : birthDate(`${note} ${year}`)) ??
    birthDate(year)
  const isAbout = textAt(node, 'TYPE_OF_DATE').toUpperCase() === 'APPROXIMATELY'
  return date !== null && isAbout ? approximately(date) : date
}

function documentOf(node: XmlNode): ListedIdentifier[] {
  const { value, issuer } = documentNumber(textAt(node, 'NUMBER'))
  if (!/\d/u.test(value)) return []
  const country =
    countryOf(textAt(node, 'ISSUING_COUNTRY')) ?? countryOf(textAt(node, 'COUNTRY_OF_ISSUE')) ?? countryOf(issuer)
  const label = `${textAt(node, 'TYPE_OF_DOCUMENT')} ${textAt(node, 'TYPE_OF_DOCUMENT2')}`
  return [{ type: wordedIdentifierType(label), value, ...(country === undefined ? {} : { country }) }]
}

/** The column holds more than the number: `Afghan passport number OA296623`, `Libya 428720`, `R00012098, South Sudan`. */
function documentNumber(written: string): { value: string; issuer: string } {
  const bare = written.replace(/^.*\b(?:number|no|passport|document)\b(?:\s*\([^)]*\))?[.:\s]*(?=\S*\s?\S*\d)/iu, '')
  const [, before, value = bare, after] = /^(\p{L}{4,}\s)?(\S.*?)(?:\s*[,(]\s*([^,()]*)\)?)?$/u.exec(bare) ?? []
  return { value, issuer: (before ?? after ?? '').trim() }
}
