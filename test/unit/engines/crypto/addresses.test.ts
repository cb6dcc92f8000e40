import { createHash } from 'node:crypto'
import { base58, base58xrp, bech32, bech32m } from '@scure/base'
import { Network, validate } from 'bitcoin-address-validation'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseAddress } from '../../../../src/engines/crypto/addresses.ts'

const sha = (bytes: Uint8Array): Uint8Array => createHash('sha256').update(bytes).digest()
const check = (payload: Uint8Array): Uint8Array => Uint8Array.of(...payload, ...sha(sha(payload)).subarray(0, 4))
const versioned = (version: number, bytes = 20): string =>
  base58.encode(check(Uint8Array.of(version, ...new Uint8Array(bytes).fill(0x5a))))
const reason = (network: string, address: string): string => {
  const verdict = parseAddress(network, address)
  return verdict.valid ? `valid: ${verdict.normalized}` : verdict.reason
}

// Sources: BIP 173, BIP 350, EIP-55, the CashAddr specification, XLS-5 and the XRPL documentation, Solana's documentation.
const VALID: [string, string, string][] = [
  ['btc', '1BpEi6DfDAUFd7GtittLSdBeYJvcoaVggu', '1BpEi6DfDAUFd7GtittLSdBeYJvcoaVggu'],
  ['Bitcoin', '3CWFddi6m4ndiGyKqzYvsFYagqDLPVMTzC', '3CWFddi6m4ndiGyKqzYvsFYagqDLPVMTzC'],
  ['BTC', 'BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4', 'bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4'],
  [
    'btc',
    'bc1qrp33g0q5c5txsp9arysrx4k6zdkfs4nce4xj0gdcccefvpysxf3qccfmv3',
    'bc1qrp33g0q5c5txsp9arysrx4k6zdkfs4nce4xj0gdcccefvpysxf3qccfmv3',
  ],
  [
    'btc',
    'bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0',
    'bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0',
  ],
  ['btc', 'BC1SW50QGDZ25J', 'bc1sw50qgdz25j'],
  ['eth', '0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed', '0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed'],
  ['Ethereum', '0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359', '0xfb6916095ca1df60bb79ce92ce3ea74c37c5d359'],
  ['polygon', '0x52908400098527886E0F7030069857D2E4169EE7', '0x52908400098527886e0f7030069857d2e4169ee7'],
  ['arbitrum-one', '0xde709f2102306220921060314715629080e2fb77', '0xde709f2102306220921060314715629080e2fb77'],
  ['USDT', '0xD1220A0cf47c7B9Be7A2E6BA89F429762e7b9aDb', '0xd1220a0cf47c7b9be7a2e6ba89f429762e7b9adb'],
  ['usdt', 'TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t', 'TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t'],
  ['USDT (TRC-20)', 'TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t', 'TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t'],
  ['tron', ' TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t ', 'TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t'],
  ['ltc', versioned(0x30), versioned(0x30)],
  ['litecoin', versioned(0x32), versioned(0x32)],
  ['ltc', versioned(0x05), versioned(0x32)],
  ['bch', 'bitcoincash:qpm2qsznhks23z7629mms6s4cwef74vcwvy22gdx6a', 'qpm2qsznhks23z7629mms6s4cwef74vcwvy22gdx6a'],
  ['bitcoin cash', 'ppm2qsznhks23z7629mms6s4cwef74vcwvn0h829pq', 'ppm2qsznhks23z7629mms6s4cwef74vcwvn0h829pq'],
  ['bch', 'BITCOINCASH:QPM2QSZNHKS23Z7629MMS6S4CWEF74VCWVY22GDX6A', 'qpm2qsznhks23z7629mms6s4cwef74vcwvy22gdx6a'],
  ['bch', '1BpEi6DfDAUFd7GtittLSdBeYJvcoaVggu', 'qpm2qsznhks23z7629mms6s4cwef74vcwvy22gdx6a'],
  ['bch', '3CWFddi6m4ndiGyKqzYvsFYagqDLPVMTzC', 'ppm2qsznhks23z7629mms6s4cwef74vcwvn0h829pq'],
  ['xrp', 'rrrrrrrrrrrrrrrrrrrrrhoLvTp', 'rrrrrrrrrrrrrrrrrrrrrhoLvTp'],
  ['ripple', 'r9cZA1mLK5R5Am25ArfXFmqgNwjZgnfk59', 'r9cZA1mLK5R5Am25ArfXFmqgNwjZgnfk59'],
  ['xrp', 'X7AcgcsBL6XDcUb289X4mJ8djcdyKaB5hJDWMArnXr61cqZ', 'r9cZA1mLK5R5Am25ArfXFmqgNwjZgnfk59'],
  ['sol', '11111111111111111111111111111111', '11111111111111111111111111111111'],
  ['solana', 'TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA', 'TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA'],
]

