import { env } from 'cloudflare:workers'
import { describe, expect, inject, it } from 'vitest'
import { parseConfig } from '../../../src/config.ts'
import { createOutbound } from '../../../src/platform/outbound/create-outbound.ts'
import { log } from '../../../src/platform/log.ts'

const deployed = {
  ...env,
  PUBLIC_BASE_URL: 'https://kyc.example.com/',
  R2_S3_ENDPOINT: 'https://acc.r2.cloudflarestorage.com',
}
const developed = { ...deployed, ENVIRONMENT: 'development', DNS_RESOLVER_URL: inject('resolver') }

const verdict = async (vars: object, url: string): Promise<string> => {
  const { outbound } = createOutbound({ config: parseConfig(vars), clock: { now: () => 0 }, log })
  const checked = await outbound.check(url)
  return checked.ok ? 'passes' : checked.error.reason
}

describe('a deployment', () => {
  it.each([
    ['https://kyc.example.com/kyc/sessions', 'own_host'],
    ['https://a.kyc.example.com/', 'own_host'],
    ['https://acc.r2.cloudflarestorage.com/kyc-documents/x', 'own_host'],
    ['https://kyc-documents.acc.r2.cloudflarestorage.com/', 'own_host'],
    ['http://127.0.0.1/', 'scheme'],
    ['https://127.0.0.1/', 'not_public'],
    ['https://localhost/', 'reserved_name'],
  ])('does not call %s: %s', async (url, reason) => {
    expect(await verdict(deployed, url)).toBe(reason)
  })

  it('in development calls loopback and asks the resolver it was told', async () => {
    expect(await verdict(developed, `${inject('receiver')}/hook`)).toBe('passes')
    expect(await verdict(developed, 'https://public--w.kyc-dns.net/')).toBe('passes')
    expect(await verdict(developed, 'https://private--w.kyc-dns.net/')).toBe('resolves_to_not_public')
    expect(await verdict(developed, 'https://kyc.example.com/')).toBe('own_host')
  })
})

describe('DNS_RESOLVER_URL', () => {
  it('is Cloudflare’s where nothing is said', () => {
    const { DNS_RESOLVER_URL: _, ...silent } = deployed
    expect(parseConfig(silent).dnsResolverUrl).toBe('https://cloudflare-dns.com/dns-query')
  })

  it.each([
    'http://dns.example.com/dns-query',
    'http://127.0.0.1/dns-query',
    'ftp://dns.example.com',
    'dns.example.com',
    '',
  ])('must not be %j in production', (url) => {
    expect(() => parseConfig({ ...deployed, DNS_RESOLVER_URL: url })).toThrow('DNS_RESOLVER_URL')
  })
})
