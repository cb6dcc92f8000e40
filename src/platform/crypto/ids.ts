import { uuidv7, uuidv7obj } from 'uuidv7'
import type { Ids } from '../../application/ports.ts'
import { SALT_BYTES } from '../../domain/audit/chain.ts'

const CROCKFORD = '0123456789abcdefghjkmnpqrstvwxyz'
const SHORT_CHARACTERS = 26

export function createIds(): Ids {
  return { uuid: () => uuidv7(), short: () => crockford(uuidv7obj().bytes) }
}

/** One for each event of an audit chain. */
export const newSalt = (): Uint8Array => crypto.getRandomValues(new Uint8Array(SALT_BYTES))

/** 16 bytes as 26 characters of 5 bits, most significant first (two leading zero bits): sorts as the bytes do. */
export function crockford(bytes: Readonly<Uint8Array>): string {
  let rest = 0n
  for (const byte of bytes) rest = rest * 256n + BigInt(byte)
  let text = ''
  while (text.length < SHORT_CHARACTERS) {
    text = CROCKFORD.charAt(Number(rest % 32n)) + text
    rest /= 32n
  }
  return text
}
