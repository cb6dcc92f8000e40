// An index in memory, as the search reads it: words, names and entries by number, made into objects only when needed.

import type { NameKind } from '../entity.ts'
import type { NameClass, NameToken, ParsedName } from '../names/parse-name.ts'
import { charactersOf, makeToken } from '../names/parse-name.ts'
import { readIndex } from './layout.ts'
import type { Sections, StoredList } from './layout.ts'
import { unpackEntity } from './stored-entity.ts'
import type { StoredEntity } from './stored-entity.ts'
import { classOfWord, formsOf, hasCharacters, nameClassOf, nameKindOf, wordOf } from './word-codes.ts'

export class IndexReader {
  readonly lists: readonly StoredList[]
  readonly nameCount: number
  readonly #at: Sections
  readonly #words: (NameToken | undefined)[]
  readonly #decoder = new TextDecoder()

  constructor(buffer: ArrayBuffer) {
    const { lists, sections } = readIndex(buffer)
    this.lists = lists
    this.#at = sections
    this.nameCount = sections.nameEntity.length
    this.#words = []
  }

  /** Words under a key; what they have in common is the hash only. */
  wordsUnder(key: number, visit: (word: number) => void): void {
    eachUnder(this.#at.keyHash, key, (place) => visit(this.#at.keyWord[place] ?? 0))
  }

  word(id: number): NameToken {
    const known = this.#words[id]
    if (known !== undefined) return known
    const text = this.#text(this.#at.wordText, this.#at.wordStart, id)
    const { kind, origin } = wordOf(this.#at.wordCode[id] ?? 0)
    const made = makeToken({ text, origin }, kind, this.#at.wordWeight[id] ?? 0)
    this.#words[id] = made
    return made
  }

  classOfWord = (id: number): NameClass => classOfWord(this.#at.wordCode[id] ?? 0)

  namesWith = (word: number): Uint32Array =>
    this.#at.postings.subarray(this.#at.postingStart[word] ?? 0, this.#at.postingStart[word + 1] ?? 0)

  name(id: number): ParsedName {
    const tokens: NameToken[] = []
    for (let at = this.#at.nameStart[id] ?? 0; at < (this.#at.nameStart[id + 1] ?? 0); at += 1) {
      tokens.push(this.word(this.#at.nameWords[at] ?? 0))
    }
    const code = this.#at.nameCode[id] ?? 0
    const characters = hasCharacters(code) ? charactersOf(this.nameText(id)) : ''
    return { of: nameClassOf(code), tokens, forms: formsOf(code), characters }
  }

  nameText = (id: number): string => this.#text(this.#at.nameText, this.#at.nameTextStart, id)
  nameKind = (id: number): NameKind => nameKindOf(this.#at.nameCode[id] ?? 0)
  nameWeight = (id: number): number => this.#at.nameWeight[id] ?? 0
  entityOf = (name: number): number => this.#at.nameEntity[name] ?? 0
  listOf = (entity: number): number => this.#at.entityList[entity] ?? 0
  primaryNameOf = (entity: number): number => this.#at.entityName[entity] ?? 0

  entity(id: number): StoredEntity {
    return unpackEntity(this.#text(this.#at.entityText, this.#at.entityStart, id))
  }

  entitiesUnder(identifierKey: number): number[] {
    const found: number[] = []
    eachUnder(this.#at.identifierHash, identifierKey, (place) => found.push(this.#at.identifierEntity[place] ?? 0))
    return found
  }

  #text(bytes: Uint8Array, starts: Uint32Array, id: number): string {
    return this.#decoder.decode(bytes.subarray(starts[id] ?? 0, starts[id + 1] ?? 0))
  }
}

function eachUnder(hashes: Uint32Array, key: number, visit: (place: number) => void): void {
  let [low, high] = [0, hashes.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((hashes[middle] ?? 0) < key) low = middle + 1
    else high = middle
  }
  for (let place = low; hashes[place] === key; place += 1) visit(place)
}
