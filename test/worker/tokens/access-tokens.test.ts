import { describe, expect, it } from 'vitest'
import { createAccessTokens } from '../../../src/platform/crypto/access-tokens.ts'
import { createKeyMint } from '../../../src/platform/crypto/api-keys.ts'
import { createIds } from '../../../src/platform/crypto/ids.ts'
import { createJwtVerifier } from '../../../src/platform/crypto/jwt.ts'

describe('in workerd', () => {
  it('a token is the same bytes as in Node', async () => {
    const tokens = createAccessTokens({ current: 1, keys: new Map([[1, new Uint8Array(32).fill(7)]]) })
    const session = { session_id: '01932f5e-7c1a-7abc-8def-0123456789ab', generation: 1, placement: 0 }
    const { token } = await tokens.mint(session, new Uint8Array(16).fill(5))
    expect(token).toBe('AQEAAZMvXnwaeryN7wEjRWeJqwAAAAEFBQUFBQUFBQUFBQUFBQUFDcAVZ9DtJPXe0cWPHZqKOne6')
    expect(await tokens.verify(token)).toMatchObject(session)
    expect(await tokens.verify(`B${token.slice(1)}`)).toBeNull()
  })

  it('keys and ids are made', () => {
    expect(createKeyMint().mint('test').secret).toMatch(/^sk_test_[0-9A-Za-z]{43}$/)
    expect(createIds().short()).toHaveLength(26)
  })

  it('a forged JWT is refused', async () => {
    const verifier = createJwtVerifier(
      {
        issuer: 'i',
        audience: 'a',
        key: { kind: 'secret', secret: 'x'.repeat(32) },
        tenantClaim: 'tenant_id',
        modeClaim: 'mode',
        permissionsClaim: 'permissions',
      },
      { now: () => Date.UTC(2026, 10, 23) },
    )
    expect(await verifier.verify('eyJhbGciOiJIUzI1NiJ9.e30.AAAA')).toEqual({ ok: false, error: 'invalid' })
  })
})
