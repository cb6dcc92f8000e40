import type { DomainError } from '../../domain/errors.ts'
import { ok, type Result } from '../../domain/result.ts'
import { permit } from '../access/permit.ts'
import type { TenantCall } from '../call.ts'
import type { Deps, NotificationChannels } from '../ports.ts'

export async function readChannels(
  deps: Pick<Deps, 'channels'>,
  { actor }: TenantCall,
): Promise<Result<NotificationChannels, DomainError>> {
  const permitted = permit(actor, 'tenant:manage')
  return permitted.ok ? ok(await deps.channels.find(actor.scope)) : permitted
}
