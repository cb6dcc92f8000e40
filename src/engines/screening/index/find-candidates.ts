// Which names of an index may be the one that is asked for, most promising first. It estimates from the words that both
// have; the scorer decides.

import { nicknamesOf } from '../names/tables/nicknames.ts'
import type { NameToken, ParsedName } from '../names/parse-name.ts'
import { makeToken } from '../names/parse-name.ts'
import { compareWords } from '../score/word-similarity.ts'
import type { IndexReader } from './open-index.ts'
import { exactKey, fuzzyKeys } from './word-keys.ts'

/** What each shared word must bring at least, to be followed. */
const LEAST_SIMILARITY = 0.6
const LEAST_JOINED_LETTERS = 5
const MOST_JOINED = 3
/** Share of the lighter name that may be left without a partner before the scorer has seen it. */
export const MOST_UNMATCHED = { ofHits: 0.5, ofMisses: 0.7 } as const
/** What is estimated this far behind the best is not scored. */
const MOST_BEHIND = 3

/** Kept between searches of one reader, so that a search allocates nothing of the size of the index. */
export type Scratch = { sums: Float32Array; credit: Float32Array; seen: Uint8Array; touched: number[] }
export const createScratch = (names: number): Scratch => ({
  sums: new Float32Array(names),
  credit: new Float32Array(names),
  seen: new Uint8Array(names),
  touched: [],
})

export function findCandidates(
  reader: IndexReader,
  name: ParsedName,
  bounds: { most: number; unmatched: number },
  scratch: Scratch,
): number[] {
  const { sums, seen, touched } = scratch
  let total = 0
  for (const token of name.tokens) total += token.weight
  for (const token of wordsToFind(name)) credit(reader, wordsLike(reader, name, token), scratch)
  const ranked: { name: number; estimate: number }[] = []
  for (const id of touched) {
    const sum = sums[id] ?? 0
    sums[id] = 0
    seen[id] = 0
    const weight = reader.nameWeight(id)
    const lighter = Math.min(total, weight)
    const unmatched = Math.max(0, lighter - sum)
    if (unmatched > lighter * bounds.unmatched) continue
    const conflict = (2 * unmatched) / (total + weight)
    const extra = Math.abs(total - weight) / (total + weight)
    ranked.push({ name: id, estimate: -10 * conflict - 3 * extra + 0.3 * Math.min(sum, 3) })
  }
  touched.length = 0
  ranked.sort((one, other) => other.estimate - one.estimate)
  const least = (ranked[0]?.estimate ?? 0) - MOST_BEHIND
  return ranked.slice(0, bounds.most).flatMap((one) => (one.estimate >= least ? [one.name] : []))
}

/** The words themselves, and neighbours run together. */
function wordsToFind(name: ParsedName): NameToken[] {
  const found = name.tokens.filter((token) => token.kind === 'word' || token.kind === 'generic')
  for (let at = 0; at + 1 < name.tokens.length; at += 1) {
    let text = name.tokens[at]?.text ?? ''
    let weight = name.tokens[at]?.weight ?? 0
    for (let count = 2; count <= MOST_JOINED && at + count <= name.tokens.length; count += 1) {
      const next = name.tokens[at + count - 1]
      text += next?.text ?? ''
      weight += next?.weight ?? 0
      if (text.length < LEAST_JOINED_LETTERS || next?.kind === 'number') continue
      found.push(makeToken({ text, origin: next?.origin ?? 'plain' }, 'word', weight))
    }
  }
  return found
}

type Found = { word: number; credit: number }

/** Words of the index that are near to one, also by a short form, and both halves of one that is there cut in two. */
function wordsLike(reader: IndexReader, name: ParsedName, token: NameToken): Found[] {
  const found = new Map<number, number>()
  const visit = (word: number) => {
    if (found.has(word) || reader.classOfWord(word) !== name.of) return
    const { similarity } = compareWords(token, reader.word(word), name.of === 'person', 1 - LEAST_SIMILARITY)
    if (similarity >= LEAST_SIMILARITY) found.set(word, similarity * token.weight)
  }
  reader.wordsUnder(exactKey(name.of, token.text), visit)
  for (const key of fuzzyKeys(name.of, token.text)) reader.wordsUnder(key, visit)
  if (name.of === 'person')
    for (const other of nicknamesOf(token.text)) reader.wordsUnder(exactKey('person', other), visit)
  for (const [first, second] of cuts(token)) {
    const words: number[] = []
    reader.wordsUnder(exactKey(name.of, first), (word) => words.push(word))
    const before = words.length
    if (before === 0) continue
    reader.wordsUnder(exactKey(name.of, second), (word) => words.push(word))
    if (words.length === before) continue
    for (const word of words)
      if (reader.classOfWord(word) === name.of) found.set(word, Math.max(found.get(word) ?? 0, token.weight / 2))
  }
  return [...found]
    .map(([word, credited]) => ({ word, credit: credited }))
    .sort((one, other) => other.credit - one.credit)
}

const LEAST_CUT = 3

function* cuts({ text }: NameToken): Iterable<[string, string]> {
  for (let at = LEAST_CUT; at <= text.length - LEAST_CUT; at += 1) yield [text.slice(0, at), text.slice(at)]
}

/** A word that is asked for credits each name once, by its best word there. */
function credit(reader: IndexReader, found: Found[], scratch: Scratch): void {
  const credited: number[] = []
  for (const { word, credit: amount } of found) {
    for (const name of reader.namesWith(word)) {
      if (scratch.credit[name] !== 0) continue
      scratch.credit[name] = amount
      credited.push(name)
    }
  }
  for (const name of credited) {
    if (scratch.seen[name] === 0) {
      scratch.seen[name] = 1
      scratch.touched.push(name)
    }
    scratch.sums[name] = (scratch.sums[name] ?? 0) + (scratch.credit[name] ?? 0)
    scratch.credit[name] = 0
  }
}
