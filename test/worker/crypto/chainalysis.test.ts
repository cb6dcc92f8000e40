import { env } from 'cloudflare:workers'
import { describe, expect, inject, it } from 'vitest'
import { parseConfig } from '../../../src/config.ts'
import type { CryptoResult } from '../../../src/domain/decision/check-results.ts'
import { createCryptoEngine } from '../../../src/engines/crypto/engine.ts'
import { STALE_LIST_MS, parseAddressList } from '../../../src/engines/crypto/lists.ts'
import type { AddressList } from '../../../src/engines/crypto/lists.ts'
import { createOutbound } from '../../../src/platform/outbound/create-outbound.ts'
import { createChainalysis } from '../../../src/platform/providers/chainalysis.ts'
import { KNOWN_ADDRESS, KNOWN_IDENTIFICATION, SERVICE_KEY } from '../../support/address-service.ts'
import { checkInputs } from '../../unit/engines/check-inputs.ts'

const NOW = Date.UTC(2026, 10, 23)
const CLEAN = 'TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t'
const facts = { list: 'own', version: '2026-11-20', as_of: Date.UTC(2026, 10, 20), asset: 'ETH' }
const OWN = parseAddressList(`${KNOWN_ADDRESS}\n`, facts)
const OTHER = parseAddressList(`0x${'1'.repeat(40)}\n`, facts)

const settings = (vars: object) =>
  parseConfig({
    ...env,
    ENVIRONMENT: 'development',
    DNS_RESOLVER_URL: inject('resolver'),
    CHAINALYSIS_API_KEY: SERVICE_KEY,
    ...vars,
  })

/** The check of a deployment whose provider is the place of this name at the loopback server. */
async function check(
  place: string,
  wallets: [network: string, address: string][],
  { lists = [OTHER], now = NOW, vars = {} }: { lists?: AddressList[]; now?: number; vars?: object } = {},
): Promise<CryptoResult & { said: unknown[] }> {
  const said: unknown[] = []
  const log = { info: () => undefined, warn: (...line: unknown[]) => void said.push(line), error: () => undefined }
  const config = settings({ CHAINALYSIS_BASE_URL: `${inject('receiver')}/${place}`, ...vars })
  if (config.chainalysis === null) throw new Error('no provider is configured')
  const { outbound } = createOutbound({ config, clock: { now: () => 0 }, log })
  const provider = createChainalysis({ config: config.chainalysis, outbound, log })
  const inputs = checkInputs({
    wallets: wallets.map(([network, address]) => ({ field_key: 'wallet', network, address })),
  })
  return { ...(await createCryptoEngine({ lists, provider })(inputs, now)), said }
}
const asked = async (place: string): Promise<string[]> => {
  const calls: { path: string }[] = await (await fetch(`${inject('receiver')}/${place}/calls`)).json()
  return calls.map((call) => call.path.split('/').at(-1) ?? '')
}

describe('the provider', () => {
  it('adds what it knows of an address to what the lists know', async () => {
    const result = await check('well-known', [['usdt', KNOWN_ADDRESS]], { lists: [OWN] })
    expect(result).toMatchObject({ state: 'ok', provider: 'kyc-sessions/crypto, chainalysis' })
    expect(result.message).toBeUndefined()
    expect(result.addresses[0]?.hits).toEqual([
      expect.objectContaining({ list: 'own', status: 'listed' }),
      {
        list: 'chainalysis',
        list_version: '2026-11-23',
        asset: null,
        reference: KNOWN_IDENTIFICATION.url,
        address: KNOWN_ADDRESS,
        match: 'address',
        status: 'listed',
        name: KNOWN_IDENTIFICATION.name,
        program: 'sanctions',
        listed_on: null,
        first_seen_on: null,
        delisted_on: null,
      },
    ])
  })

  it('is asked in the normal spelling, once for each address, and finds nothing of one it does not know', async () => {
    const mixed = '0x52908400098527886E0F7030069857D2E4169EE7'
    const result = await check('well-once', [
      ['eth', mixed],
      ['bsc', KNOWN_ADDRESS],
      ['trx', CLEAN],
    ])
    expect(result.addresses.map((one) => one.hits.length)).toEqual([1, 1, 0])
    expect(await asked('well-once')).toEqual([KNOWN_ADDRESS, CLEAN])
  })

  it('is told no text that is no address, and addresses of networks that are not known here', async () => {
    const cardano = `addr1${'q'.repeat(60)}`
    const result = await check('well-text', [
      ['btc', 'jane.doe@example.com'],
      ['eth', `${KNOWN_ADDRESS}0`],
      ['cardano', 'jane.doe@example.com'],
      ['cardano', cardano],
    ])
    expect(result.addresses.map((one) => one.valid)).toEqual([false, false, false, false])
    expect(await asked('well-text')).toEqual([cardano])
  })

  it('is not asked without a wallet', async () => {
    expect((await check('well-none', [])).state).toBe('no_input')
    expect(await asked('well-none')).toEqual([])
  })

  it('stands in for lists where none is loaded, for addresses that it was asked about', async () => {
    expect(await check('well-alone', [['trx', CLEAN]], { lists: [] })).toMatchObject({ state: 'ok' })
    const wallets: [string, string][] = [
      ['trx', CLEAN],
      ['btc', 'no address'],
    ]
    expect(await check('well-alone', wallets, { lists: [] })).toMatchObject({ state: 'not_configured' })
  })

  it('does not make an old list a new one', async () => {
    const late = facts.as_of + STALE_LIST_MS + 1
    expect(await check('well-late', [['trx', CLEAN]], { now: late })).toMatchObject({
      state: 'stale',
      provider: 'kyc-sessions/crypto, chainalysis',
    })
  })

  it('is cut to what a reviewer can read', async () => {
    const result = await check('crowded-much', [['trx', CLEAN]])
    expect(result.addresses[0]?.hits).toHaveLength(20)
    expect(result.addresses[0]?.hits[0]?.name).toHaveLength(512)
  })
})

