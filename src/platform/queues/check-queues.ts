import type { CheckJob, CheckQueues } from '../../application/ports.ts'
import type { CheckName } from '../../domain/workflow/definition.ts'

export type CheckQueueName = 'light' | 'reader' | 'faces' | 'screening'

/** Which queue a check travels by: one for each engine that holds memory of its own, one for all that don't. */
export const QUEUE_OF_CHECK: Record<CheckName, CheckQueueName> = {
  watchlists: 'screening',
  crypto: 'light',
  adverse_media: 'light',
  face_match: 'faces',
  liveness: 'faces',
  web_validation: 'light',
  extraction: 'reader',
  cross_validation: 'light',
}

/** `Queue.sendBatch` takes at most 100 messages; a session never has that many jobs at once. */
export function createCheckQueues(queues: Record<CheckQueueName, Queue<CheckJob>>): CheckQueues {
  return {
    async send(jobs) {
      const byQueue = Map.groupBy(jobs, (job) => QUEUE_OF_CHECK[job.check])
      await Promise.all([...byQueue].map(([name, batch]) => queues[name].sendBatch(batch.map((body) => ({ body })))))
    },
  }
}
