import { createRemoteJWKSet, errors, jwtVerify } from 'jose'
import type { JWTPayload, JWTVerifyGetKey } from 'jose'
import type { JwtIdentity, JwtVerifier } from '../../application/ports.ts'
import { PERMISSIONS } from '../../application/actor.ts'
import type { Permission } from '../../application/actor.ts'
import { err, ok } from '../../domain/result.ts'
import { MODES } from '../../domain/session/state.ts'
import type { EpochMs } from '../../domain/time.ts'

export type JwtConfig = {
  issuer: string
  audience: string
  /** Public keys by URL, or one shared secret; never both, so that no key can be taken for one of the other kind. */
  key: { kind: 'jwks'; url: string } | { kind: 'secret'; secret: string }
  /** A claim's name, or a dotted path into nested claims. */
  tenantClaim: string
  modeClaim: string
  permissionsClaim: string
}

const ASYMMETRIC = ['RS256', 'PS256', 'ES256', 'EdDSA']
const SYMMETRIC = ['HS256', 'HS384', 'HS512']
const CLOCK_TOLERANCE_SECONDS = 5
/** RFC 7518 section 3.2: as long as the shortest hash. */
const MIN_SECRET_BYTES = 32
const MAX_SUBJECT_CHARACTERS = 255
/** What a JWKS answers when it is down or wrong is an outage of ours, not the caller's mistake. */
const OUTAGE_CODES = new Set(['ERR_JWKS_TIMEOUT', 'ERR_JWKS_INVALID', 'ERR_JOSE_GENERIC'])

export function createJwtVerifier(config: JwtConfig | null, clock: { now(): EpochMs }): JwtVerifier {
  if (config === null) return { verify: async () => err('not_configured') }
  if (config.issuer === '' || config.audience === '') throw new Error('JWT needs both an issuer and an audience')
  const { getKey, algorithms } = keySource(config.key)

  return {
    async verify(token) {
      try {
        const { payload } = await jwtVerify(token, getKey, {
          algorithms,
          issuer: config.issuer,
          audience: config.audience,
          clockTolerance: CLOCK_TOLERANCE_SECONDS,
          currentDate: new Date(clock.now()),
          requiredClaims: ['exp', 'sub'],
        })
        const identity = identityOf(payload, config)
        return identity === null ? err('invalid') : ok(identity)
      } catch (cause) {
        if (cause instanceof errors.JWTExpired) return err('expired')
        if (cause instanceof errors.JOSEError && !OUTAGE_CODES.has(cause.code)) return err('invalid')
        throw cause
      }
    },
  }
}

function keySource(key: JwtConfig['key']): { getKey: JWTVerifyGetKey; algorithms: string[] } {
  if (key.kind === 'jwks') {
    const url = new URL(key.url)
    const isLocal = url.hostname === 'localhost' || url.hostname === '127.0.0.1'
    if (url.protocol !== 'https:' && !isLocal) throw new Error('the JWKS URL must be https')
    return { getKey: createRemoteJWKSet(url), algorithms: ASYMMETRIC }
  }
  const secret = new TextEncoder().encode(key.secret)
  if (secret.length < MIN_SECRET_BYTES) throw new Error(`the JWT secret must have at least ${MIN_SECRET_BYTES} bytes`)
  return { getKey: async () => secret, algorithms: SYMMETRIC }
}

function identityOf(payload: JWTPayload, config: JwtConfig): JwtIdentity | null {
  const subject = payload.sub
  const tenant = claim(payload, config.tenantClaim)
  const mode = claim(payload, config.modeClaim) ?? 'live'
  if (typeof subject !== 'string' || subject === '' || subject.length > MAX_SUBJECT_CHARACTERS) return null
  if (typeof tenant !== 'string' || tenant === '') return null
  const knownMode = MODES.find((one) => one === mode)
  if (knownMode === undefined) return null
  const name = payload.name
  return {
    subject,
    name: typeof name === 'string' && name !== '' ? name : null,
    tenant_id: tenant,
    mode: knownMode,
    permissions: permissionsOf(claim(payload, config.permissionsClaim)),
  }
}

/** An array, or one string with spaces as OAuth scopes have it; words that are not ours are dropped. */
function permissionsOf(value: unknown): Permission[] {
  const words: unknown[] = typeof value === 'string' ? value.split(' ') : Array.isArray(value) ? value : []
  return PERMISSIONS.filter((permission) => words.includes(permission))
}

/** The exact name first: namespaced claims are URLs and hold dots. */
function claim(payload: JWTPayload, name: string): unknown {
  if (Object.hasOwn(payload, name)) return payload[name]
  let value: unknown = payload
  for (const part of name.split('.')) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, part)) return undefined
    value = Object.entries(value).find(([key]) => key === part)?.[1]
  }
  return value
}
