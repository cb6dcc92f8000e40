import { describe, expect, inject, it } from 'vitest'
import type { OutboundOutcome, OutboundRequest } from '../../../src/application/ports.ts'
import { createDnsResolver } from '../../../src/platform/outbound/dns-resolver.ts'
import { createOutboundHttp, MAX_BODY_BYTES } from '../../../src/platform/outbound/outbound-http.ts'

const receiver = inject('receiver')
const port = new URL(receiver).port
const SHORT_MS = 400
const PATIENT_MS = 30_000

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined }
const outbound = (timeoutMs: number) =>
  createOutboundHttp({
    rules: { allowLocal: true, ownHosts: ['kyc.example.com'] },
    resolver: createDnsResolver({ url: inject('resolver'), clock: { now: () => 0 } }),
    log: silent,
    userAgent: 'kyc-sessions',
    timeoutMs,
  })

let count = 0
/** A place at the receiver that no other test calls. */
function newPlace() {
  const base = `${receiver}/t${(count += 1)}`
  return {
    at: (behaviour: string): string => `${base}/${behaviour}`,
    calls: async (): Promise<{ method: string; path: string; headers: Record<string, string>; body: string }[]> =>
      (await fetch(`${base}/calls`)).json(),
  }
}

const send = (url: string, changes: Partial<OutboundRequest> = {}, timeoutMs = PATIENT_MS): Promise<OutboundOutcome> =>
  outbound(timeoutMs).send({ url, method: 'GET', headers: {}, body: null, redirects: 'checked', ...changes })

const answered = (outcome: OutboundOutcome) => {
  if (outcome.outcome !== 'answered') throw new Error(`not answered: ${JSON.stringify(outcome)}`)
  return { ...outcome, text: new TextDecoder().decode(outcome.body) }
}
const post = { method: 'POST', body: new TextEncoder().encode('{"a":1}') } as const

describe('an answer', () => {
  it('is handed on with its status, its body and the headers that are allowed; no cookie', async () => {
    const place = newPlace()
    const outcome = answered(await send(place.at('status?is=503')))
    expect(outcome).toMatchObject({ status: 503, text: 'received', is_cut: false, urls: [place.at('status?is=503')] })
    expect(outcome.headers).toMatchObject({ 'content-type': 'text/plain', 'retry-after': '7' })
    expect(Object.keys(outcome.headers)).not.toContain('set-cookie')
    expect(Object.keys(outcome.headers)).not.toContain('x-own')
  })

  it('came to a request with what the caller said, and nothing that the transport alone may say', async () => {
    const place = newPlace()
    const headers = { 'X-Signature': 's', Cookie: 'a=b', Host: 'evil.example.net', 'content-length': '3' }
    await send(place.at('status'), { ...post, headers })
    const [call] = await place.calls()
    expect(call).toMatchObject({ method: 'POST', body: '{"a":1}' })
    expect(call?.headers).toMatchObject({
      'x-signature': 's',
      'user-agent': 'kyc-sessions',
      host: `127.0.0.1:${port}`,
      'content-length': '7',
    })
    expect(call?.headers['cookie']).toBeUndefined()
  })

  it('has its long headers cut', async () => {
    expect(answered(await send(newPlace().at('long-header'))).headers['server']).toHaveLength(1024)
  })
})

describe('the 1 MiB of a body', () => {
  it('may be filled to the last byte', async () => {
    const outcome = answered(await send(newPlace().at(`sized?bytes=${MAX_BODY_BYTES}`)))
    expect([outcome.body.length, outcome.is_cut]).toEqual([MAX_BODY_BYTES, false])
  })

  it.each([`sized?bytes=${MAX_BODY_BYTES + 1}`, 'sized?bytes=20000000', 'endless', 'bomb'])(
    'are all that is read of %s',
    async (behaviour) => {
      const outcome = answered(await send(newPlace().at(behaviour)))
      expect([outcome.body.length, outcome.is_cut]).toEqual([MAX_BODY_BYTES, true])
    },
  )
})

describe('the time of a call', () => {
  it.each(['slow-headers', 'slow-body'])('ends %s', async (behaviour) => {
    const place = newPlace()
    expect(await send(place.at(behaviour), {}, SHORT_MS)).toEqual({ outcome: 'timed_out' })
    expect(await place.calls()).toHaveLength(1)
  })

  it('is one for all hops', async () => {
    const place = newPlace()
    const to = encodeURIComponent(place.at('slow-headers'))
    expect(await send(place.at(`redirect?to=${to}`), {}, SHORT_MS)).toEqual({ outcome: 'timed_out' })
    expect(await place.calls()).toHaveLength(2)
  })

  it('is not spent on the body of a redirect', async () => {
    const outcome = answered(await send(newPlace().at('redirect-slow-body')))
    expect(outcome).toMatchObject({ status: 200, text: 'received' })
  })

  it('counts the look-up of the name too', async () => {
    expect(await send('https://hang--a.kyc-dns.net/', {}, SHORT_MS)).toEqual({ outcome: 'timed_out' })
  })
})

