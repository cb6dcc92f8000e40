import type { DomainError } from '../../domain/errors.ts'
import { err, ok, type Result } from '../../domain/result.ts'
import { testEventBody } from '../../domain/webhook/test-event.ts'
import { permit } from '../access/permit.ts'
import type { TenantCall } from '../call.ts'
import { endpointIsOff } from '../not-found.ts'
import type { Attempted, Deps } from '../ports.ts'
import { sendWebhook, type SendDeps } from './send-webhook.ts'

export type Tested = Attempted & { event_id: string }

/** One attempt now, kept nowhere: what the receiver said is the answer. */
export async function sendTest(
  deps: SendDeps & Pick<Deps, 'channels' | 'ids'>,
  { actor }: TenantCall,
): Promise<Result<Tested, DomainError>> {
  const permitted = permit(actor, 'kyc:create')
  if (!permitted.ok) return permitted
  const { webhook_url: url, ...channels } = await deps.channels.find(actor.scope)
  if (url === null) return err(endpointIsOff())
  const event_id = `evt_${deps.ids.short()}`
  const at = deps.clock.system()
  const event = { event_id, created_at: at, body: testEventBody({ eventId: event_id, at }) }
  return ok({ event_id, ...(await sendWebhook(deps, actor.scope, { url, ...channels }, event)) })
}
