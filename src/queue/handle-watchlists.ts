import type { Deps, WatchlistJob } from '../application/ports.ts'
import { mergeLists } from '../application/watchlists/merge-lists.ts'
import { failRefresh } from '../application/watchlists/fail-refresh.ts'
import { refreshList } from '../application/watchlists/refresh-list.ts'
import { nameOf } from './name-of.ts'

const FIRST_RETRY_SECONDS = 10

/** One at a time: each holds a connection to a publisher, or the Worker that builds the index. */
export async function handleWatchlists(deps: Deps, batch: MessageBatch<WatchlistJob>): Promise<void> {
  for (const message of batch.messages) {
    try {
      const outcome = await run(deps, message.body)
      if (outcome === 'crossed') message.retry({ delaySeconds: FIRST_RETRY_SECONDS })
      else message.ack()
    } catch (cause) {
      deps.log.warn('watchlists.job_failed', { ...factsOf(message), error_name: nameOf(cause) })
      message.retry({ delaySeconds: FIRST_RETRY_SECONDS * 2 ** (message.attempts - 1) })
    }
  }
}

const run = (deps: Deps, job: WatchlistJob) =>
  job.kind === 'merge' ? mergeLists(deps) : refreshList(deps, { list: job.list, isForced: job.force === true })

/** A refresh that broke down every time waits like one that failed; a merge is found again by cron. */
export async function handleDeadWatchlists(deps: Deps, batch: MessageBatch<WatchlistJob>): Promise<void> {
  for (const message of batch.messages) {
    deps.log.error('watchlists.job_given_up', factsOf(message))
    if (message.body.kind === 'refresh') await failRefresh(deps, message.body.list)
  }
  batch.ackAll()
}

const factsOf = ({ body, attempts }: Message<WatchlistJob>) => ({
  operation: body.kind,
  kind: body.kind === 'refresh' ? body.list : null,
  attempt: attempts,
})