describe('nobody who answers', () => {
  it.each([
    ['a closed port', () => `http://127.0.0.1:${inject('closedPort')}/`],
    ['a connection that is hung up', () => newPlace().at('hang-up')],
    ['a body that breaks off', () => newPlace().at('cut-off')],
    ['a body that cannot be unpacked', () => newPlace().at('broken-gzip')],
    ['a name without an address', () => 'https://nxdomain--a.kyc-dns.net/'],
    ['a resolver that fails', () => 'https://servfail--a.kyc-dns.net/'],
  ])('is unreachable: %s', async (_what, url) => {
    expect(await send(url())).toEqual({ outcome: 'unreachable' })
  })

  it.each([
    { 'x-a': 'b\r\nX-Injected: 1' },
    { 'x-a': 'b\nX-Injected: 1' },
    { 'x-a\r\nX-Injected': '1' },
    { 'x a': '1' },
    { 'x-a': '\u0000' },
    { 'x-a': '✓' },
    { 'x-a': 'b\u010d\u010aX-Injected: 1' },
    { '': '1' },
  ])('nor a header that would break out of its line: %j', async (headers) => {
    const place = newPlace()
    expect(await send(place.at('status'), { headers: { ...headers } })).toEqual({ outcome: 'unreachable' })
    expect(await place.calls()).toEqual([])
  })
})

describe('a redirect', () => {
  const redirectTo = (place: ReturnType<typeof newPlace>, to: string, status = 302): string =>
    place.at(`redirect?status=${status}&to=${encodeURIComponent(to)}`)

  it('is an answer like any other where redirects are never followed', async () => {
    const place = newPlace()
    const target = newPlace()
    const outcome = answered(await send(redirectTo(place, target.at('status')), { redirects: 'never' }))
    expect(outcome).toMatchObject({ status: 302, text: 'elsewhere' })
    expect(await target.calls()).toEqual([])
  })

  it('is followed, and all URLs are told', async () => {
    const place = newPlace()
    const target = newPlace()
    const outcome = answered(await send(redirectTo(place, target.at('status'))))
    expect(outcome).toMatchObject({ status: 200, text: 'received' })
    expect(outcome.urls).toEqual([redirectTo(place, target.at('status')), target.at('status')])
  })

  // The receiver listens on all of these: what is counted is that nobody called.
  it.each([
    ['0.0.0.0, which is the own host', (path: string) => `http://0.0.0.0:${port}${path}`, 'scheme'],
    ['the same over https', (path: string) => `https://0.0.0.0:${port}${path}`, 'not_public'],
    ['mapped loopback', (path: string) => `http://[::ffff:127.0.0.1]:${port}${path}`, 'scheme'],
    ['mapped loopback over https', (path: string) => `https://[::ffff:127.0.0.1]:${port}${path}`, 'not_public'],
    ['a private address', () => 'https://10.0.0.1/', 'not_public'],
    ['metadata', () => 'https://169.254.169.254/latest/meta-data/', 'not_public'],
    ['metadata as a number', () => 'https://2852039166/', 'not_public'],
    ['a name with a private address', () => 'https://private--r.kyc-dns.net/', 'resolves_to_not_public'],
    ['a name with one private address of two', () => 'https://mixed--r.kyc-dns.net/', 'resolves_to_not_public'],
    ['this service', () => 'https://kyc.example.com/', 'own_host'],
    ['credentials', (path: string) => `http://u:p@127.0.0.1:${port}${path}`, 'credentials'],
    ['another scheme', () => 'ftp://127.0.0.1/', 'scheme'],
    ['a file', () => 'file:///etc/passwd', 'malformed'],
    ['no URL', () => 'http://[::1', 'redirect_malformed'],
  ])('to %s is refused before anyone is called', async (_what, to, reason) => {
    const place = newPlace()
    const target = newPlace()
    const first = redirectTo(place, to(new URL(target.at('status')).pathname))
    expect(await send(first)).toMatchObject({ outcome: 'refused', refusal: { reason }, urls: [first] })
    expect(await target.calls()).toEqual([])
    expect(await place.calls()).toHaveLength(1)
  })

  it('the fifth is followed, the sixth is not', async () => {
    const five = newPlace()
    expect(answered(await send(five.at('hops?left=5'))).text).toBe('arrived')
    const six = newPlace()
    const outcome = await send(six.at('hops?left=6'))
    expect(outcome).toMatchObject({ outcome: 'refused', refusal: { reason: 'too_many_redirects' } })
    expect(await six.calls()).toHaveLength(6)
  })

  it('in a circle ends where it comes round', async () => {
    const place = newPlace()
    const outcome = await send(place.at('circle'))
    expect(outcome).toMatchObject({ outcome: 'refused', refusal: { reason: 'redirect_loop' } })
    expect(await place.calls()).toHaveLength(2)
  })

  it('to another origin takes neither body nor secrets there', async () => {
    const place = newPlace()
    const target = newPlace()
    const elsewhere = target.at('status').replace('127.0.0.1', 'localhost')
    const headers = { authorization: 'Bearer s', 'x-signature': 's', 'content-type': 'application/json' }
    const kept = await send(redirectTo(place, elsewhere, 307), { ...post, headers })
    expect(kept).toMatchObject({ outcome: 'refused', refusal: { reason: 'redirect_with_body' } })
    expect(await target.calls()).toEqual([])

    expect(answered(await send(redirectTo(place, elsewhere, 303), { ...post, headers })).status).toBe(200)
    const [call] = await target.calls()
    expect(call).toMatchObject({ method: 'GET', body: '' })
    for (const name of Object.keys(headers)) expect(call?.headers[name]).toBeUndefined()
  })

  it('with 308 on the same origin repeats what was sent', async () => {
    const place = newPlace()
    const headers = { 'x-signature': 's' }
    const outcome = answered(await send(redirectTo(place, place.at('status'), 308), { ...post, headers }))
    expect(outcome.status).toBe(200)
    const [, second] = await place.calls()
    expect(second).toMatchObject({ method: 'POST', body: '{"a":1}', headers: { 'x-signature': 's' } })
  })
})
