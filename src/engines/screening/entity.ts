// One entry of a watchlist, whatever format it came in. Importers (lists/) make it, the index (index/) keeps it, the
// scorer reads it. Nothing is guessed here: what a list does not say is absent.

import type { EntitySchema } from '../../domain/screening/screening.ts'

export type NameKind = 'primary' | 'aka' | 'weak_aka' | 'former' | 'original_script'

export type ListedName = {
  /** People: given names before the family name, without a comma ("Nicolas MADURO MOROS"). */
  value: string
  kind: NameKind
  /** The family name as it stands in `value`, where the list tells it apart. */
  family?: string | undefined
}

/** A day of birth as well as it is known, as an interval. Both ends YYYY-MM-DD; `1962` is from 1962-01-01 to 1962-12-31. */
export type BirthDate = { precision: 'exact' | 'circa' | 'year' | 'range'; from: string; to: string }

export type IdentifierType = 'passport' | 'national_id' | 'tax_id' | 'registration' | 'imo' | 'wallet' | 'other'

export type ListedIdentifier = {
  type: IdentifierType
  value: string
  /** ISO 3166-1 alpha-2 of the issuer. */
  country?: string | undefined
  /** Of wallets: the list's asset code, e.g. XBT, ETH, USDT. */
  asset?: string | undefined
}

export type ListedEntity = {
  /** The list's own id, unique in the list: OFAC uid, UN reference number, EU reference number, UK unique id. */
  reference: string
  schema: EntitySchema
  /** At least one, the primary name first. */
  names: ListedName[]
  births: BirthDate[]
  /** ISO 3166-1 alpha-2. */
  nationalities: string[]
  /** ISO 3166-1 alpha-2 of addresses, flag and register. */
  countries: string[]
  gender: 'male' | 'female' | null
  identifiers: ListedIdentifier[]
  programs: string[]
  /** YYYY-MM-DD. */
  listed_on: string | null
  source_url: string | null
}
