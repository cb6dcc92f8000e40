import type { Defer } from '../application/call.ts'
import type { CheckJob, Deps, QueueMessage, WatchlistJob, WebhookWake } from '../application/ports.ts'
import { handleChecks, handleDeadChecks } from './handle-checks.ts'
import { handleDeadWatchlists, handleWatchlists } from './handle-watchlists.ts'
import { handleDeadWebhooks, handleWebhooks } from './handle-webhooks.ts'

const DEAD_SUFFIX = '-dead'

/** All queues are consumed here; the name says whose turn it is, and what a message is. */
export async function handleBatch(deps: Deps, batch: MessageBatch<QueueMessage>, defer: Defer): Promise<void> {
  const isDead = batch.queue.endsWith(DEAD_SUFFIX)
  if (isOfWebhooks(batch)) {
    await (isDead ? handleDeadWebhooks(deps, batch) : handleWebhooks(deps, batch, defer))
  } else if (isOfChecks(batch)) {
    await (isDead ? handleDeadChecks(deps, batch) : handleChecks(deps, batch))
  } else if (isOfWatchlists(batch)) {
    await (isDead ? handleDeadWatchlists(deps, batch) : handleWatchlists(deps, batch))
  } else throw new Error(`no handler for queue ${batch.queue}`)
}

const isOfWebhooks = (batch: MessageBatch<QueueMessage>): batch is MessageBatch<WebhookWake> =>
  batch.queue.startsWith('kyc-webhooks')
const isOfWatchlists = (batch: MessageBatch<QueueMessage>): batch is MessageBatch<WatchlistJob> =>
  batch.queue.startsWith('kyc-watchlists')
const isOfChecks = (batch: MessageBatch<QueueMessage>): batch is MessageBatch<CheckJob> =>
  batch.queue.startsWith('kyc-checks-')
