import { failCheck } from '../application/checks/fail-check.ts'
import { runCheck } from '../application/checks/run-check.ts'
import type { CheckJob, Deps } from '../application/ports.ts'
import { nameOf } from './name-of.ts'

const FIRST_RETRY_SECONDS = 2

/** One message is one job; its failure is its own. Retries grow: 2, 4, 8 s, then the dead-letter queue. */
export async function handleChecks(deps: Deps, batch: MessageBatch<CheckJob>): Promise<void> {
  await Promise.all(
    batch.messages.map(async (message) => {
      try {
        await runCheck(deps, message.body)
        message.ack()
      } catch (cause) {
        deps.log.warn('check.failed', { ...factsOf(message, batch.queue), error_name: nameOf(cause) })
        message.retry({ delaySeconds: FIRST_RETRY_SECONDS * 2 ** (message.attempts - 1) })
      }
    }),
  )
}

export async function handleDeadChecks(deps: Deps, batch: MessageBatch<CheckJob>): Promise<void> {
  await Promise.all(
    batch.messages.map(async (message) => {
      try {
        await failCheck(deps, message.body)
        deps.log.error('check.given_up', factsOf(message, batch.queue))
        message.ack()
      } catch (cause) {
        deps.log.error('check.dead_letter_failed', { ...factsOf(message, batch.queue), error_name: nameOf(cause) })
        message.retry({ delaySeconds: 60 })
      }
    }),
  )
}

const factsOf = (message: Message<CheckJob>, queue: string) => ({
  queue,
  session_id: message.body.session_id,
  check: message.body.check,
  attempt: message.attempts,
})
