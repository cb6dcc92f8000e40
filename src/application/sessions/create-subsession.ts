import type { DomainError } from '../../domain/errors.ts'
import type { Result } from '../../domain/result.ts'
import { permit } from '../access/permit.ts'
import type { TenantCall } from '../call.ts'
import { tenantGrant } from '../call.ts'
import type { NewSubsession, SubsessionDeps } from './add-subsession.ts'
import { addSubsession } from './add-subsession.ts'
import type { CreatedSession } from './create-session.ts'
import type { ReadDeps } from './read-session.ts'
import { readSession } from './read-session.ts'

export async function createSubsession(
  deps: ReadDeps & SubsessionDeps,
  input: TenantCall & { sessionId: string; subsession: NewSubsession },
): Promise<Result<CreatedSession, DomainError>> {
  const permitted = permit(input.actor, 'kyc:session')
  if (!permitted.ok) return permitted
  const parent = await readSession(deps, input, 'subsession.create', input.sessionId)
  if (!parent.ok) return parent
  const { requestId, subsession } = input
  const grant = tenantGrant(input)
  return addSubsession(deps, {
    parent: parent.value,
    grant,
    actor: input.actor.ref,
    requestId,
    subsession,
    call: input,
  })
}
