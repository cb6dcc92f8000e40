// What an index keeps of an entry beside its names: what evidence and a hit need, as short as it goes.

import type { EntitySchema } from '../../../domain/screening/screening.ts'
import type { BirthDate, IdentifierType, ListedEntity } from '../entity.ts'
import { hash } from './word-keys.ts'

export type StoredEntity = {
  reference: string
  schema: EntitySchema
  births: BirthDate[]
  nationalities: string[]
  countries: string[]
  gender: 'male' | 'female' | null
  identifiers: { type: IdentifierType; value: string }[]
  programs: string[]
  listedOn: string | null
  sourceUrl: string | null
  hash: string
}

type Row = [
  reference: string,
  schema: EntitySchema,
  births: [BirthDate['precision'], string, string][],
  nationalities: string,
  countries: string,
  gender: 'male' | 'female' | null,
  identifiers: [IdentifierType, string][],
  programs: string[],
  listedOn: string | null,
  sourceUrl: string | null,
  hash: string,
]

export function packEntity(entity: ListedEntity): string {
  const row: Row = [
    entity.reference,
    entity.schema,
    entity.births.map((birth) => [birth.precision, birth.from, birth.to]),
    entity.nationalities.join(' '),
    entity.countries.join(' '),
    entity.gender,
    entity.identifiers.map(({ type, value }) => [type, value]),
    entity.programs,
    entity.listed_on,
    entity.source_url,
    hashOf(entity),
  ]
  return JSON.stringify(row)
}

export function unpackEntity(text: string): StoredEntity {
  const [
    reference,
    schema,
    births,
    nationalities,
    countries,
    gender,
    identifiers,
    programs,
    listedOn,
    sourceUrl,
    ownHash,
  ] = JSON.parse(text) as Row
  return {
    reference,
    schema,
    births: births.map(([precision, from, to]) => ({ precision, from, to })),
    nationalities: nationalities === '' ? [] : nationalities.split(' '),
    countries: countries === '' ? [] : countries.split(' '),
    gender,
    identifiers: identifiers.map(([type, value]) => ({ type, value })),
    programs,
    listedOn,
    sourceUrl,
    hash: ownHash,
  }
}

/** 64 bits over all that the list says: enough to notice a change, not to prove one. */
function hashOf(entity: ListedEntity): string {
  const text = JSON.stringify(entity)
  return [hash(11, text), hash(13, text)].map((part) => part.toString(16).padStart(8, '0')).join('')
}
