import type { DomainError } from '../../domain/errors.ts'
import type { Result } from '../../domain/result.ts'
import { ok } from '../../domain/result.ts'
import type { EpochMs } from '../../domain/time.ts'
import { permit } from '../access/permit.ts'
import type { TenantCall } from '../call.ts'
import { effectiveNonce, newLinkNonce } from '../idempotency/link-nonce.ts'
import type { Deps } from '../ports.ts'
import { DEFAULT_PLACEMENT } from './create-session.ts'
import type { TenantWriteDeps } from './run-as-tenant.ts'
import { runAsTenant } from './run-as-tenant.ts'

/** The link is in this answer and nowhere else. */
export type GeneratedLink = { sessionId: string; accessToken: string; accessLink: string; expiresAt: EpochMs }

export type LinkDeps = TenantWriteDeps & Pick<Deps, 'tokens' | 'publicBaseUrl' | 'idempotencyKeys'>
type LinkInput = TenantCall & { sessionId: string; ttlDays: number | null }

export async function generateLink(deps: LinkDeps, input: LinkInput): Promise<Result<GeneratedLink, DomainError>> {
  const permitted = permit(input.actor, 'kyc:session')
  return permitted.ok ? renewLink(deps, input) : permitted
}

/** The object counts generations, so the token is minted from its answer; the old one is dead by then. */
export async function renewLink(deps: LinkDeps, input: LinkInput): Promise<Result<GeneratedLink, DomainError>> {
  const { sessionId, ttlDays } = input
  const nonce = await newLinkNonce(deps, input)
  const nonce_hash = deps.tokens.hashNonce(nonce)
  const renewed = await runAsTenant(deps, input, sessionId, { type: 'renew_link', ttl_days: ttlDays, nonce_hash })
  if (!renewed.ok) return renewed
  const { link, expires_at } = renewed.value.state
  const { token } = await deps.tokens.mint(
    { session_id: sessionId, generation: link.generation, placement: DEFAULT_PLACEMENT },
    await effectiveNonce(deps, input, nonce),
  )
  return ok({
    sessionId,
    accessToken: token,
    accessLink: `${deps.publicBaseUrl}/v/${token}`,
    expiresAt: expires_at,
  })
}
