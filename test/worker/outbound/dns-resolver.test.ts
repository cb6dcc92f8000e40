import { describe, expect, inject, it } from 'vitest'
import { createDnsResolver } from '../../../src/platform/outbound/dns-resolver.ts'
import type { Resolution } from '../../../src/platform/outbound/dns-resolver.ts'
import { createOutboundHttp } from '../../../src/platform/outbound/outbound-http.ts'

let count = 0
/** A name that no other test asks for; its first word is what the resolver does. */
const newName = (behaviour: string): string => `${behaviour}--${(count += 1)}.kyc-dns.net`

const START = Date.UTC(2026, 10, 24)
function newResolver(url = inject('resolver'), timeoutMs = 400) {
  let now = START
  const resolver = createDnsResolver({ url, clock: { now: () => now }, timeoutMs })
  const silent = { info: () => undefined, warn: () => undefined, error: () => undefined }
  const rules = { allowLocal: false, ownHosts: [] }
  const outbound = createOutboundHttp({ rules, resolver, log: silent, userAgent: 'kyc-sessions' })
  return {
    resolve: (name: string): Promise<Resolution> => resolver.resolve(name, AbortSignal.timeout(30_000)),
    verdict: async (name: string): Promise<string> => {
      const checked = await outbound.check(`https://${name}/hook`)
      return checked.ok ? 'passes' : checked.error.reason
    },
    send: (name: string) =>
      outbound.send({ url: `https://${name}/`, method: 'GET', headers: {}, body: null, redirects: 'never' }),
    later: (seconds: number): void => {
      now += seconds * 1000
    },
  }
}

describe('a name is looked up', () => {
  it.each([
    ['public', ['93.184.215.14', '2606:2800:21f:cb07:6820:80da:af6b:8b2c']],
    ['v4only', ['93.184.215.14']],
    ['v6only', ['2606:2800:21f:cb07:6820:80da:af6b:8b2c']],
    ['alias', ['93.184.215.14', '2606:4700::1']],
    ['mixed', ['93.184.215.14', '192.168.1.1']],
  ])('%s: in both families, the names between left out', async (behaviour, addresses) => {
    expect(await newResolver().resolve(newName(behaviour))).toEqual({ outcome: 'resolved', addresses })
  })

  it.each(['nxdomain', 'empty', 'dangling'])('%s: it has no address', async (behaviour) => {
    expect(await newResolver().resolve(newName(behaviour))).toEqual({ outcome: 'not_found' })
  })

  it.each([
    'servfail',
    'refused',
    'halffail',
    'halfhang',
    'truncated',
    'hang',
    'hangup',
    'down',
    'html',
    'shape',
    'moved',
    'huge',
  ])('%s: nothing is known of it', async (behaviour) => {
    expect(await newResolver().resolve(newName(behaviour))).toEqual({ outcome: 'failed' })
  })

  it('where no resolver answers nothing is known of it', async () => {
    const nobody = newResolver(`http://127.0.0.1:${inject('closedPort')}/dns-query`)
    expect(await nobody.resolve(newName('public'))).toEqual({ outcome: 'failed' })
  })
})

describe('a URL is kept', () => {
  it.each([
    ['public', 'passes'],
    ['v4only', 'passes'],
    ['v6only', 'passes'],
    ['alias', 'passes'],
    ['private', 'resolves_to_not_public'],
    ['loopback', 'resolves_to_not_public'],
    ['metadata', 'resolves_to_not_public'],
    ['v6private', 'resolves_to_not_public'],
    ['mapped', 'resolves_to_not_public'],
    ['mixed', 'resolves_to_not_public'],
    ['alias2private', 'resolves_to_not_public'],
    ['garbled', 'resolves_to_not_public'],
    ['nxdomain', 'name_not_found'],
    ['empty', 'name_not_found'],
    ['dangling', 'name_not_found'],
    ['servfail', 'resolver_down'],
    ['halffail', 'resolver_down'],
    ['hang', 'resolver_down'],
  ])('by where its name leads: %s %s', async (behaviour, verdict) => {
    expect(await newResolver().verdict(newName(behaviour))).toBe(verdict)
  })
})

describe('a name that leads elsewhere at the second look', () => {
  it('is refused at the call, though it passed when it was saved', async () => {
    const dns = newResolver()
    const name = newName('rebinding')
    expect(await dns.verdict(name)).toBe('passes')
    expect(await dns.send(name)).toMatchObject({
      outcome: 'refused',
      refusal: { reason: 'resolves_to_not_public' },
      urls: [],
    })
  })

  it('is looked at again after a minute, however long its answer wants to be remembered', async () => {
    const dns = newResolver()
    const name = newName('rebindinglong')
    expect(await dns.verdict(name)).toBe('passes')
    dns.later(59)
    expect(await dns.verdict(name)).toBe('passes')
    dns.later(1)
    expect(await dns.verdict(name)).toBe('resolves_to_not_public')
  })

  it('is never remembered as failed or private', async () => {
    const dns = newResolver()
    const name = newName('recovers')
    expect(await dns.verdict(name)).toBe('resolver_down')
    expect(await dns.verdict(name)).toBe('resolves_to_not_public')
    expect(await dns.verdict(name)).toBe('passes')
  })
})