const INVALID: [string, string, string, string][] = [
  ['a changed character in base58', 'btc', '1BpEi6DfDAUFd7GtittLSdBeYJvcoaVggv', 'checksum does not match'],
  ['a character outside base58', 'btc', '1BpEi6DfDAUFd7GtittLSdBeYJvcoaVgg0', 'base58 does not use'],
  ['a test network', 'btc', versioned(0x6f), 'test network'],
  ['a bech32 test network', 'btc', 'tb1qw508d6qejxtdg4y5r3zarvary0c5xw7kxpjzsx', 'begins with "tb1"'],
  ['another coin', 'btc', versioned(0x30), 'another network'],
  ['too many bytes', 'btc', versioned(0x00, 21), '22 bytes'],
  ['mixed case bech32', 'btc', 'bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3T4', 'mixes upper and lower'],
  ['a wrong bech32 checksum', 'btc', 'bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t5', 'checksum does not match'],
  [
    'version 0 with the later checksum',
    'btc',
    bech32m.encode('bc', [0, ...bech32m.toWords(new Uint8Array(20))]),
    'has the checksum of bech32m',
  ],
  [
    'version 1 with the earlier checksum',
    'btc',
    'bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqh2y7hd',
    'has the checksum of bech32,',
  ],
  ['a program of the wrong length', 'btc', 'BC1QR508D6QEJXTDG4Y5R3ZARVARYV98GJ9P', '16 bytes, version 0 has 20 or 32'],
  ['a program that is too short', 'btc', 'bc1pw5dgrnzv', '1 bytes'],
  ['more padding than five bits', 'btc', bech32.encode('bc', [0, ...bech32.toWords(new Uint8Array(20)), 0]), 'padding'],
  ['an EIP-55 case error', 'eth', '0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAeD', 'EIP-55'],
  ['a missing digit', 'eth', '0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAe', '39 characters'],
  ['no 0x', 'eth', '5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed', 'begin with 0x'],
  ['a letter that is not hexadecimal', 'bsc', '0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAeg', 'hexadecimal'],
  ['a Tron typing error', 'trx', 'TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6T', 'checksum'],
  ['a Bitcoin address as Tron', 'trx', '1BpEi6DfDAUFd7GtittLSdBeYJvcoaVggu', 'another network'],
  ['a Tron test network', 'trx', versioned(0xa0), 'test network'],
  ['a Bitcoin bech32 as Litecoin', 'ltc', 'bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4', 'ltc1'],
  ['a private Litecoin address', 'ltc', 'ltcmweb1qqabc', 'MWEB'],
  ['a CashAddr checksum', 'bch', 'bitcoincash:qpm2qsznhks23z7629mms6s4cwef74vcwvy22gdx6q', 'checksum'],
  ['a CashAddr test network', 'bch', 'bchtest:pr6m7j9njldwwzlg9v7v53unlr4jkmx6eyvwc0uz5t', 'test network'],
  [
    'another CashAddr prefix',
    'bch',
    'simpleledger:qpm2qsznhks23z7629mms6s4cwef74vcwvy22gdx6a',
    'begin with "bitcoincash:"',
  ],
  ['mixed case CashAddr', 'bch', 'qpm2qsznhks23z7629mms6s4cwef74vcwvy22gdx6A', 'mixes'],
  ['an XRP typing error', 'xrp', 'r9cZA1mLK5R5Am25ArfXFmqgNwjZgnfk58', 'checksum'],
  ['an XRP secret', 'xrp', base58xrp.encode(check(Uint8Array.of(0x21, ...new Uint8Array(16)))), 'neither'],
  ['an X-address of the test network', 'xrp', 'T719a5UwUCnEs54UsxG9CJYYDhwmFCqkr7wxCcNcfZ6p5GZ', 'test network'],
  ['31 bytes as Solana', 'sol', base58.encode(new Uint8Array(31).fill(9)), '31 bytes'],
  ['an Ethereum address as Solana', 'sol', '0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed', 'base58'],
  ['nothing', 'btc', '  ', 'empty'],
  ['a token that fits no chain', 'usdt', 'r9cZA1mLK5R5Am25ArfXFmqgNwjZgnfk59', 'any network of this token'],
  ['an unknown network', 'cardano', versioned(0x1e), 'network not supported'],
  ['an address of absurd length', 'sol', '1'.repeat(10_000), 'base58'],
]

describe('an address is valid', () => {
  it.each(VALID)('on %s: %s', (network, address, normalized) => {
    expect(parseAddress(network, address)).toMatchObject({ valid: true, normalized })
  })
})

describe('an address is not valid', () => {
  it.each(INVALID)('with %s', (_name, network, address, expected) => {
    const said = reason(network, address)
    expect(said).not.toMatch(/^valid/)
    expect(said).toContain(expected)
  })
})

describe('the parser', () => {
  it('agrees with bitcoin-address-validation on mangled addresses of every Bitcoin form', () => {
    const seeds = VALID.filter(([network]) => /^(btc|bitcoin)$/i.test(network)).map(([, address]) => address)
    fc.assert(
      fc.property(
        fc.constantFrom(...seeds),
        fc.nat(),
        fc.constantFrom('', '1', 'q', 'z', 'p', 'A', '0'),
        (seed, place, letter) => {
          const at = place % (seed.length + 1)
          const mangled = seed.slice(0, at) + letter + seed.slice(at + 1)
          expect(parseAddress('btc', mangled).valid, mangled).toBe(validate(mangled, Network.mainnet))
        },
      ),
      { numRuns: 2_000 },
    )
  })

  it('never throws, and normalising twice changes nothing', () => {
    const networks = ['btc', 'eth', 'trx', 'ltc', 'bch', 'xrp', 'sol', 'usdt', '']
    fc.assert(
      fc.property(fc.constantFrom(...networks), fc.string({ unit: 'binary', maxLength: 120 }), (network, address) => {
        parseAddress(network, address)
      }),
    )
    for (const [network, , normalized] of VALID) expect(parseAddress(network, normalized)).toMatchObject({ normalized })
  })
})
