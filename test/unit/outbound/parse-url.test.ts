import { BlockList } from 'node:net'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseOutboundUrl } from '../../../src/domain/outbound/parse-url.ts'
import { isPublicAddress } from '../../../src/domain/outbound/public-address.ts'
import { HARMLESS_URLS, HOSTILE_RULES, HOSTILE_URLS } from '../../support/hostile-urls.ts'

const reasonFor = (url: string, rules = HOSTILE_RULES): string => {
  const parsed = parseOutboundUrl(url, rules)
  return parsed.ok ? 'passes' : parsed.error.reason
}
const hostile = Object.entries(HOSTILE_URLS).flatMap(([reason, urls]) =>
  urls.map(([url, why]) => ({ reason, url, why, shown: JSON.stringify(url).slice(0, 60) })),
)

describe('a URL that a user names', () => {
  it.each(hostile)('$shown is refused ($why): $reason', ({ url, reason }) => {
    expect(reasonFor(url)).toBe(reason)
  })

  it('is tried in more than 150 hostile spellings, none twice', () => {
    expect(new Set(hostile.map(({ url }) => url)).size).toBe(hostile.length)
    expect(hostile.length).toBeGreaterThan(150)
  })

  it.each(HARMLESS_URLS)('%s passes', (url) => {
    expect(reasonFor(url)).toBe('passes')
  })

  it('is refused in words that quote nothing of it', () => {
    for (const { url } of hostile.filter(({ url }) => url.length > 20)) {
      const parsed = parseOutboundUrl(url, HOSTILE_RULES)
      expect(parsed.ok ? '' : parsed.error.message).not.toContain(url.slice(8, 20))
    }
  })

  it('has a host that is a name, an address or local', () => {
    const host = (url: string, allowLocal = false) => {
      const parsed = parseOutboundUrl(url, { ...HOSTILE_RULES, allowLocal })
      return parsed.ok ? parsed.value.host : null
    }
    expect(host('https://Example.com/')).toEqual({ kind: 'name', name: 'example.com' })
    expect(host('https://134744072/')).toEqual({ kind: 'address', address: '8.8.8.8' })
    expect(host('https://[2606:4700::1]/')).toEqual({ kind: 'address', address: '2606:4700::1' })
    expect(host('http://127.0.0.1:5000/', true)).toEqual({ kind: 'local' })
  })
})

describe('in development', () => {
  const local = { ...HOSTILE_RULES, allowLocal: true }

  it.each([
    'http://localhost:3000/x',
    'http://127.0.0.1:1/',
    'https://[::1]:9/',
    'http://127.1/',
    'http://a.localhost/',
  ])('loopback passes: %s', (url) => {
    expect(reasonFor(url, local)).toBe('passes')
  })

  it.each([
    ['http://a.example.com/', 'scheme'],
    ['http://0.0.0.0/', 'scheme'],
    ['http://169.254.169.254/', 'scheme'],
    ['https://169.254.169.254/', 'not_public'],
    ['https://10.0.0.1/', 'not_public'],
    ['https://0.0.0.0/', 'not_public'],
    ['https://[::ffff:127.0.0.1]/', 'not_public'],
    ['https://printer.local/', 'reserved_name'],
    ['http://user@localhost/', 'credentials'],
    ['http://localhost/#x', 'fragment'],
    ['ftp://localhost/', 'scheme'],
    ['https://kyc.example.com/', 'own_host'],
  ])('nothing else does: %s', (url, reason) => {
    expect(reasonFor(url, local)).toBe(reason)
  })
})

