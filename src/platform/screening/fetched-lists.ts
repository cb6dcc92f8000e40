import type { WatchedList } from '../../domain/screening/watched-list.ts'
import { LIST_SOURCES } from '../../engines/screening/catalog.ts'
import type { FilePart, ListFormat } from '../../engines/screening/catalog.ts'

/** A list with the addresses it is fetched from. */
export type FetchedList = WatchedList & { format: ListFormat; files: Partial<Record<FilePart, string>> }

/** What an operator says of a list; what is left out is as in the catalogue. */
export type ListOverride = Partial<Record<FilePart, string | undefined>> & {
  enabled?: boolean | undefined
  max_age_hours?: number | undefined
  /** For a list that the catalogue does not know. */
  format?: ListFormat | undefined
  name?: string | undefined
  publisher?: string | undefined
}

const PARTS = ['main', 'aliases', 'addresses', 'comments'] as const
const DEFAULT_MAX_AGE_HOURS = 7 * 24

/** Has no publisher, so it is fetched only where somebody says from where. */
const SAMPLE: FetchedList = {
  id: 'sample',
  name: 'Sample of invented entries',
  publisher: 'kyc-sessions',
  format: 'un-xml',
  files: {},
  maxAgeHours: DEFAULT_MAX_AGE_HOURS,
  isSample: true,
}
const CATALOGUE = [...LIST_SOURCES.map((source) => ({ ...source, isSample: false })), { ...SAMPLE, isOptional: false }]

/** The lists of this deployment, in the order of the catalogue, the operator's own ones last. */
export function fetchedLists(overrides: Readonly<Record<string, ListOverride>> | 'off'): FetchedList[] {
  if (overrides === 'off') return []
  const known = CATALOGUE.flatMap((source) => {
    const { enabled = !source.isOptional, ...said } = overrides[source.id] ?? {}
    const list = merged(source, said)
    return enabled && list.files.main !== undefined ? [list] : []
  })
  const own = Object.entries(overrides).flatMap(([id, { enabled = true, format, ...said }]) => {
    if (!enabled || format === undefined || CATALOGUE.some((source) => source.id === id)) return []
    const named = { id, name: id, publisher: '', maxAgeHours: DEFAULT_MAX_AGE_HOURS, isSample: false }
    return [merged({ ...named, format, files: {} }, said)]
  })
  return [...known, ...own]
}

/** Addresses come as a whole: those of another layout would not go together. */
function merged(list: FetchedList, said: ListOverride): FetchedList {
  const files = Object.fromEntries(PARTS.flatMap((part) => (said[part] === undefined ? [] : [[part, said[part]]])))
  return {
    id: list.id,
    name: said.name ?? list.name,
    publisher: said.publisher ?? list.publisher,
    format: said.format ?? list.format,
    files: said.main === undefined ? list.files : files,
    maxAgeHours: said.max_age_hours ?? list.maxAgeHours,
    isSample: list.isSample,
  }
}
