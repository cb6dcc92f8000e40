// How an index lies in one run of bytes: a header in JSON, then typed arrays, each at a multiple of eight. Opening it
// copies nothing. A change of the layout raises LAYOUT_VERSION, and an older index is built anew.

import type { IndexedList } from '../watchlist-index.ts'

export const LAYOUT_VERSION = 1
const MAGIC = 0x4b594353
const ALIGNMENT = 8
const PREAMBLE = 16

const ELEMENT = { u8: Uint8Array, u16: Uint16Array, u32: Uint32Array, f32: Float32Array } as const
type Element = keyof typeof ELEMENT
type ArrayOf = {
  u8: Uint8Array
  u16: Uint16Array
  u32: Uint32Array
  f32: Float32Array
}

export const SECTIONS = {
  /** Text of the words, one after the other, and where each starts. */
  wordText: 'u8',
  wordStart: 'u32',
  /** Kind (see word-codes.ts), class and script of a word. */
  wordCode: 'u8',
  wordWeight: 'f32',
  /** Names that hold a word. */
  postings: 'u32',
  postingStart: 'u32',
  /** Hashes of spellings, consonants and spellings with a letter left out, sorted, and the word of each. */
  keyHash: 'u32',
  keyWord: 'u32',
  /** Words of the names, in order, and where each name starts. */
  nameWords: 'u32',
  nameStart: 'u32',
  nameText: 'u8',
  nameTextStart: 'u32',
  nameEntity: 'u32',
  /** Kind of the name and its legal forms. */
  nameCode: 'u16',
  /** Sum of the weights of its words. */
  nameWeight: 'f32',
  /** Entries as JSON (stored-entity.ts), and where each starts. */
  entityText: 'u8',
  entityStart: 'u32',
  entityList: 'u8',
  /** First name of each entry. */
  entityName: 'u32',
  /** Hashes of identifiers, sorted, and the entry of each. */
  identifierHash: 'u32',
  identifierEntity: 'u32',
} as const satisfies Record<string, Element>

export type SectionName = keyof typeof SECTIONS
export type Sections = { [S in SectionName]: ArrayOf[(typeof SECTIONS)[S]] }

export type StoredList = IndexedList & { entries: number; names: number }
type Header = { layout: number; lists: StoredList[]; sections: Record<SectionName, [offset: number, length: number]> }

const NAMES = Object.keys(SECTIONS) as SectionName[]
const aligned = (size: number): number => Math.ceil(size / ALIGNMENT) * ALIGNMENT

/** Each section is taken from `take` once and may be dropped by the caller as soon as it is written. */
export function writeIndex(lists: StoredList[], sections: Sections): Uint8Array<ArrayBuffer> {
  const places: Record<string, [number, number]> = {}
  let at = 0
  for (const name of NAMES) {
    places[name] = [at, sections[name].length]
    at = aligned(at + sections[name].byteLength)
  }
  const header = new TextEncoder().encode(JSON.stringify({ layout: LAYOUT_VERSION, lists, sections: places }))
  const start = aligned(PREAMBLE + header.length)
  const bytes = new Uint8Array(start + at)
  new Uint32Array(bytes.buffer, 0, 3).set([MAGIC, header.length, start])
  bytes.set(header, PREAMBLE)
  for (const name of NAMES) {
    const section = sections[name]
    bytes.set(new Uint8Array(section.buffer, section.byteOffset, section.byteLength), start + (places[name]?.[0] ?? 0))
  }
  return bytes
}

export class IndexFormatError extends Error {}

export function readIndex(buffer: ArrayBuffer): { lists: StoredList[]; sections: Sections } {
  const [magic, headerLength, start] = buffer.byteLength < PREAMBLE ? [] : new Uint32Array(buffer, 0, 3)
  if (magic !== MAGIC || headerLength === undefined || start === undefined)
    throw new IndexFormatError('not an index of watchlists')
  const header = JSON.parse(new TextDecoder().decode(new Uint8Array(buffer, PREAMBLE, headerLength))) as Header
  if (header.layout !== LAYOUT_VERSION) throw new IndexFormatError(`layout ${header.layout}, not ${LAYOUT_VERSION}`)
  const entries = NAMES.map((name) => {
    const [offset, length] = header.sections[name]
    return [name, new ELEMENT[SECTIONS[name]](buffer, start + offset, length)] as const
  })
  return { lists: header.lists, sections: Object.fromEntries(entries) as unknown as Sections }
}
