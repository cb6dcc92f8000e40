// What a session owes the world, and when it is due. Rows are written in the transaction of the change and stay until
// their effect is recorded; this file decides about them without touching storage.

import type { CheckJob } from '../../application/ports.ts'
import { nextDeadline } from '../../domain/session/deadlines.ts'
import type { RecordedEvent } from '../../domain/session/events.ts'
import { pendingJobs } from '../../domain/session/pending-jobs.ts'
import type { SessionState } from '../../domain/session/state.ts'
import { MINUTE_MS, SECOND_MS, type EpochMs } from '../../domain/time.ts'

export const OUTBOX_KINDS = ['project', 'check', 'tell_parent', 'insert_child', 'erase_file', 'wake_webhooks'] as const
export type OutboxKind = (typeof OUTBOX_KINDS)[number]
export type OutboxEntry = { entry_key: string; kind: OutboxKind; payload: string; attempts: number; due_at: EpochMs }

/** The alarm leaves the drain that follows the answer this long to do its work. */
export const FIRST_RETRY_MS = 5 * SECOND_MS
const MAX_RETRY_MS = 5 * MINUTE_MS
/** A sent check is sent again when no result came by then: queues may lose a message. */
export const CHECK_LEASE_MS = 2 * MINUTE_MS

/** Doubles from 5 s to 5 min. */
export const retryAt = (attempts: number, now: EpochMs): EpochMs =>
  now + Math.min(FIRST_RETRY_MS * 2 ** Math.max(0, attempts - 1), MAX_RETRY_MS)

/** Entries to work on now: those never tried, whatever their due time, and those that are due. */
export const toDrain = (entries: readonly OutboxEntry[], now: EpochMs): OutboxEntry[] =>
  entries.filter((entry) => entry.attempts === 0 || entry.due_at <= now)

/** When the object must wake next; null when nothing is owed and nothing will run out. */
export function nextAlarm(state: SessionState, entries: readonly OutboxEntry[]): EpochMs | null {
  const times = entries.map((entry) => entry.due_at)
  const deadline = nextDeadline(state)
  if (deadline !== null) times.push(deadline)
  return times.length === 0 ? null : Math.min(...times)
}

export type Debt = Pick<OutboxEntry, 'entry_key' | 'kind' | 'payload'>

/** A message that webhooks up to this one lie in D1. */
export const wakeDebt = (sequence: number): Debt => ({
  entry_key: 'wake_webhooks',
  kind: 'wake_webhooks',
  payload: String(sequence),
})

/** What a commit makes the session owe, and which check debts it ends. */
export function debtsOf(
  before: SessionState | null,
  after: SessionState,
  recorded: readonly RecordedEvent[],
): { owed: Debt[]; ended: Debt[] } {
  const version = String(after.version)
  const owed: Debt[] = [{ entry_key: 'project', kind: 'project', payload: version }]
  if (after.parent_session_id !== null && parentSees(before) !== parentSees(after)) {
    owed.push({ entry_key: 'tell_parent', kind: 'tell_parent', payload: version })
  }
  if (after.webhook_sequence > (before?.webhook_sequence ?? 0)) {
    owed.push(wakeDebt(after.webhook_sequence))
  }
  for (const entry of recorded) {
    const { event } = entry
    if (event.type === 'subsession_added') {
      const child = event.subsession.session_id
      owed.push({ entry_key: `insert_child:${child}`, kind: 'insert_child', payload: JSON.stringify(entry) })
    }
    for (const docId of erasedBy(event))
      owed.push({ entry_key: `erase_file:${docId}`, kind: 'erase_file', payload: docId })
  }
  const wanted = new Map(checkDebts(after).map((debt) => [debt.entry_key, debt]))
  const known = new Map((before === null ? [] : checkDebts(before)).map((debt) => [debt.entry_key, debt]))
  owed.push(...[...wanted.values()].filter((debt) => !known.has(debt.entry_key)))
  return { owed, ended: [...known.values()].filter((debt) => !wanted.has(debt.entry_key)) }
}

const checkDebts = (state: SessionState): Debt[] =>
  pendingJobs(state).map((job) => ({
    entry_key: `check:${job.job_id}`,
    kind: 'check',
    payload: JSON.stringify({ session_id: state.session_id, ...job } satisfies CheckJob),
  }))

const parentSees = (state: SessionState | null): string | null =>
  state === null
    ? null
    : JSON.stringify([
        state.status,
        state.final_decision,
        state.risk_score,
        state.steps.map((step) => step.status),
        state.expires_at,
      ])

function erasedBy(event: RecordedEvent['event']): string[] {
  switch (event.type) {
    case 'upload_rejected':
    case 'document_removed':
      return [event.doc_id]
    case 'uploads_swept':
      return event.doc_ids
    default:
      return []
  }
}
