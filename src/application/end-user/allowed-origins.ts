import type { Deps, Tenant } from '../ports.ts'
import { readAnyByLink } from './read-by-link.ts'
import type { LinkRead, LinkReadDeps } from './read-by-link.ts'

/**
 * Whose link this is; null for a link that leads nowhere. An opened session has its tenant as it was at the first write. It
 * shows nothing of the session, so it is no line of the access log: the call that it goes before is one.
 */
export async function tenantOfLink(deps: LinkReadDeps, input: Omit<LinkRead, 'operation'>): Promise<Tenant | null> {
  const read = await readAnyByLink(deps, { ...input, operation: null })
  return read.ok ? read.value.tenant : null
}

/** What the tenant allows now, not when the session began; without D1 what it allowed then, so that opened sessions go on. */
export async function allowedOrigins(
  deps: Pick<Deps, 'tenants' | 'log'>,
  ofSession: Tenant,
): Promise<readonly string[]> {
  const { tenant_id } = ofSession
  try {
    return ((await deps.tenants.find(tenant_id)) ?? ofSession).settings.allowed_origins
  } catch (cause) {
    deps.log.warn('settings_unavailable', { tenant_id, error_name: cause instanceof Error ? cause.name : 'unknown' })
    return ofSession.settings.allowed_origins
  }
}
