// Under which keys a word is found: its spelling, its consonants, and its spelling with one letter left out, so that two
// words one slip apart meet (P. Norvig's and W. Garbe's symmetric deletes). Keys are hashes: what they find is compared.

import type { NameClass } from '../names/parse-name.ts'
import { looseSkeleton } from '../names/skeleton.ts'

const LEAST_FOR_DELETES = 4
const MOST_FOR_DELETES = 24

export const exactKey = (of: NameClass, text: string): number => hash(of === 'person' ? 1 : 2, text)
const skeletonKey = (of: NameClass, skeleton: string): number => hash(of === 'person' ? 3 : 4, skeleton)
const deleteKey = (of: NameClass, text: string): number => hash(of === 'person' ? 5 : 6, text)

/** The same for words of the index and words that are looked for. */
export function fuzzyKeys(of: NameClass, text: string): number[] {
  const keys: number[] = []
  const skeleton = looseSkeleton(text)
  if (skeleton.length >= 2) keys.push(skeletonKey(of, skeleton))
  if (text.length < LEAST_FOR_DELETES || text.length > MOST_FOR_DELETES) return keys
  keys.push(deleteKey(of, text))
  for (let at = 0; at < text.length; at += 1) {
    if (at > 0 && text[at] === text[at - 1]) continue
    keys.push(deleteKey(of, text.slice(0, at) + text.slice(at + 1)))
  }
  return keys
}

/** FNV-1a with a last mix. */
export function hash(seed: number, text: string): number {
  let value = 0x811c9dc5 ^ seed
  for (let at = 0; at < text.length; at += 1) value = Math.imul(value ^ text.charCodeAt(at), 0x01000193)
  value = Math.imul(value ^ (value >>> 15), 0x2c1b3c6d)
  return (value ^ (value >>> 13)) >>> 0
}
