import { bytesToHex } from '@noble/hashes/utils.js'

/** Hex, of all bytes at once. */
export async function nativeSha256(bytes: ArrayBuffer): Promise<string> {
  return bytesToHex(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)))
}
