// Builds an index: names are parsed once, their words interned, and keys and postings sorted at the end. Holds about
// twice what the finished index holds, at its end.

import type { ListedEntity } from '../entity.ts'
import { classOf, parseName } from '../names/parse-name.ts'
import type { NameClass, NameToken } from '../names/parse-name.ts'
import type { IndexedList, WatchlistIndexBuilder } from '../watchlist-index.ts'
import { TextStore, growingBytes, growingFloats, growingInts, growingShorts } from './growing-array.ts'
import { comparableIdentifier, identifierKey } from './identifiers.ts'
import { writeIndex } from './layout.ts'
import type { StoredList } from './layout.ts'
import { packEntity } from './stored-entity.ts'
import { nameCode, wordCode } from './word-codes.ts'
import { exactKey, fuzzyKeys } from './word-keys.ts'

/** Kinds by which a name may be found; the others are too common to look for. */
const FINDING_KINDS: ReadonlySet<NameToken['kind']> = new Set(['word', 'generic'])

const newState = () => ({
  lists: [] as StoredList[],
  words: new Map<string, number>(),
  wordText: new TextStore(),
  wordCode: growingBytes(),
  wordWeight: growingFloats(),
  keyHash: growingInts(),
  keyWord: growingInts(),
  nameWords: growingInts(),
  nameStart: growingInts(),
  nameText: new TextStore(),
  nameEntity: growingInts(),
  nameCode: growingShorts(),
  nameWeight: growingFloats(),
  entityText: new TextStore(),
  entityList: growingBytes(),
  entityName: growingInts(),
  identifierHash: growingInts(),
  identifierEntity: growingInts(),
})

export function createIndexBuilder(): WatchlistIndexBuilder {
  let state = newState()

  function wordId(token: NameToken, of: NameClass): number {
    const code = wordCode(token, of)
    const key = `${code}${token.text}`
    const known = state.words.get(key)
    if (known !== undefined) return known
    const id = state.words.size
    state.words.set(key, id)
    state.wordText.push(token.text)
    state.wordCode.push(code)
    state.wordWeight.push(token.weight)
    if (FINDING_KINDS.has(token.kind)) {
      for (const hash of [exactKey(of, token.text), ...fuzzyKeys(of, token.text)]) {
        state.keyHash.push(hash)
        state.keyWord.push(id)
      }
    }
    return id
  }

  return {
    list(list: IndexedList) {
      state.lists.push({ ...list, entries: 0, names: 0 })
    },
    add(entity: ListedEntity) {
      const list = state.lists.at(-1)
      if (list === undefined) throw new Error('an entry before its list')
      const of = classOf(entity.schema)
      const id = state.entityName.length
      state.entityName.push(state.nameEntity.length)
      state.entityList.push(state.lists.length - 1)
      state.entityText.push(packEntity(entity))
      for (const { type, value } of entity.identifiers) {
        const comparable = type === 'wallet' ? null : comparableIdentifier(value)
        if (comparable === null) continue
        state.identifierHash.push(identifierKey(comparable))
        state.identifierEntity.push(id)
      }
      for (const name of entity.names) {
        const parsed = parseName(name.value, of)
        state.nameStart.push(state.nameWords.length)
        let weight = 0
        for (const token of parsed.tokens) {
          state.nameWords.push(wordId(token, of))
          weight += token.weight
        }
        state.nameText.push(name.value)
        state.nameEntity.push(id)
        state.nameCode.push(nameCode(name.kind, parsed))
        state.nameWeight.push(weight)
      }
      list.entries += 1
      list.names += entity.names.length
    },
    finish() {
      const done = state
      state = newState()
      const wordCount = done.words.size
      done.words.clear()
      const keys = sortedPairs(done.keyHash.view, done.keyWord.view)
      const identifiers = sortedPairs(done.identifierHash.view, done.identifierEntity.view)
      const nameStart = withEnd(done.nameStart.view, done.nameWords.length)
      const postings = postingsOf(nameStart, done.nameWords.view, wordCount)
      return writeIndex(done.lists, {
        wordText: done.wordText.bytes.view,
        wordStart: withEnd(done.wordText.starts.view, done.wordText.bytes.length),
        wordCode: done.wordCode.view,
        wordWeight: done.wordWeight.view,
        postings: postings.names,
        postingStart: postings.starts,
        keyHash: keys.hashes,
        keyWord: keys.values,
        nameWords: done.nameWords.view,
        nameStart,
        nameText: done.nameText.bytes.view,
        nameTextStart: withEnd(done.nameText.starts.view, done.nameText.bytes.length),
        nameEntity: done.nameEntity.view,
        nameCode: done.nameCode.view,
        nameWeight: done.nameWeight.view,
        entityText: done.entityText.bytes.view,
        entityStart: withEnd(done.entityText.starts.view, done.entityText.bytes.length),
        entityList: done.entityList.view,
        entityName: withEnd(done.entityName.view, done.nameEntity.length),
        identifierHash: identifiers.hashes,
        identifierEntity: identifiers.values,
      })
    },
  }
}

function withEnd(starts: Uint32Array, end: number): Uint32Array {
  const whole = new Uint32Array(starts.length + 1)
  whole.set(starts)
  whole[starts.length] = end
  return whole
}

/** As one number each (hash · 2^21 + place stays exact below 2^53), so that a typed array sorts them without objects. */
function sortedPairs(hashes: Uint32Array, values: Uint32Array): { hashes: Uint32Array; values: Uint32Array } {
  const BASE = 2 ** 21
  if (hashes.length > BASE) throw new RangeError('an index of more than 2,097,152 keys')
  const order = Float64Array.from(hashes, (hash, at) => hash * BASE + at).sort()
  const sorted = { hashes: new Uint32Array(hashes.length), values: new Uint32Array(hashes.length) }
  order.forEach((packed, at) => {
    const from = packed % BASE
    sorted.hashes[at] = hashes[from] ?? 0
    sorted.values[at] = values[from] ?? 0
  })
  return sorted
}

/** Each name once per word. */
function postingsOf(nameStart: Uint32Array, nameWords: Uint32Array, wordCount: number) {
  const starts = new Uint32Array(wordCount + 1)
  for (const word of nameWords) starts[word + 1] = (starts[word + 1] ?? 0) + 1
  for (let word = 0; word < wordCount; word += 1) starts[word + 1] = (starts[word + 1] ?? 0) + (starts[word] ?? 0)
  const next = starts.slice(0, wordCount)
  const names = new Uint32Array(nameWords.length)
  for (let name = 0; name + 1 < nameStart.length; name += 1) {
    for (let at = nameStart[name] ?? 0; at < (nameStart[name + 1] ?? 0); at += 1) {
      const word = nameWords[at] ?? 0
      const place = next[word] ?? 0
      names[place] = name
      next[word] = place + 1
    }
  }
  return { starts, names }
}
