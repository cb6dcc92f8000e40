import { readAnyByLink } from './read-by-link.ts'
import type { LinkRead, LinkReadDeps } from './read-by-link.ts'

/** Where a browser may call from with this link: what its tenant allows. Nothing for a link that leads nowhere. */
export async function allowedOrigins(
  deps: LinkReadDeps,
  input: Omit<LinkRead, 'operation'>,
): Promise<readonly string[]> {
  const read = await readAnyByLink(deps, { ...input, operation: 'link.origins' })
  return read.ok ? read.value.tenant.settings.allowed_origins : []
}
