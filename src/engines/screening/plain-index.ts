// An index of one line per entry, searched one by one for equal names: exact, and slow.

import type { ScreeningHit, ScreeningOptions, ScreeningSubject } from '../../domain/screening/screening.ts'
import type { ListedEntity } from './entity.ts'
import type { IndexedList, WatchlistIndex, WatchlistIndexBuilder } from './watchlist-index.ts'

export const INDEX_FORMAT = 1

type Held = IndexedList & { entities: ListedEntity[] }

export function createIndexBuilder(): WatchlistIndexBuilder {
  let lists: Held[] = []
  return {
    list(list) {
      lists.push({ ...list, entities: [] })
    },
    add(entity) {
      lists.at(-1)?.entities.push(entity)
    },
    finish() {
      const bytes = new Uint8Array(new TextEncoder().encode(JSON.stringify(lists)))
      lists = []
      return bytes
    },
  }
}

export function openIndex(bytes: ArrayBuffer): WatchlistIndex {
  const held: Held[] = JSON.parse(new TextDecoder().decode(bytes))
  return {
    lists: held.map(({ entities, ...list }) => ({
      ...list,
      entries: entities.length,
      names: entities.reduce((sum, { names }) => sum + names.length, 0),
    })),
    screen: (subject, options) => ({
      hits: held
        .filter(({ id }) => options.lists.length === 0 || options.lists.includes(id))
        .flatMap((list) => hitsOf(list, subject, options))
        .slice(0, options.limit),
      near_misses: [],
    }),
  }
}

function hitsOf(list: Held, subject: ScreeningSubject, options: ScreeningOptions): ScreeningHit[] {
  if (options.threshold > 1) return []
  const wanted = new Map(subject.names.map((name) => [name.toLowerCase(), name]))
  return list.entities.flatMap((entity) => {
    const matched = entity.names.find(({ value }) => wanted.has(value.toLowerCase()))
    if (matched === undefined) return []
    return [
      {
        list: list.id,
        list_version: list.version,
        reference: entity.reference,
        entry_hash: entity.reference,
        schema: entity.schema,
        matched_name: matched.value,
        primary_name: entity.names[0]?.value ?? matched.value,
        subject_name: wanted.get(matched.value.toLowerCase()) ?? matched.value,
        score: 1,
        programs: entity.programs,
        listed_on: entity.listed_on,
        source_url: entity.source_url,
        explanation: { name_score: 1, tokens: [], evidence: [], band: 'strong' },
      },
    ]
  })
}
