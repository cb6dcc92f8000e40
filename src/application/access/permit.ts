import type { DomainError } from '../../domain/errors.ts'
import { domainError } from '../../domain/errors.ts'
import type { Result } from '../../domain/result.ts'
import { err, ok } from '../../domain/result.ts'
import type { Permission, TenantActor } from '../actor.ts'
import { holds } from '../actor.ts'

const PARTS_OF_CREATE: readonly Permission[] = ['kyc:session', 'kyc:decide', 'kyc:delete', 'kyc:workflow']

/** The first thing every tenant use case asks. */
export function permit(actor: TenantActor, needed: Permission): Result<null, DomainError> {
  if (holds(actor, needed)) return ok(null)
  const alternative = PARTS_OF_CREATE.includes(needed) ? ' or kyc:create' : ''
  return err(
    domainError('MISSING_PERMISSION', `This credential lacks ${needed}: use one that holds ${needed}${alternative}.`),
  )
}
