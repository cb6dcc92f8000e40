import type { DomainError } from '../../domain/errors.ts'
import { ok, type Result } from '../../domain/result.ts'
import { permit } from '../access/permit.ts'
import type { TenantCall } from '../call.ts'
import type { Deps } from '../ports.ts'
import { accessLine } from '../sessions/access-line.ts'
import { FEED_KEPT_MS } from './sweep-events.ts'

/** `next`: where the next call goes on; the caller's own place when nothing has come. */
export type Pulled = { bodies: string[]; next: number; has_more: boolean }

export async function pullEvents(
  deps: Pick<Deps, 'clock' | 'webhookFeed'>,
  input: TenantCall & { after: number; limit: number },
): Promise<Result<Pulled, DomainError>> {
  const permitted = permit(input.actor, 'kyc:read')
  if (!permitted.ok) return permitted
  const { after, limit } = input
  const query = { after, since: deps.clock.system() - FEED_KEPT_MS, limit: limit + 1 }
  const line = accessLine(deps, input, 'webhook.events', null)
  const found = await deps.webhookFeed.read(input.actor.scope, query, line)
  const page = found.slice(0, limit)
  return ok({
    bodies: page.map(({ body }) => body),
    next: page.at(-1)?.position ?? after,
    has_more: found.length > limit,
  })
}
