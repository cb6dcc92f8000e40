import type { TenantActor } from './actor.ts'
import type { Grant, IdempotentCall, LinkFacts } from './ports.ts'
import type { ActorRef } from '../domain/session/state.ts'

/** A call under /kyc: who, and the request it came in. */
export type TenantCall = {
  actor: TenantActor
  requestId: string
  /** A POST that came with an Idempotency-Key. */
  idempotency?: IdempotentCall | undefined
}

/** A call by the person who holds a link. */
export type LinkCall = { link: LinkFacts; requestId: string }

/** Work that may end after the answer; failures are the deferrer's to log. */
export type Defer = (work: Promise<unknown>) => void

/** Carries the call's key to the session object, which keeps the outcome of the command. */
export const tenantGrant = (call: TenantCall): Grant => ({
  by: 'tenant',
  scope: call.actor.scope,
  ...(call.idempotency === undefined ? {} : { idempotency: call.idempotency.keyed }),
})

export const linkGrant = (call: LinkCall): Grant => ({ by: 'link', link: call.link })

export const endUserRef = (link: LinkFacts): ActorRef => ({ type: 'end_user', id: link.session_id, name: null })
