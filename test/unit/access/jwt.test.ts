import { createServer } from 'node:http'
import type { Server } from 'node:http'
import { exportJWK, exportSPKI, generateKeyPair, SignJWT, UnsecuredJWT } from 'jose'
import type { JWK } from 'jose'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createJwtVerifier } from '../../../src/platform/crypto/jwt.ts'
import type { JwtConfig } from '../../../src/platform/crypto/jwt.ts'

const NOW = Date.UTC(2026, 10, 23, 10, 30)
const NOW_SECONDS = NOW / 1000
const clock = { now: () => NOW }
const SECRET = 'a shared secret of more than thirty-two bytes'
const secretBytes = new TextEncoder().encode(SECRET)
const base: Omit<JwtConfig, 'key'> = {
  issuer: 'https://issuer.example',
  audience: 'kyc',
  tenantClaim: 'tenant_id',
  modeClaim: 'mode',
  permissionsClaim: 'permissions',
}
const claims = { tenant_id: 'ten_1', permissions: ['kyc:read', 'kyc:decide'], name: 'Rita Reviewer' }

type Change = { iss?: string; aud?: string; exp?: number; nbf?: number; alg?: string; kid?: string; subject?: string }
const token = (payload: Record<string, unknown>, key: Uint8Array | CryptoKey, change: Change = {}): Promise<string> => {
  const jwt = new SignJWT(payload)
    .setProtectedHeader({ alg: change.alg ?? 'HS256', ...(change.kid === undefined ? {} : { kid: change.kid }) })
    .setIssuer(change.iss ?? base.issuer)
    .setAudience(change.aud ?? base.audience)
    .setExpirationTime(change.exp ?? NOW_SECONDS + 300)
    .setSubject(change.subject ?? 'rita')
  return (change.nbf === undefined ? jwt : jwt.setNotBefore(change.nbf)).sign(key)
}

describe('a JWT under a shared secret', () => {
  const verifier = createJwtVerifier({ ...base, key: { kind: 'secret', secret: SECRET } }, clock)
  const verdict = async (text: string) => verifier.verify(text)

  it.each(['HS256', 'HS384', 'HS512'])('gives its identity with %s', async (alg) => {
    expect(await verdict(await token(claims, secretBytes, { alg }))).toEqual({
      ok: true,
      value: {
        subject: 'rita',
        name: 'Rita Reviewer',
        tenant_id: 'ten_1',
        mode: 'live',
        permissions: ['kyc:read', 'kyc:decide'],
      },
    })
  })

  it('reads permissions as a space separated string too, and drops words that are not ours', async () => {
    const result = await verdict(
      await token({ ...claims, permissions: 'openid kyc:read admin kyc:delete' }, secretBytes),
    )
    expect(result).toMatchObject({ ok: true, value: { permissions: ['kyc:read', 'kyc:delete'] } })
    expect(await verdict(await token({ tenant_id: 't', permissions: 7 }, secretBytes))).toMatchObject({
      ok: true,
      value: { permissions: [] },
    })
    expect(await verdict(await token({ tenant_id: 't' }, secretBytes))).toMatchObject({
      ok: true,
      value: { permissions: [], name: null },
    })
  })

  it('takes its mode from the claim, live where it has none, and nothing else', async () => {
    expect(await verdict(await token({ ...claims, mode: 'test' }, secretBytes))).toMatchObject({
      value: { mode: 'test' },
    })
    expect(await verdict(await token({ ...claims, mode: 'prod' }, secretBytes))).toEqual({
      ok: false,
      error: 'invalid',
    })
  })

  it('finds nested and namespaced claims', async () => {
    const nested = createJwtVerifier(
      {
        ...base,
        tenantClaim: 'app.tenant',
        permissionsClaim: 'https://kyc.example/permissions',
        key: { kind: 'secret', secret: SECRET },
      },
      clock,
    )
    const payload = { app: { tenant: 'ten_2' }, 'https://kyc.example/permissions': ['kyc:read'] }
    expect(await nested.verify(await token(payload, secretBytes))).toMatchObject({
      value: { tenant_id: 'ten_2', permissions: ['kyc:read'] },
    })
    expect(await nested.verify(await token({ app: 'tenant' }, secretBytes))).toEqual({ ok: false, error: 'invalid' })
  })

  it('is expired after its time, with five seconds of tolerance', async () => {
    expect(await verdict(await token(claims, secretBytes, { exp: NOW_SECONDS - 4 }))).toMatchObject({ ok: true })
    expect(await verdict(await token(claims, secretBytes, { exp: NOW_SECONDS - 6 }))).toEqual({
      ok: false,
      error: 'expired',
    })
  })

  it('does not say expired of a token that it cannot trust', async () => {
    const other = new TextEncoder().encode('another secret of more than thirty-two bytes')
    expect(await verdict(await token(claims, other, { exp: NOW_SECONDS - 100 }))).toEqual({
      ok: false,
      error: 'invalid',
    })
  })

  it.each<[string, () => Promise<string>]>([
    ['another secret', () => token(claims, new TextEncoder().encode('another secret of more than thirty-two bytes'))],
    ['another issuer', () => token(claims, secretBytes, { iss: 'https://evil.example' })],
    ['another audience', () => token(claims, secretBytes, { aud: 'billing' })],
    ['a time before nbf', () => token(claims, secretBytes, { nbf: NOW_SECONDS + 60 })],
    ['no tenant', () => token({ permissions: ['kyc:read'] }, secretBytes)],
    ['a tenant that is no text', () => token({ ...claims, tenant_id: ['ten_1'] }, secretBytes)],
    ['an empty subject', () => token(claims, secretBytes, { subject: '' })],
    [
      'no expiry',
      () =>
        new SignJWT(claims)
          .setProtectedHeader({ alg: 'HS256' })
          .setIssuer(base.issuer)
          .setAudience(base.audience)
          .setSubject('rita')
          .sign(secretBytes),
    ],
    [
      'no signature (alg none)',
      async () =>
        new UnsecuredJWT(claims)
          .setIssuer(base.issuer)
          .setAudience(base.audience)
          .setSubject('rita')
          .setExpirationTime(NOW_SECONDS + 300)
          .encode(),
    ],
    ['nonsense', async () => 'a.b.c'],
    ['no dots', async () => 'abc'],
    ['nothing', async () => ''],
  ])('is refused with %s', async (_name, make) => {
    expect(await verdict(await make())).toEqual({ ok: false, error: 'invalid' })
  })
})

