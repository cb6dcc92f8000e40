// How numbers and text become the bytes that the audit trail hashes (docs/audit.md). Nothing here may ever change its
// output: what was hashed once must hash the same for good.

import { utf8ToBytes } from '@noble/hashes/utils.js'

/** Unsigned, 8 bytes, big-endian. */
export function uint64(value: number): Uint8Array {
  const bytes = new Uint8Array(8)
  new DataView(bytes.buffer).setBigUint64(0, BigInt(value))
  return bytes
}

export const utf8 = utf8ToBytes

/** 32 bytes as 64 lower-case hex digits. */
export const isHash = (value: unknown): value is string => typeof value === 'string' && /^[0-9a-f]{64}$/.test(value)
