import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { createKeyMint, hashApiKey, modeOfApiKey } from '../../../src/platform/crypto/api-keys.ts'
import { createIds, crockford } from '../../../src/platform/crypto/ids.ts'

describe('an API key', () => {
  const mint = createKeyMint()

  it('says its mode, and of itself only the hash and the last four characters are kept', () => {
    const live = mint.mint('live')
    expect(live.secret).toMatch(/^sk_live_[0-9A-Za-z]{43}$/)
    expect(live.hint).toBe(live.secret.slice(-4))
    expect(live.key_hash).toBe(createHash('sha256').update(live.secret).digest('hex'))
    expect(live.key_hash).toBe(hashApiKey(live.secret))
    expect(mint.mint('test').secret).toMatch(/^sk_test_/)
  })

  it('is never the same twice', () => {
    expect(new Set(Array.from({ length: 500 }, () => mint.mint('test').secret)).size).toBe(500)
  })

  it('is told from a JWT and from anything of another form', () => {
    expect(modeOfApiKey(mint.mint('live').secret)).toBe('live')
    expect(modeOfApiKey(mint.mint('test').secret)).toBe('test')
    for (const other of [
      '',
      'sk_live_',
      'sk_prod_' + 'a'.repeat(43),
      'eyJhbGciOiJIUzI1NiJ9.e30.x',
      `${mint.mint('live').secret} `,
    ]) {
      expect(modeOfApiKey(other)).toBeNull()
    }
  })
})

describe('an id', () => {
  const ids = createIds()

  it('is a UUIDv7', () => {
    expect(ids.uuid()).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  })

  it('has a short form of 26 Crockford characters', () => {
    expect(ids.short()).toMatch(/^[0-7][0-9a-hjkmnp-tv-z]{25}$/)
    expect(crockford(new Uint8Array(16))).toBe('0'.repeat(26))
    expect(crockford(new Uint8Array(16).fill(0xff))).toBe(`7${'z'.repeat(25)}`)
  })

  it('sorts in the order of making, in both forms', () => {
    for (const make of [() => ids.uuid(), () => ids.short()]) {
      const made = Array.from({ length: 2_000 }, () => make())
      expect(made.toSorted()).toEqual(made)
      expect(new Set(made).size).toBe(made.length)
    }
  })
})