describe('a JWT under a JWKS', () => {
  let server: Server
  let url = ''
  let fetches = 0
  let status = 200
  let keys: JWK[] = []

  beforeAll(async () => {
    server = createServer((_request, response) => {
      fetches += 1
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify({ keys }))
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const address = server.address()
    url = typeof address === 'object' && address !== null ? `http://127.0.0.1:${address.port}/jwks` : ''
  })
  afterAll(() => new Promise<void>((resolve) => server.close(() => resolve())))

  it.each(['RS256', 'PS256', 'ES256', 'EdDSA'])('is verified with %s, and the key set is fetched once', async (alg) => {
    const pair = await generateKeyPair(alg, { extractable: true })
    keys = [{ ...(await exportJWK(pair.publicKey)), kid: 'k1', alg }]
    fetches = 0
    const verifier = createJwtVerifier({ ...base, key: { kind: 'jwks', url } }, clock)
    for (let call = 0; call < 3; call += 1) {
      expect(await verifier.verify(await token(claims, pair.privateKey, { alg, kid: 'k1' }))).toMatchObject({
        ok: true,
      })
    }
    expect(fetches).toBe(1)
  })

  it('is refused when the public key was used as an HMAC secret', async () => {
    const pair = await generateKeyPair('RS256', { extractable: true })
    keys = [{ ...(await exportJWK(pair.publicKey)), kid: 'k1' }]
    const verifier = createJwtVerifier({ ...base, key: { kind: 'jwks', url } }, clock)
    const confused = await token(claims, new TextEncoder().encode(await exportSPKI(pair.publicKey)), { kid: 'k1' })
    expect(await verifier.verify(confused)).toEqual({ ok: false, error: 'invalid' })
  })

  it('is refused with an algorithm outside the list, or an unknown key', async () => {
    const pair = await generateKeyPair('ES384', { extractable: true })
    keys = [{ ...(await exportJWK(pair.publicKey)), kid: 'k1' }]
    const verifier = createJwtVerifier({ ...base, key: { kind: 'jwks', url } }, clock)
    expect(await verifier.verify(await token(claims, pair.privateKey, { alg: 'ES384', kid: 'k1' }))).toEqual({
      ok: false,
      error: 'invalid',
    })
    const stranger = await generateKeyPair('ES256')
    expect(await verifier.verify(await token(claims, stranger.privateKey, { alg: 'ES256', kid: 'k9' }))).toEqual({
      ok: false,
      error: 'invalid',
    })
  })

  it('throws, and does not blame the caller, when the key set cannot be had', async () => {
    const pair = await generateKeyPair('ES256')
    status = 503
    const verifier = createJwtVerifier({ ...base, key: { kind: 'jwks', url } }, clock)
    await expect(verifier.verify(await token(claims, pair.privateKey, { alg: 'ES256', kid: 'k1' }))).rejects.toThrow()
    status = 200
  })
})

describe('the verifier', () => {
  it('says that it is not configured', async () => {
    expect(await createJwtVerifier(null, clock).verify('x')).toEqual({ ok: false, error: 'not_configured' })
  })

  it('refuses a short secret, a plain-text JWKS URL and a missing issuer', () => {
    expect(() => createJwtVerifier({ ...base, key: { kind: 'secret', secret: 'short' } }, clock)).toThrow('32 bytes')
    expect(() => createJwtVerifier({ ...base, key: { kind: 'jwks', url: 'http://keys.example/jwks' } }, clock)).toThrow(
      'https',
    )
    expect(() => createJwtVerifier({ ...base, issuer: '', key: { kind: 'secret', secret: SECRET } }, clock)).toThrow(
      'issuer',
    )
  })
})
