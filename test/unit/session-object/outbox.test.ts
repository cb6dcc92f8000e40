import { describe, expect, it } from 'vitest'
import { createSession } from '../../../src/domain/session/create.ts'
import type { RecordedEvent, SessionEvent } from '../../../src/domain/session/events.ts'
import type { RunJob, SessionState } from '../../../src/domain/session/state.ts'
import { DAY_MS } from '../../../src/domain/time.ts'
import { debtsOf, nextAlarm, toDrain, type OutboxEntry } from '../../../src/platform/session-object/outbox.ts'
import { simpleWorkflow } from '../../support/fixtures/workflow.ts'

const NOW = 1_800_000_000_000
const ACTOR = { type: 'api_key', id: 'key', name: 'key' } as const

const sessionOf = (changes: Partial<SessionState> = {}): SessionState => ({
  ...createSession({
    session_id: '01900000-0000-7000-8000-000000000001',
    tenant_id: 'tenant',
    mode: 'test',
    workflow: { workflow_id: 'workflow', version: 1, definition: simpleWorkflow() },
    ttl_days: 1,
    nonce_hash: 'hash',
    metadata: {},
    client_id: null,
    language: null,
    redirect_url: null,
    parent: null,
    now: NOW,
    actor: ACTOR,
    request_id: null,
    newEventId: () => 'evt_1',
  }).state,
  ...changes,
})

const recordedAs = (event: SessionEvent): RecordedEvent => ({
  sequence: 2,
  at: NOW,
  actor: ACTOR,
  request_id: null,
  event,
})
const runOf = (jobs: RunJob[]): SessionState['run'] => ({
  run_id: 'run_1',
  started_at: NOW,
  deadline_at: NOW + 600_000,
  jobs,
  results: {},
  closed_at: null,
  started_from: 'completed',
  requested_by: ACTOR,
})
const sent: RunJob = { job_id: 'job_1', check: 'crypto', status: 'sent' }
const owedBy = (debts: ReturnType<typeof debtsOf>): string[] => debts.owed.map((debt) => debt.entry_key)

describe('what a commit makes a session owe', () => {
  it('always the D1 row, at the version that was committed', () => {
    const after = sessionOf({ version: 7 })
    expect(debtsOf(sessionOf(), after, []).owed).toEqual([{ entry_key: 'project', kind: 'project', payload: '7' }])
  })

  it('a word that webhooks lie in D1, once however many there are', () => {
    const before = sessionOf({ webhook_sequence: 2 })
    expect(owedBy(debtsOf(before, sessionOf({ webhook_sequence: 4 }), []))).toEqual(['project', 'wake_webhooks'])
    expect(owedBy(debtsOf(before, sessionOf({ webhook_sequence: 2 }), []))).toEqual(['project'])
  })

  it('each job that was let go, by ids alone', () => {
    const { owed } = debtsOf(sessionOf(), sessionOf({ run: runOf([sent]) }), [])
    const check = owed.find((debt) => debt.kind === 'check')
    expect(check?.entry_key).toBe('check:job_1')
    expect(Object.keys(JSON.parse(check?.payload ?? '{}')).toSorted()).toEqual([
      'check',
      'job_id',
      'owner_id',
      'session_id',
    ])
  })

  it('a job already on its way is not owed anew, so that its lease stands', () => {
    const before = sessionOf({ run: runOf([sent]) })
    expect(owedBy(debtsOf(before, sessionOf({ run: runOf([sent]), version: 3 }), []))).toEqual(['project'])
  })

  it('a job whose result came is owed no more', () => {
    const before = sessionOf({ run: runOf([sent]) })
    const after = sessionOf({ run: runOf([{ ...sent, status: 'done' }]) })
    expect(debtsOf(before, after, []).ended.map((debt) => debt.entry_key)).toEqual(['check:job_1'])
  })

  it('a closed run owes none of its jobs', () => {
    const before = sessionOf({ run: runOf([sent]) })
    const closed = runOf([{ ...sent, status: 'missed' }])
    const after = sessionOf({ run: closed === null ? null : { ...closed, closed_at: NOW } })
    expect(debtsOf(before, after, []).ended).toHaveLength(1)
  })

  it('a child tells its parent when the parent would see a difference, and only then', () => {
    const child = sessionOf({ parent_session_id: 'parent' })
    expect(owedBy(debtsOf(child, { ...child, status: 'active', version: 2 }, []))).toContain('tell_parent')
    expect(owedBy(debtsOf(child, { ...child, notes: [{ text: 'x', by: ACTOR, at: NOW }], version: 2 }, []))).toEqual([
      'project',
    ])
  })

  it('a root has nobody to tell', () => {
    expect(owedBy(debtsOf(sessionOf(), sessionOf({ status: 'active' }), []))).toEqual(['project'])
  })

  it('bytes that count for nothing any more', () => {
    const events = [
      recordedAs({ type: 'uploads_swept', doc_ids: ['doc_1', 'doc_2'] }),
      recordedAs({ type: 'document_removed', doc_id: 'doc_3' }),
      recordedAs({ type: 'upload_rejected', doc_id: 'doc_4', rejection: { code: 'FILE_REJECTED', message: 'm' } }),
    ]
    const files = debtsOf(sessionOf(), sessionOf(), events).owed.filter((debt) => debt.kind === 'erase_file')
    expect(files.map((debt) => debt.payload)).toEqual(['doc_1', 'doc_2', 'doc_3', 'doc_4'])
  })
})

const entry = (attempts: number, due_at: number): OutboxEntry => ({
  entry_key: `${attempts}@${due_at}`,
  kind: 'project',
  payload: '1',
  attempts,
  due_at,
})

describe('when to work', () => {
  it('new debts at once, tried ones when they are due', () => {
    const entries = [entry(0, NOW + 5_000), entry(1, NOW), entry(1, NOW + 1)]
    expect(toDrain(entries, NOW).map((one) => one.entry_key)).toEqual([`0@${NOW + 5_000}`, `1@${NOW}`])
  })

  it('the alarm rings for the earliest of debts and deadlines', () => {
    expect(nextAlarm(sessionOf(), [])).toBe(NOW + DAY_MS)
    expect(nextAlarm(sessionOf(), [entry(1, NOW + 9), entry(1, NOW + 7)])).toBe(NOW + 7)
  })

  it('a session that owes nothing and waits for nothing sleeps', () => {
    expect(nextAlarm(sessionOf({ status: 'approved' }), [])).toBeNull()
  })
})
