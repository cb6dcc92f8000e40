import { domainError, type DomainError } from '../../domain/errors.ts'
import { err, ok, type Result } from '../../domain/result.ts'
import { readTenantChange, type TenantChange } from '../../domain/tenant/settings.ts'
import { permit } from '../access/permit.ts'
import type { TenantCall } from '../call.ts'
import type { Deps, Tenant } from '../ports.ts'
import { accessLine } from '../sessions/access-line.ts'
import { staleCaller } from './stale-caller.ts'

/** The line in the access log comes first: settings say who may call from where, and no change of them goes unseen. */
export async function updateTenant(
  deps: Pick<Deps, 'clock' | 'directory' | 'tenantAdmin' | 'urlRules'>,
  input: TenantCall & { change: TenantChange },
): Promise<Result<Tenant, DomainError>> {
  const permitted = permit(input.actor, 'tenant:manage')
  if (!permitted.ok) return permitted
  const change = readTenantChange(input.change, deps.urlRules)
  if (!change.ok) {
    const [first] = change.error
    return err(
      domainError('INVALID_REQUEST', `The settings are not valid: ${first?.path} ${first?.message}.`, change.error),
    )
  }
  await deps.directory.recordAccess(accessLine(deps, input, 'tenant.update', null))
  const changed = await deps.tenantAdmin.change(input.actor, change.value)
  return changed === 'stale_caller' ? err(staleCaller()) : ok(changed)
}
