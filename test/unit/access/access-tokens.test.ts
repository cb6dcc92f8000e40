import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { packSigned, TOKEN_CHARACTERS } from '../../../src/domain/access/token-layout.ts'
import { createAccessTokens } from '../../../src/platform/crypto/access-tokens.ts'
import { createKeyring } from '../../../src/platform/crypto/derive-key.ts'

const master = (fill: number): Uint8Array => new Uint8Array(32).fill(fill)
const tokens = createAccessTokens({ current: 1, keys: new Map([[1, master(7)]]) })
const session = { session_id: '01932f5e-7c1a-7abc-8def-0123456789ab', generation: 3, placement: 2 }

describe('an access token', () => {
  it('says back the session, generation, placement and nonce that it was made of', async () => {
    const nonce = tokens.newNonce()
    const { token, nonce_hash } = await tokens.mint(session, nonce)
    expect(token).toMatch(/^[A-Za-z0-9_-]{76}$/)
    expect(await tokens.verify(token)).toEqual({ ...session, nonce_hash })
    expect(nonce_hash).toBe(tokens.hashNonce(nonce))
    expect(nonce_hash).toMatch(/^[0-9a-f]{64}$/)
  })

  it('keeps every field over its whole range', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uuid(),
        fc.integer({ min: 0, max: 0xffff_ffff }),
        fc.integer({ min: 0, max: 255 }),
        async (session_id, generation, placement) => {
          const { token, nonce_hash } = await tokens.mint({ session_id, generation, placement }, tokens.newNonce())
          expect(await tokens.verify(token)).toEqual({ session_id, generation, placement, nonce_hash })
        },
      ),
      { numRuns: 50 },
    )
  })

  it('is refused with any one character changed, so that one link has one spelling', async () => {
    const { token } = await tokens.mint(session, tokens.newNonce())
    for (let at = 0; at < TOKEN_CHARACTERS; at += 1) {
      for (const other of ['A', 'B', '_']) {
        if (token[at] === other) continue
        expect(await tokens.verify(token.slice(0, at) + other + token.slice(at + 1)), `character ${at}`).toBeNull()
      }
    }
  })

  it.each([
    ['empty', ''],
    ['short', 'AQ'],
    ['not base64url', '!'.repeat(TOKEN_CHARACTERS)],
    ['all zero', 'A'.repeat(TOKEN_CHARACTERS)],
    ['a path', '../../kyc/sessions'],
    ['not ASCII', 'é'.repeat(TOKEN_CHARACTERS)],
    ['huge', 'A'.repeat(100_000)],
  ])('is refused without a throw when it is %s', async (_name, token) => {
    expect(await tokens.verify(token)).toBeNull()
  })

  it('is refused with something added, in standard base64, or with padding', async () => {
    const { token } = await tokens.mint(session, tokens.newNonce())
    for (const changed of [`${token}A`, `${token}=`, ` ${token}`, `${token}\n`])
      expect(await tokens.verify(changed)).toBeNull()
  })

  it('of another deployment is refused', async () => {
    const other = createAccessTokens({ current: 1, keys: new Map([[1, master(8)]]) })
    const { token } = await other.mint(session, other.newNonce())
    expect(await tokens.verify(token)).toBeNull()
  })

  it('outlives a rotation while its master key is kept, and dies with it', async () => {
    const { token } = await tokens.mint(session, tokens.newNonce())
    const rotated = createAccessTokens({
      current: 2,
      keys: new Map([
        [1, master(7)],
        [2, master(9)],
      ]),
    })
    const after = createAccessTokens({ current: 2, keys: new Map([[2, master(9)]]) })
    expect(await rotated.verify(token)).toMatchObject(session)
    const renewed = await rotated.mint(session, rotated.newNonce())
    expect(await after.verify(renewed.token)).toMatchObject(session)
    expect(await after.verify(token)).toBeNull()
    expect(await tokens.verify(renewed.token)).toBeNull()
  })

  it('is never made of fields that do not fit', () => {
    const fields = { keyId: 1, placement: 0, sessionId: session.session_id, generation: 0, nonce: new Uint8Array(16) }
    expect(() => packSigned({ ...fields, generation: -1 })).toThrow('32-bit')
    expect(() => packSigned({ ...fields, generation: 2 ** 32 })).toThrow('32-bit')
    expect(() => packSigned({ ...fields, placement: 256 })).toThrow('placement')
    expect(() => packSigned({ ...fields, nonce: new Uint8Array(15) })).toThrow('nonce')
    expect(() => packSigned({ ...fields, sessionId: 'x' })).toThrow('UUID')
  })
})

describe('the keyring', () => {
  const ring = createKeyring({ current: 1, keys: new Map([[1, master(1)]]) })

  it('derives another key for each purpose, and the same for the same', () => {
    expect(ring.derive(1, 'a')).toEqual(ring.derive(1, 'a'))
    expect(ring.derive(1, 'a')).not.toEqual(ring.derive(1, 'b'))
    expect(ring.derive(1, 'a')).not.toEqual(master(1))
    expect(ring.derive(2, 'a')).toBeNull()
  })

  it('is RFC 5869 with SHA-256, as node:crypto computes it', async () => {
    const { hkdfSync } = await import('node:crypto')
    const expected = new Uint8Array(hkdfSync('sha256', master(1), 'kyc-sessions/master/v1', 'a', 32))
    expect(ring.derive(1, 'a')).toEqual(expected)
  })

  it('refuses a short secret, a key id out of range, and a current id without a key', () => {
    expect(() => createKeyring({ current: 1, keys: new Map([[1, new Uint8Array(31)]]) })).toThrow('32 bytes')
    expect(() => createKeyring({ current: 300, keys: new Map([[300, master(1)]]) })).toThrow('0 to 255')
    expect(() => createKeyring({ current: 2, keys: new Map([[1, master(1)]]) })).toThrow('current id 2')
  })
})
