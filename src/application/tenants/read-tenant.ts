import type { DomainError } from '../../domain/errors.ts'
import { ok, type Result } from '../../domain/result.ts'
import { permit } from '../access/permit.ts'
import type { TenantCall } from '../call.ts'
import type { Deps, Tenant } from '../ports.ts'

/** As it is now, not as an isolate remembers it. */
export async function readTenant(
  deps: Pick<Deps, 'tenantAdmin'>,
  input: TenantCall,
): Promise<Result<Tenant, DomainError>> {
  const permitted = permit(input.actor, 'tenant:manage')
  if (!permitted.ok) return permitted
  const tenant = await deps.tenantAdmin.read(input.actor.scope.tenantId)
  if (tenant === null) throw new Error('readTenant: the tenant of a valid credential is gone')
  return ok(tenant)
}
