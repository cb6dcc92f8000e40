// Who calls, and what they may do. The tenant and the mode come from the credential alone.

import type { ActorRef, Mode } from '../domain/session/state.ts'

export const PERMISSIONS = [
  'kyc:read',
  'kyc:create',
  'kyc:session',
  'kyc:decide',
  'kyc:delete',
  'kyc:workflow',
  'tenant:manage',
] as const
export type Permission = (typeof PERMISSIONS)[number]

/** Names every row and object a call may touch. */
export type TenantScope = { readonly tenantId: string; readonly mode: Mode }

export type TenantActor = {
  readonly scope: TenantScope
  readonly ref: ActorRef
  readonly permissions: readonly Permission[]
}

/** `kyc:create` is every write under /kyc; the narrower ones are parts of it. */
export function holds(actor: TenantActor, needed: Permission): boolean {
  if (actor.permissions.includes(needed)) return true
  const isPartOfCreate =
    needed === 'kyc:session' || needed === 'kyc:decide' || needed === 'kyc:delete' || needed === 'kyc:workflow'
  return isPartOfCreate && actor.permissions.includes('kyc:create')
}

/** What of these the actor does not hold, and so cannot hand on. `kyc:create` is more than its parts: it grows with the API. */
export const notHeld = (actor: TenantActor, wanted: readonly Permission[]): Permission[] =>
  wanted.filter((permission) => !holds(actor, permission))

export const SYSTEM_ACTOR: ActorRef = { type: 'system', id: 'system', name: null }