// Node's own list of blocks is the second opinion: another implementation, with the blocks written out once more.
const special = new BlockList()
for (const [net, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.31.196.0', 24],
  ['192.52.193.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['192.175.48.0', 24],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
] as const) {
  special.addSubnet(net, bits, 'ipv4')
}
const dotted = (address: number): string => [24, 16, 8, 0].map((bits) => (address >>> bits) & 0xff).join('.')
const isSpecial = (address: number): boolean => special.check(dotted(address), 'ipv4')

const specialBases = [0x0, 0x0a, 0x6440, 0x7f, 0xa9fe, 0xac10, 0xc0a8, 0xc612, 0xc63364, 0xcb0071, 0xe0, 0xf0]
const anyAddress = fc.oneof(
  fc.nat(0xffffffff),
  // Half of them inside or beside a special block.
  fc.tuple(fc.constantFrom(...specialBases), fc.nat(0xffffff)).map(([base, rest]) => {
    const bits = Math.max(8, Math.ceil(Math.log2(base + 1) / 8) * 8)
    return ((base * 2 ** (32 - bits)) >>> 0) + (rest % 2 ** (32 - bits))
  }),
)

const part = fc.constantFrom(
  (value: number) => String(value),
  (value: number) => `0x${value.toString(16)}`,
  (value: number) => `0X${value.toString(16).toUpperCase()}`,
  (value: number) => `0${value.toString(8)}`,
  (value: number) => `000${value.toString(8)}`,
)
/** One to four parts, the last one holding what is left, each in a base of its own. */
const spelling = fc
  .record({
    count: fc.integer({ min: 1, max: 4 }),
    bases: fc.array(part, { minLength: 4, maxLength: 4 }),
    dot: fc.boolean(),
  })
  .map(({ count, bases, dot }) => (address: number): string => {
    const heads = [24, 16, 8].slice(0, count - 1).map((bits) => (address >>> bits) & 0xff)
    const tail = address % 2 ** (8 * (5 - count))
    const parts = [...heads, tail].map((value, at) => bases[at]?.(value) ?? String(value))
    return `https://${parts.join('.')}${dot ? '.' : ''}/`
  })

const RUNS = { numRuns: 5_000 }

describe('an IPv4 address in any spelling', () => {
  it('is refused when it is not public, and passes when it is', () => {
    fc.assert(
      fc.property(anyAddress, spelling, (address, spell) => {
        const expected = isSpecial(address) ? 'not_public' : 'passes'
        expect(reasonFor(spell(address), { allowLocal: false, ownHosts: [] })).toBe(expected)
      }),
      RUNS,
    )
  })

  it('is never public inside an IPv6 transition form', () => {
    const forms = [
      (hex: string) => `::${hex}`,
      (hex: string) => `::ffff:${hex}`,
      (hex: string) => `::ffff:0:${hex}`,
      (hex: string) => `64:ff9b::${hex}`,
      (hex: string) => `64:ff9b:1::${hex}`,
      (hex: string) => `2002:${hex}::1`,
      (hex: string) => `2001:0:${hex}::1`,
    ]
    fc.assert(
      fc.property(anyAddress, fc.constantFrom(...forms), (address, form) => {
        const inside = form(`${(address >>> 16).toString(16)}:${(address & 0xffff).toString(16)}`)
        expect(isPublicAddress(inside)).toBe(false)
        expect(reasonFor(`https://[${inside}]/`)).toBe('not_public')
      }),
      RUNS,
    )
  })
})

describe('an IPv6 address', () => {
  const groups = fc.array(fc.nat(0xffff), { minLength: 8, maxLength: 8 })
  const written = (parts: number[]): string => parts.map((group) => group.toString(16)).join(':')

  it('outside 2000::/3 is never public', () => {
    fc.assert(
      fc.property(groups, (parts) => {
        const [first = 0, ...rest] = parts
        fc.pre(first < 0x2000 || first > 0x3fff)
        expect(isPublicAddress(written([first, ...rest]))).toBe(false)
      }),
      RUNS,
    )
  })

  it('in a block of a registry of the internet is public', () => {
    fc.assert(
      fc.property(groups, fc.constantFrom(0x2400, 0x2600, 0x2606, 0x2800, 0x2a00, 0x2c0f), (parts, first) => {
        expect(isPublicAddress(written([first, ...parts.slice(1)]))).toBe(true)
      }),
      RUNS,
    )
  })

  it.each([
    '',
    'x',
    '1.2.3',
    '01.2.3.4',
    '0x1.2.3.4',
    '1.2.3.4.5',
    '[::1]',
    '2606:4700::1%eth0',
    '8.8.8.8 ',
    '134744072',
  ])('or what DNS must not answer is not public: %j', (text) => {
    expect(isPublicAddress(text)).toBe(false)
  })
})
