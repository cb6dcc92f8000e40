import type { DomainError } from '../../domain/errors.ts'
import { domainError } from '../../domain/errors.ts'
import type { Result } from '../../domain/result.ts'
import { err, ok, unreachable } from '../../domain/result.ts'
import type { TenantActor } from '../actor.ts'
import type { Deps, Tenant } from '../ports.ts'

/** Longer than any token we take; what is longer is refused before it is hashed or parsed. */
const MAX_TOKEN_LENGTH = 8_192
const API_KEY = /^sk_(?:live|test)_[A-Za-z0-9_-]{16,128}$/
const JWT = /^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+$/

export type Authenticated = { actor: TenantActor; tenant: Tenant }

/** From the Authorization header to who calls. Tenant, mode and permissions come from the credential alone. */
export async function authenticate(
  deps: Pick<Deps, 'tenants' | 'jwt'>,
  authorization: string | null,
): Promise<Result<Authenticated, DomainError>> {
  if (authorization === null || authorization.trim() === '') {
    return err(domainError('MISSING_TOKEN', 'Send an API key or a JWT in the header `Authorization: Bearer <token>`.'))
  }
  const token = /^Bearer +(\S+) *$/i.exec(authorization)?.[1]
  if (token === undefined || token.length > MAX_TOKEN_LENGTH) {
    return err(domainError('INVALID_TOKEN', 'The Authorization header must read `Bearer <token>`.'))
  }
  if (API_KEY.test(token)) return authenticateKey(deps, token)
  return JWT.test(token) ? authenticateJwt(deps, token) : err(invalidToken())
}

async function authenticateKey(
  deps: Pick<Deps, 'tenants'>,
  secret: string,
): Promise<Result<Authenticated, DomainError>> {
  const found = await deps.tenants.findByKey(secret)
  if (found === null) return err(invalidToken())
  const { key, tenant } = found
  return ok({
    actor: {
      scope: { tenantId: key.tenant_id, mode: key.mode },
      ref: { type: 'api_key', id: key.key_id, name: key.name },
      permissions: key.permissions,
    },
    tenant,
  })
}

async function authenticateJwt(
  deps: Pick<Deps, 'tenants' | 'jwt'>,
  token: string,
): Promise<Result<Authenticated, DomainError>> {
  const verified = await deps.jwt.verify(token)
  if (!verified.ok) {
    switch (verified.error) {
      case 'expired':
        return err(domainError('TOKEN_EXPIRED', 'The token has expired: get a new one.'))
      case 'invalid':
      case 'not_configured':
        return err(invalidToken())
      default:
        return unreachable(verified.error)
    }
  }
  const identity = verified.value
  const tenant = await deps.tenants.find(identity.tenant_id)
  if (tenant === null) return err(invalidToken())
  return ok({
    actor: {
      scope: { tenantId: identity.tenant_id, mode: identity.mode },
      ref: { type: 'user', id: identity.subject, name: identity.name },
      permissions: identity.permissions,
    },
    tenant,
  })
}

// One answer for unknown, revoked, forged and foreign: a prober learns nothing from it.
const invalidToken = (): DomainError =>
  domainError('INVALID_TOKEN', 'The token is not valid here: use an API key of this service, or a JWT it accepts.')
