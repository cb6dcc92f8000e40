import type { DomainError } from '../../domain/errors.ts'
import type { Result } from '../../domain/result.ts'
import { ok } from '../../domain/result.ts'
import type { Transition } from '../../domain/session/transitions.ts'
import { TRANSITIONS } from '../../domain/session/transitions.ts'
import { permit } from '../access/permit.ts'
import type { TenantCall } from '../call.ts'

export function readTransitions(input: TenantCall): Result<readonly Transition[], DomainError> {
  const permitted = permit(input.actor, 'kyc:read')
  return permitted.ok ? ok(TRANSITIONS) : permitted
}
