import type { TenantActor } from './actor.ts'
import type { Grant, LinkFacts } from './ports.ts'
import type { ActorRef } from '../domain/session/state.ts'

/** A call under /kyc: who, and the request it came in. */
export type TenantCall = { actor: TenantActor; requestId: string }

/** A call by the person who holds a link. */
export type LinkCall = { link: LinkFacts; requestId: string }

/** Work that may end after the answer; failures are the deferrer's to log. */
export type Defer = (work: Promise<unknown>) => void

export const tenantGrant = (call: TenantCall): Grant => ({ by: 'tenant', scope: call.actor.scope })

export const linkGrant = (call: LinkCall): Grant => ({ by: 'link', link: call.link })

export const endUserRef = (link: LinkFacts): ActorRef => ({ type: 'end_user', id: link.session_id, name: null })
