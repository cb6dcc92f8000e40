import type { Defer } from '../application/call.ts'
import type { Deps, WebhookWake } from '../application/ports.ts'
import { claimDelivery, deliverEvents } from '../application/webhooks/deliver-events.ts'
import { nameOf } from './name-of.ts'

const FIRST_RETRY_SECONDS = 2

/**
 * One message is one session of one endpoint. It is acknowledged once its event is claimed: the lease in D1 takes over from the
 * queue, and the call to the receiver, ten seconds at worst, holds up no other message.
 */
export async function handleWebhooks(deps: Deps, batch: MessageBatch<WebhookWake>, defer: Defer): Promise<void> {
  await Promise.all(
    batch.messages.map(async (message) => {
      try {
        const claimed = await claimDelivery(deps, message.body)
        message.ack()
        if (claimed !== null) defer(logged(deps, message.body, deliverEvents(deps, message.body, claimed)))
      } catch (cause) {
        deps.log.warn('webhook.wake_failed', { ...factsOf(message), error_name: nameOf(cause) })
        message.retry({ delaySeconds: FIRST_RETRY_SECONDS * 2 ** (message.attempts - 1) })
      }
    }),
  )
}

/** Nothing is lost with a wake: what is due stays due in D1, and cron finds it. */
export function handleDeadWebhooks(deps: Deps, batch: MessageBatch<WebhookWake>): void {
  for (const message of batch.messages) deps.log.error('webhook.wake_given_up', factsOf(message))
  batch.ackAll()
}

async function logged(deps: Deps, wake: WebhookWake, work: Promise<void>): Promise<void> {
  try {
    await work
  } catch (cause) {
    const { tenant_id, session_id } = wake
    deps.log.error('webhook.delivery_broke_off', { tenant_id, session_id, error_name: nameOf(cause) })
  }
}

const factsOf = ({ body, attempts }: Message<WebhookWake>) => ({
  tenant_id: body.tenant_id,
  session_id: body.session_id,
  attempt: attempts,
})