describe('a provider that gives no answer', () => {
  it.each([
    ['limited-failure', 'rate_limited', 'takes no more questions'],
    ['down-failure', 'error', 'status 503'],
    ['moved-failure', 'error', 'status 302'],
    ['garbled-failure', 'error', 'could not be read'],
    ['odd-failure', 'error', 'could not be read'],
    ['long-failure', 'error', 'could not be read'],
  ])('%s makes the check %s, and what the lists know stays visible', async (place, state, message) => {
    const result = await check(place, [['usdt', KNOWN_ADDRESS]], { lists: [OWN] })
    expect(result).toMatchObject({ state, addresses: [{ valid: true, hits: [{ list: 'own' }] }] })
    expect(result.message).toContain(message)
    expect(JSON.stringify([result.message, result.said])).not.toContain(KNOWN_ADDRESS)
    expect(result.said).toEqual([['provider.failed', expect.objectContaining({ kind: 'chainalysis' })]])
  })

  it('since its key is refused, is an error that does not show the key', async () => {
    const result = await check('well-key', [['usdt', KNOWN_ADDRESS]], { vars: { CHAINALYSIS_API_KEY: 'another' } })
    expect(result).toMatchObject({ state: 'error', message: 'Chainalysis answered with status 403.' })
    expect(JSON.stringify(result)).not.toContain('another')
  })

  it('since nobody listens, is an error', async () => {
    const vars = { CHAINALYSIS_BASE_URL: `http://127.0.0.1:${inject('closedPort')}` }
    expect(await check('none', [['usdt', KNOWN_ADDRESS]], { vars })).toMatchObject({
      state: 'error',
      message: 'Chainalysis could not be reached.',
    })
  })

  it('after some answers is asked no more, and keeps those', async () => {
    const result = await check('tiring-some', [
      ['eth', KNOWN_ADDRESS],
      ['trx', CLEAN],
      ['eth', `0x${'2'.repeat(40)}`],
    ])
    expect(result).toMatchObject({ state: 'rate_limited', addresses: [{ hits: [{ list: 'chainalysis' }] }, {}, {}] })
    expect(await asked('tiring-some')).toEqual([KNOWN_ADDRESS, CLEAN])
  })

  it('while the lists are old too, says both', async () => {
    const now = facts.as_of + STALE_LIST_MS + 1
    const result = await check('down-late', [['trx', CLEAN]], { now })
    expect(result.state).toBe('error')
    expect(result.message).toMatch(/status 503\. .*own \(2026-11-20\)/)
  })
})

describe('CHAINALYSIS_API_KEY', () => {
  it('is what sends addresses out: without it there is no provider', () => {
    expect(parseConfig(env).chainalysis).toBeNull()
    expect(settings({ CHAINALYSIS_API_KEY: '' }).chainalysis).toBeNull()
    expect(settings({}).chainalysis).toEqual({
      apiKey: SERVICE_KEY,
      baseUrl: 'https://public.chainalysis.com/api/v1',
    })
  })

  it('is not sent in clear text in production, nor when it is no header', () => {
    const production = { ENVIRONMENT: 'production', DNS_RESOLVER_URL: 'https://dns.example.com/q' }
    const clear = { ...production, CHAINALYSIS_BASE_URL: 'http://chain.example.com' }
    expect(() => settings(clear)).toThrow('CHAINALYSIS_BASE_URL')
    expect(() => settings({ CHAINALYSIS_API_KEY: 'two\nlines' })).toThrow('CHAINALYSIS_API_KEY')
  })
})
