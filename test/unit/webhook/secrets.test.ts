import { describe, expect, it } from 'vitest'
import { checkSecret, hintOf, masked } from '../../../src/domain/webhook/secret.ts'
import { createSecretBox } from '../../../src/platform/crypto/secret-box.ts'
import { createWebhookSigner } from '../../../src/platform/crypto/webhook-signature.ts'

const signer = createWebhookSigner()
const of = (bytes: Uint8Array): string => `whsec_${Buffer.from(bytes).toString('base64')}`
const distinct = (length: number): Uint8Array => Uint8Array.from({ length }, (_, index) => index + 1)
const check = (secret: string): string | null => {
  const checked = checkSecret(secret, signer.bytesOf)
  return checked.ok ? null : checked.error
}

describe('a webhook secret', () => {
  it('that we make is whsec_ and the base64 of 32 bytes, and another one each time', () => {
    const made = Array.from({ length: 50 }, () => signer.newSecret())
    for (const secret of made) {
      expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/)
      expect(check(secret)).toBeNull()
    }
    expect(new Set(made).size).toBe(50)
  })

  it('that is given has 24 to 64 bytes', () => {
    expect([24, 32, 64].map((length) => check(of(distinct(length))))).toEqual([null, null, null])
    for (const length of [1, 23, 65]) expect(check(of(distinct(length)))).toContain('24 to 64 random bytes')
  })

  it.each([
    ['without its prefix', 'AQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHyA='],
    ['with nothing in it', 'whsec_'],
    ['that is no base64', 'whsec_not-base64-at-all-but-long-enough-to-be'],
    ['that is a password', 'correct horse battery staple'],
    ['of one byte over and over', of(new Uint8Array(32).fill(7))],
    ['of a word over and over', of(new TextEncoder().encode('secretsecretsecretsecretsecret'))],
  ])('%s is refused, with what would be right', (_name, secret) => {
    expect(check(secret)).toContain('whsec_')
  })

  it('is shown as 28 stars and its last four characters', () => {
    expect(masked(hintOf('whsec_AQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHyA='))).toBe(`${'*'.repeat(28)}HyA=`)
  })
})

describe('a secret at rest', () => {
  const keyOf = (fill: number) => new Uint8Array(32).fill(fill)
  const box = (current: number, ids: number[]) =>
    createSecretBox({ current, keys: new Map(ids.map((id) => [id, keyOf(id)])) })
  const context = ['webhook-secret', 'acme', 'live']

  it('opens as what it was sealed as, and holds nothing of it in clear', async () => {
    const sealed = await box(1, [1]).seal(context, 'whsec_Zoë')
    expect(sealed).toMatch(/^1\.[A-Za-z0-9_-]+$/)
    expect(await box(1, [1]).open(context, sealed)).toBe('whsec_Zoë')
    expect(await box(1, [1]).seal(context, 'whsec_Zoë')).not.toBe(sealed)
  })

  it.each([
    [['webhook-secret', 'rival', 'live']],
    [['webhook-secret', 'acme', 'test']],
    [['slack-url', 'acme', 'live']],
  ])('does not open as %j', async (other) => {
    const sealed = await box(1, [1]).seal(context, 'whsec_x')
    await expect(box(1, [1]).open(other, sealed)).rejects.toThrow()
  })

  it('opens after the master key was rotated, while the old one is still there', async () => {
    const sealed = await box(1, [1]).seal(context, 'whsec_x')
    expect(await box(2, [1, 2]).open(context, sealed)).toBe('whsec_x')
    expect(await box(2, [1, 2]).seal(context, 'whsec_x')).toMatch(/^2\./)
    await expect(box(2, [2]).open(context, sealed)).rejects.toThrow('the master key that sealed this is gone')
  })
})
