import type { WebhookWake, WebhookWakes } from '../../application/ports.ts'

/** `Queue.sendBatch` takes at most 100 messages. */
const MAX_BATCH = 100

export function createWebhookWakes(queue: Queue<WebhookWake>): WebhookWakes {
  return {
    async send(wake, delaySeconds = 0) {
      await queue.send(wake, { delaySeconds })
    },
    async sendAll(wakes) {
      for (let from = 0; from < wakes.length; from += MAX_BATCH) {
        await queue.sendBatch(wakes.slice(from, from + MAX_BATCH).map((body) => ({ body })))
      }
    },
  }
}
