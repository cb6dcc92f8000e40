import { readAnyByLink } from './read-by-link.ts'
import type { LinkRead, LinkReadDeps } from './read-by-link.ts'

/**
 * Where a browser may call from with this link: what its tenant allows. Nothing for a link that leads nowhere. It shows
 * nothing of the session, so it is no line of the access log: the call that it goes before is one.
 */
export async function allowedOrigins(
  deps: LinkReadDeps,
  input: Omit<LinkRead, 'operation'>,
): Promise<readonly string[]> {
  const read = await readAnyByLink(deps, { ...input, operation: null })
  return read.ok ? read.value.tenant.settings.allowed_origins : []
}
