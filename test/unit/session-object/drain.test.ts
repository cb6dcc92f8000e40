import { describe, expect, it } from 'vitest'
import type { CheckJob } from '../../../src/application/ports.ts'
import { drainOutbox, type Effects } from '../../../src/platform/session-object/drain.ts'
import {
  CHECK_LEASE_MS,
  FIRST_RETRY_MS,
  type OutboxEntry,
  type OutboxKind,
} from '../../../src/platform/session-object/outbox.ts'

const NOW = 1_800_000_000_000
const job = (check: CheckJob['check']): CheckJob => ({
  session_id: 's',
  owner_id: 'run_1',
  job_id: `job_${check}`,
  check,
})

const entry = (kind: OutboxKind, payload = 'x', attempts = 0): OutboxEntry => ({
  entry_key: `${kind}:${payload}`,
  kind,
  payload,
  attempts,
  due_at: NOW,
})

/** Effects that write down what they did, and fail where told. */
function recordingEffects(failing: Partial<Record<keyof Effects, boolean>> = {}) {
  const done: string[] = []
  const effect = (name: keyof Effects) => async (argument?: unknown) => {
    if (failing[name] === true) throw new Error(`${name} failed`)
    done.push(argument === undefined ? name : `${name} ${JSON.stringify(argument)}`)
  }
  const effects: Effects = {
    project: effect('project'),
    insertChild: effect('insertChild'),
    tellParent: effect('tellParent'),
    sendChecks: effect('sendChecks'),
    eraseFile: effect('eraseFile'),
    wakeWebhooks: effect('wakeWebhooks'),
  }
  return { done, effects }
}

describe('draining what is owed', () => {
  it('with nothing owed does nothing', async () => {
    const { done, effects } = recordingEffects()
    expect(await drainOutbox([], NOW, effects)).toEqual({ settled: [], postponed: [], causes: [] })
    expect(done).toEqual([])
  })

  it('writes the D1 row before anything else is told', async () => {
    const { done, effects } = recordingEffects()
    await drainOutbox([entry('tell_parent'), entry('erase_file', 'doc_1'), entry('project')], NOW, effects)
    expect(done[0]).toBe('project')
    expect(done).toHaveLength(3)
  })

  it('wakes nobody for events that D1 does not hold yet', async () => {
    const { done, effects } = recordingEffects({ project: true })
    const entries = [entry('project'), entry('wake_webhooks', '3')]
    const outcome = await drainOutbox(entries, NOW, effects)
    expect(done).toEqual([])
    expect(outcome.postponed.map((one) => one.entry.kind)).toEqual(['project', 'wake_webhooks'])
    const later = await drainOutbox(entries, NOW, recordingEffects().effects)
    expect(later.settled.map(({ kind }) => kind)).toEqual(['project', 'wake_webhooks'])
  })

  it('settles a projection that was written', async () => {
    const { effects } = recordingEffects()
    const outcome = await drainOutbox([entry('project')], NOW, effects)
    expect(outcome.settled.map((one) => one.kind)).toEqual(['project'])
  })

  it('sends all jobs in one call and leases them, since only a result settles a check', async () => {
    const { done, effects } = recordingEffects()
    const jobs = [job('crypto'), job('extraction')]
    const entries = jobs.map((one) => entry('check', JSON.stringify(one)))
    const outcome = await drainOutbox(entries, NOW, effects)
    expect(done).toEqual([`sendChecks ${JSON.stringify(jobs)}`])
    expect(outcome.settled).toEqual([])
    expect(outcome.postponed.map(({ dueAt }) => dueAt)).toEqual([NOW + CHECK_LEASE_MS, NOW + CHECK_LEASE_MS])
  })

  it.each([
    ['project', 'project'],
    ['tell_parent', 'tellParent'],
    ['insert_child', 'insertChild'],
    ['erase_file', 'eraseFile'],
  ] as const)('a %s that fails is postponed and nothing of it is settled', async (kind, effect) => {
    const { effects } = recordingEffects({ [effect]: true })
    const outcome = await drainOutbox([entry(kind)], NOW, effects)
    expect(outcome.settled).toEqual([])
    expect(outcome.postponed).toEqual([{ entry: entry(kind), dueAt: NOW + FIRST_RETRY_MS }])
    expect(outcome.causes).toHaveLength(1)
  })

  it.each(['project', 'tellParent', 'insertChild', 'sendChecks', 'eraseFile'] as const)(
    'a failing %s holds up no other debt',
    async (failing) => {
      const { effects } = recordingEffects({ [failing]: true })
      const entries = [
        entry('project'),
        entry('tell_parent'),
        entry('insert_child', '{}'),
        entry('check', JSON.stringify(job('crypto'))),
        entry('erase_file', 'doc_1'),
      ]
      const outcome = await drainOutbox(entries, NOW, effects)
      expect(outcome.settled.length + outcome.postponed.length).toBe(entries.length)
      expect(outcome.causes).toHaveLength(1)
      expect(outcome.settled).toHaveLength(failing === 'sendChecks' ? 4 : 3)
    },
  )

  it('jobs that could not be sent come back sooner than a lease', async () => {
    const { effects } = recordingEffects({ sendChecks: true })
    const outcome = await drainOutbox([entry('check', JSON.stringify(job('crypto')))], NOW, effects)
    expect(outcome.postponed[0]?.dueAt).toBe(NOW + FIRST_RETRY_MS)
  })

  it('waits longer with every attempt, five minutes at most', async () => {
    const { effects } = recordingEffects({ project: true })
    const waits: number[] = []
    for (const attempts of [0, 1, 2, 5, 6, 50]) {
      const outcome = await drainOutbox([entry('project', 'x', attempts)], NOW, effects)
      waits.push((outcome.postponed[0]?.dueAt ?? 0) - NOW)
    }
    expect(waits).toEqual([5_000, 10_000, 20_000, 160_000, 300_000, 300_000])
  })

  it('erases each file by itself: one that fails leaves the others erased', async () => {
    const erased: string[] = []
    const { effects } = recordingEffects()
    const outcome = await drainOutbox([entry('erase_file', 'doc_1'), entry('erase_file', 'doc_2')], NOW, {
      ...effects,
      eraseFile: async (docId) => {
        if (docId === 'doc_1') throw new Error('R2 is away')
        erased.push(docId)
      },
    })
    expect(erased).toEqual(['doc_2'])
    expect(outcome.settled.map((one) => one.payload)).toEqual(['doc_2'])
  })
})
