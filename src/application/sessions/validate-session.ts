import type { DomainError } from '../../domain/errors.ts'
import type { Result } from '../../domain/result.ts'
import { ok } from '../../domain/result.ts'
import type { ValidationRecord } from '../../domain/session/state.ts'
import { validationFor } from '../../domain/session/validation.ts'
import { SECOND_MS } from '../../domain/time.ts'
import { permit } from '../access/permit.ts'
import type { TenantCall } from '../call.ts'
import { tenantGrant } from '../call.ts'
import type { CheckName } from '../../domain/workflow/definition.ts'
import type { Deps } from '../ports.ts'

export type AskedValidation = { checks: CheckName[] | null; explain_misses: boolean }
type ValidateInput = TenantCall & { sessionId: string; asked: AskedValidation; waitSeconds: number }

/** Starts a set of checks beside the flow, or joins the same set that runs already, and waits for its end. */
export async function validateSession(
  deps: Pick<Deps, 'ids' | 'sessionObjects'>,
  input: ValidateInput,
): Promise<Result<ValidationRecord, DomainError>> {
  const permitted = permit(input.actor, 'kyc:session')
  if (!permitted.ok) return permitted
  const { sessionId, asked, waitSeconds } = input
  const id = deps.ids.short()
  const started = await deps.sessionObjects.execute(sessionId, {
    grant: tenantGrant(input),
    command: { type: 'validate', ...asked },
    actor: input.actor.ref,
    request_id: input.requestId,
    id,
    expected_version: null,
    awaits_projection: true,
  })
  if (!started.ok) return started
  const validation = validationFor(started.value.state, started.value.workflow, asked, id)
  if (validation === null) throw new Error('validate: accepted, but no validation answers it')
  if (validation.status === 'completed' || waitSeconds === 0) return ok(validation)
  const { validation_id } = validation
  const ended = await deps.sessionObjects.awaitChecks(
    sessionId,
    tenantGrant(input),
    validation_id,
    waitSeconds * SECOND_MS,
  )
  if (!ended.ok) return ended
  return ok(ended.value.state.validations.find((one) => one.validation_id === validation_id) ?? validation)
}
