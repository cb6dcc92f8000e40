import { createHash } from 'node:crypto'
import { keccak_256 } from '@noble/hashes/sha3.js'
import { base58, base58xmr, base58xrp, bech32, bech32m } from '@scure/base'

// Addresses made of a hash, by the encoders of the formats alone: nothing here comes from the engine under test.
const sha = (bytes: Uint8Array): Uint8Array => createHash('sha256').update(bytes).digest()
const checked = (bytes: number[]): Uint8Array =>
  Uint8Array.of(...bytes, ...sha(sha(Uint8Array.from(bytes))).subarray(0, 4))

export const hashOf = (seed: string, bytes = 20): number[] => {
  const blocks = Array.from({ length: Math.ceil(bytes / 32) }, (_, index) => [...sha(Buffer.from(`${seed}/${index}`))])
  return blocks.flat().slice(0, bytes)
}

export const versioned = (version: number[], hash: number[]): string => base58.encode(checked([...version, ...hash]))

export function eip55(hash: number[]): string {
  const lower = Buffer.from(hash).toString('hex')
  const digest = Buffer.from(keccak_256(Buffer.from(lower))).toString('hex')
  return `0x${[...lower].map((digit, at) => (Number.parseInt(digest.charAt(at), 16) >= 8 ? digit.toUpperCase() : digit)).join('')}`
}

export const segwit = (prefix: string, version: number, program: number[]): string => {
  const coder = version === 0 ? bech32 : bech32m
  return coder.encode(prefix, [version, ...coder.toWords(Uint8Array.from(program))])
}

export const xrp = (hash: number[]): string => base58xrp.encode(checked([0, ...hash]))
export const xAddress = (hash: number[], tag: number): string =>
  base58xrp.encode(
    checked([0x05, 0x44, ...hash, 1, tag & 255, (tag >> 8) & 255, (tag >> 16) & 255, tag >>> 24, 0, 0, 0, 0]),
  )

export const monero = (network: number, keys: number[], paymentId: number[] = []): string => {
  const payload = Uint8Array.of(network, ...keys, ...paymentId)
  return base58xmr.encode(Uint8Array.of(...payload, ...keccak_256(payload).subarray(0, 4)))
}

/** Of each kind of address one, by the network it is given for. Script and key hashes are not each other's twins. */
export const oneOfEachKind = (seed: string): { network: string; address: string }[] => {
  const hash = (name: string, bytes?: number) => hashOf(`${seed}/${name}`, bytes)
  return [
    { network: 'btc', address: versioned([0x00], hash('btc key')) },
    { network: 'btc', address: versioned([0x05], hash('btc script')) },
    { network: 'btc', address: segwit('bc', 0, hash('p2wpkh')) },
    { network: 'btc', address: segwit('bc', 0, hash('p2wsh', 32)) },
    { network: 'btc', address: segwit('bc', 1, hash('p2tr', 32)) },
    { network: 'eth', address: eip55(hash('eth')) },
    { network: 'trx', address: versioned([0x41], hash('trx')) },
    { network: 'ltc', address: versioned([0x30], hash('ltc key')) },
    { network: 'ltc', address: versioned([0x32], hash('ltc script')) },
    { network: 'ltc', address: segwit('ltc', 0, hash('ltc p2wpkh')) },
    { network: 'bch', address: versioned([0x00], hash('bch key')) },
    { network: 'bsv', address: versioned([0x00], hash('bsv key')) },
    { network: 'btg', address: versioned([0x26], hash('btg key')) },
    { network: 'btg', address: versioned([0x17], hash('btg script')) },
    { network: 'dash', address: versioned([0x4c], hash('dash key')) },
    { network: 'dash', address: versioned([0x10], hash('dash script')) },
    { network: 'doge', address: versioned([0x1e], hash('doge key')) },
    { network: 'doge', address: versioned([0x16], hash('doge script')) },
    { network: 'xvg', address: versioned([0x1e], hash('xvg key')) },
    { network: 'zec', address: versioned([0x1c, 0xb8], hash('zec key')) },
    { network: 'zec', address: versioned([0x1c, 0xbd], hash('zec script')) },
    { network: 'zec', address: bech32.encodeFromBytes('zs', Uint8Array.from(hash('sapling', 43))) },
    {
      network: 'zec',
      address: bech32m.encode('u', bech32m.toWords(Uint8Array.from(hash('unified', 106))), false),
    },
    { network: 'xmr', address: monero(18, hash('xmr', 64)) },
    { network: 'xmr', address: monero(42, hash('xmr sub', 64)) },
    { network: 'xrp', address: xrp(hash('xrp')) },
    { network: 'sol', address: base58.encode(Uint8Array.from(hash('sol', 32))) },
  ]
}

/** Texts by which the same address, or another of the same key, is also given. */
export function otherSpellings(address: string): string[] {
  const uri = [` ${address} `, `wallet:${address}`, `pay:${address}?amount=1.5&label=x`]
  if (/^0x[0-9a-f]{40}$/i.test(address)) {
    const lower = address.slice(2).toLowerCase()
    const hash = [...Buffer.from(lower, 'hex')]
    return [
      ...uri,
      `0x${lower}`,
      `0x${lower.toUpperCase()}`,
      eip55(hash),
      `xdc${lower}`,
      `eip155:1:0x${lower}`,
      `ethereum:0x${lower}@1`,
      versioned([0x41], hash),
    ]
  }
  if (/^[48]/.test(address) && address.length === 95) {
    const keys = [...base58xmr.decode(address)].slice(1, 65)
    return address.startsWith('4') ? [...uri, monero(19, keys, hashOf('payment', 8))] : uri
  }
  if (/^(bc|ltc|btg)1q/.test(address) && address.length < 50) {
    const hash = [...bech32.fromWords(bech32.decode(address as `${string}1${string}`).words.slice(1))]
    return [...uri, address.toUpperCase(), ...keyTwins(hash)]
  }
  if (/^(bc|ltc|btg|zs|u)1/.test(address)) return [...uri, address.toUpperCase()]
  if (/^[qp]/.test(address))
    return [...uri, `bitcoincash:${address}`, address.toUpperCase(), `BITCOINCASH:${address.toUpperCase()}`]
  if (address.startsWith('r')) {
    const hash = [...base58xrp.decode(address)].slice(1, 21)
    return [...uri, xAddress(hash, 4_000_000_001), ...keyTwins(hash)]
  }
  if (address.length > 36) return uri
  const payload = [...base58.decode(address)].slice(0, -4)
  const hash = payload.slice(-20)
  const [version = 0] = payload
  if (version === 0x41) {
    const hex = Buffer.from(hash).toString('hex')
    return [...uri, `41${hex.toUpperCase()}`, eip55(hash)]
  }
  const isZcash = payload.length === 22
  const isScript = isZcash ? payload[1] === 0xbd : [0x05, 0x32, 0x17, 0x10, 0x16, 0x21].includes(version)
  return [...uri, ...(isScript ? scriptTwins(hash) : keyTwins(hash))]
}

const keyTwins = (hash: number[]): string[] => [
  ...[[0x00], [0x30], [0x4c], [0x1e], [0x26], [0x1c, 0xb8]].map((version) => versioned(version, hash)),
  segwit('bc', 0, hash),
  segwit('ltc', 0, hash),
  bech32m.encodeFromBytes('tex', Uint8Array.from(hash)),
  xrp(hash),
]
const scriptTwins = (hash: number[]): string[] =>
  [[0x05], [0x32], [0x10], [0x16], [0x17], [0x21], [0x1c, 0xbd]].map((version) => versioned(version, hash))
