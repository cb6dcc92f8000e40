// What stands behind an address. Most networks write the hash of a public key or of a script, each with a prefix of its
// own: who can spend from one of these addresses can spend from all. Which addresses are of one account is decided here;
// that somebody uses it on a second network is not known.

import { bytesToHex } from '@noble/hashes/utils.js'

/**
 * `key`: HASH160 of a public key (Bitcoin and its descendants, XRP). `script`: HASH160 of a script. `evm`: the last 20
 * bytes of the Keccak hash of a public key (Ethereum and its kind, Tron). `monero`: the public spend and view keys.
 */
export type AccountKind = 'key' | 'script' | 'evm' | 'monero'

export const accountOf = (kind: AccountKind, bytes: Uint8Array): string => `${kind}:${bytesToHex(bytes)}`
