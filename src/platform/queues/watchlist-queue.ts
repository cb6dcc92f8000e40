import type { WatchlistJob, WatchlistQueue } from '../../application/ports.ts'

/** There are never as many lists as the 100 messages that a batch takes. */
export function createWatchlistQueue(queue: Queue<WatchlistJob>): WatchlistQueue {
  return {
    async send(jobs, delaySeconds = 0) {
      await queue.sendBatch(
        jobs.map((body) => ({ body })),
        { delaySeconds },
      )
    },
  }
}
