// An entry of OFAC's lists from its parts, the same for CSV and XML.

import { distinctDates } from './birth-dates.ts'
import { countriesOfAll } from './country-names.ts'
import { distinctNames, personName, plainName } from './listed-names.ts'
import type { OfacFacts, OfacName } from './ofac-facts.ts'
import type { EntitySchema } from '../../../domain/screening/screening.ts'
import type { ListedEntity, ListedName } from '../entity.ts'

const SCHEMAS: Readonly<Record<string, EntitySchema>> = {
  individual: 'person',
  '': 'organization',
  entity: 'organization',
  vessel: 'vessel',
  aircraft: 'aircraft',
}

export type OfacParts = {
  uid: string
  type: string
  name: string
  aliases: OfacName[]
  /** Countries of addresses and flag, as written. */
  countries: string[]
  callSign: string
  programs: string[]
  facts: OfacFacts
}

/** Null without a name or with a type that is not known. */
export function ofacEntity(parts: OfacParts): ListedEntity | null {
  const { uid, name, facts, callSign } = parts
  const schema = SCHEMAS[parts.type.toLowerCase()]
  if (schema === undefined || name === '') return null
  const named = ({ written, kind }: OfacName): ListedName =>
    schema === 'person' ? personName(written, kind) : plainName(written, kind)
  return {
    reference: uid,
    schema,
    names: distinctNames([named({ written: name, kind: 'primary' }), ...[...parts.aliases, ...facts.names].map(named)]),
    births: distinctDates(facts.births),
    nationalities: [...new Set(facts.nationalities)],
    countries: [...new Set([...countriesOfAll(parts.countries), ...facts.countries])],
    gender: facts.gender,
    identifiers: callSign === '' ? facts.identifiers : [...facts.identifiers, { type: 'other', value: callSign }],
    programs: parts.programs,
    listed_on: facts.listed_on,
    source_url: `https://sanctionssearch.ofac.treas.gov/Details.aspx?id=${uid}`,
  }
}
