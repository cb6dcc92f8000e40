import { createHmac } from 'node:crypto'
import { Webhook as StandardWebhook } from 'standardwebhooks'
import { Webhook as SvixWebhook } from 'svix'
import { describe, expect, it } from 'vitest'
import { createWebhookSigner } from '../../../src/platform/crypto/webhook-signature.ts'

const signer = createWebhookSigner()
const WORDS = [
  'Zoë',
  '北京市',
  'Ağaoğlu',
  'Ελένη',
  '🛂',
  'naïve “quoted”',
  'نور',
  '\u2028',
  'e\u0301',
  '\\',
  '"',
  '𝔎𝔜ℭ',
]

/** The body of event number `n`: other words, other lengths, none of them plain ASCII. */
const bodyOf = (n: number): string =>
  JSON.stringify({
    id: `evt_${n}`,
    type: 'kyc.session.completed',
    created: n,
    data: { name: Array.from({ length: 1 + (n % 7) }, (_, index) => WORDS[(n + index) % WORDS.length]).join(' '), n },
  })

type Delivery = { body: string; headers: Record<string, string> }
function deliver(n: number, secrets: string[], at = Date.now()): Delivery {
  const body = bodyOf(n)
  const event = { id: `evt_${n}`, createdAt: 1_795_430_400_123, body: new TextEncoder().encode(body) }
  return { body, headers: signer.sign(event, secrets, at) }
}

const accept = { standardwebhooks: StandardWebhook, svix: SvixWebhook }
const verify = (library: keyof typeof accept, secret: string, { body, headers }: Delivery): void =>
  void new accept[library](secret).verify(body, headers)

describe.each(['standardwebhooks', 'svix'] as const)('what we sign, verified as a receiver does with %s', (library) => {
  it('holds for 1,000 events with words that are not ASCII, each with a secret of its own', () => {
    for (let n = 0; n < 1_000; n += 1) {
      const secret = signer.newSecret()
      expect(() => verify(library, secret, deliver(n, [secret]))).not.toThrow()
    }
  })

  it('fails when one byte of the body is another, wherever it is', () => {
    const secret = signer.newSecret()
    for (let n = 0; n < 100; n += 1) {
      const { body, headers } = deliver(n, [secret])
      const place = n % body.length
      const changed = `${body.slice(0, place)}${body[place] === 'x' ? 'y' : 'x'}${body.slice(place + 1)}`
      expect(() => verify(library, secret, { body: changed, headers })).toThrow()
    }
  })

  it('fails when the attempt is old, so that a recorded call cannot be played again', () => {
    const secret = signer.newSecret()
    const tenMinutesAgo = Date.now() - 600_000
    expect(() => verify(library, secret, deliver(1, [secret], tenMinutesAgo))).toThrow()
  })

  it('fails with another secret', () => {
    expect(() => verify(library, signer.newSecret(), deliver(1, [signer.newSecret()]))).toThrow()
  })

  it('holds for both secrets while a rotation overlaps', () => {
    const secrets = [signer.newSecret(), signer.newSecret()]
    for (const secret of secrets) expect(() => verify(library, secret, deliver(1, secrets))).not.toThrow()
  })
})

describe('the older form of the signature', () => {
  it('signs the time of the event and the body with the secret as text, the same in every attempt', () => {
    const secret = signer.newSecret()
    const [first, later] = [deliver(3, [secret], 1), deliver(3, [secret], 99_000_000)]
    const expected = createHmac('sha256', secret).update(`1795430400.${first.body}`, 'utf8').digest('hex')
    expect(first.headers['X-Webhook-Signature']).toBe(`sha256=${expected}`)
    expect(first.headers['X-Webhook-Timestamp']).toBe('1795430400')
    expect(later.headers['X-Webhook-Signature']).toBe(first.headers['X-Webhook-Signature'])
    expect(later.headers['webhook-signature']).not.toBe(first.headers['webhook-signature'])
  })

  it('names both, the new one first, while a rotation overlaps', () => {
    const [present, before] = [signer.newSecret(), signer.newSecret()]
    const one = (secret: string) => deliver(3, [secret]).headers['X-Webhook-Signature']
    expect(deliver(3, [present, before]).headers['X-Webhook-Signature']).toBe(`${one(present)},${one(before)}`)
  })
})
