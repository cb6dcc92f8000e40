// Identifiers as they are compared: letters and digits alone. Short ones prove nothing and are not looked for.

import { hash } from './word-keys.ts'

const LEAST_LENGTH = 6

export function comparableIdentifier(value: string): string | null {
  const bare = value
    .normalize('NFKC')
    .toUpperCase()
    .replace(/^\s*IMO\b/, '')
    .replace(/[^\p{L}\p{N}]/gu, '')
  return bare.length >= LEAST_LENGTH && /\d/.test(bare) ? bare : null
}

export const identifierKey = (comparable: string): number => hash(7, comparable)
