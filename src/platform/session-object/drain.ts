// Works off what is owed. Each kind of debt is independent: one that fails is tried again later and holds up no other.
// Knows nothing of objects or bindings; the effects are handed in.

import type { CheckJob } from '../../application/ports.ts'
import type { EpochMs } from '../../domain/time.ts'
import { CHECK_LEASE_MS, retryAt, type OutboxEntry } from './outbox.ts'

export type Effects = {
  project(): Promise<void>
  insertChild(payload: string): Promise<void>
  tellParent(): Promise<void>
  sendChecks(jobs: CheckJob[]): Promise<void>
  eraseFile(docId: string): Promise<void>
  wakeWebhooks(): Promise<void>
}

export type DrainOutcome = {
  settled: OutboxEntry[]
  postponed: { entry: OutboxEntry; dueAt: EpochMs }[]
  causes: unknown[]
}

export async function drainOutbox(
  entries: readonly OutboxEntry[],
  now: EpochMs,
  effects: Effects,
): Promise<DrainOutcome> {
  const outcome: DrainOutcome = { settled: [], postponed: [], causes: [] }
  const attempt = async (batch: OutboxEntry[], effect: () => Promise<void>, leaseMs: number | null): Promise<void> => {
    if (batch.length === 0) return
    try {
      await effect()
      if (leaseMs === null) outcome.settled.push(...batch)
      else outcome.postponed.push(...batch.map((entry) => ({ entry, dueAt: now + leaseMs })))
    } catch (cause) {
      outcome.causes.push(cause)
      outcome.postponed.push(...batch.map((entry) => ({ entry, dueAt: retryAt(entry.attempts + 1, now) })))
    }
  }
  const ofKind = (kind: OutboxEntry['kind']): OutboxEntry[] => entries.filter((entry) => entry.kind === kind)

  // The D1 row goes first, so that no message speaks of a change that lists do not show yet.
  await attempt(ofKind('project'), () => effects.project(), null)
  const isProjected = outcome.postponed.length === 0
  const checks = ofKind('check')
  const sendAll = (): Promise<void> => effects.sendChecks(checks.map((entry): CheckJob => JSON.parse(entry.payload)))
  // A message of events that D1 does not hold yet would find nothing, and be gone.
  const wake = (): Promise<void> =>
    isProjected ? effects.wakeWebhooks() : Promise.reject(new Error('the events are not in D1 yet'))
  await Promise.all([
    attempt(checks, sendAll, CHECK_LEASE_MS),
    attempt(ofKind('tell_parent'), () => effects.tellParent(), null),
    attempt(ofKind('wake_webhooks'), wake, null),
    ...ofKind('insert_child').map((entry) => attempt([entry], () => effects.insertChild(entry.payload), null)),
    ...ofKind('erase_file').map((entry) => attempt([entry], () => effects.eraseFile(entry.payload), null)),
  ])
  return outcome
}
