import { WRatio } from 'fuzzball'
import distance from 'jaro-winkler'
import MiniSearch from 'minisearch'

// What other engines do with a name, by libraries: the two scorers of the field, and a full-text search.

const folded = (name: string): string => name.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()
const wordsOf = (name: string): string[] => folded(name).match(/[\p{L}\p{N}]+/gu) ?? []

/** As Didit and others: 0–1. */
export const wratio = (one: string, other: string): number => WRatio(folded(one), folded(other)) / 100

/** As moov's watchman does in principle: each word's best partner, weighed by length. */
export function bestPairs(one: string, other: string): number {
  const [words, others] = [wordsOf(one), wordsOf(other)]
  if (words.length === 0 || others.length === 0) return 0
  let [sum, letters] = [0, 0]
  for (const word of words) {
    sum += word.length * Math.max(...others.map((its) => distance(word, its)))
    letters += word.length
  }
  return sum / letters
}

export type Rival = { name: string; threshold: number; score: (one: string, other: string) => number }
/** Thresholds as the reference of the labelled pairs gives them. */
export const RIVALS: readonly Rival[] = [
  { name: 'WRatio (fuzzball)', threshold: 0.93, score: wratio },
  { name: 'best-pair Jaro-Winkler', threshold: 0.95, score: bestPairs },
]

export type Named = { name: string; reference: string }

export function fullTextSearch(names: readonly Named[]): (name: string) => Named | null {
  const search = new MiniSearch<{ id: number; name: string }>({ fields: ['name'], processTerm: folded })
  search.addAll(names.map(({ name }, id) => ({ id, name })))
  return (name) => {
    const [best] = search.search(name, { fuzzy: 0.2 })
    return best === undefined ? null : (names[Number(best.id)] ?? null)
  }
}

export function scan(names: readonly Named[], score: Rival['score']): (name: string) => Named & { score: number } {
  return (name) => {
    let best = { name: '', reference: '', score: -1 }
    for (const one of names) {
      const its = score(name, one.name)
      if (its > best.score) best = { ...one, score: its }
    }
    return best
  }
}
