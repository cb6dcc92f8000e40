import type { DomainError } from '../../domain/errors.ts'
import { ok, type Result } from '../../domain/result.ts'
import { permit } from '../access/permit.ts'
import type { TenantCall } from '../call.ts'
import type { Deps, WatchlistsStatus } from '../ports.ts'

/** The lists of this deployment: the same for every tenant. */
export async function readLists(
  deps: Pick<Deps, 'watchlists'>,
  input: TenantCall,
): Promise<Result<WatchlistsStatus, DomainError>> {
  const permitted = permit(input.actor, 'kyc:read')
  return permitted.ok ? ok(await deps.watchlists.listVersions()) : permitted
}
