// The formats of lists, as values: an operator may name one for a list of his own.

import type { ListFormat } from './catalog.ts'

const FORMATS: Record<ListFormat, true> = {
  'ofac-csv': true,
  'ofac-xml': true,
  'un-xml': true,
  'eu-csv': true,
  'eu-xml': true,
  'uk-csv': true,
  'uk-xml': true,
  'opensanctions-csv': true,
}

export const LIST_FORMATS = Object.keys(FORMATS) as [ListFormat, ...ListFormat[]]
