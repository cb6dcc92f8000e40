import { reset } from 'cloudflare:test'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type {
  SessionFilter,
  SessionListQuery,
  SessionPosition,
  SessionRow,
  SessionSort,
} from '../../../src/application/ports.ts'
import { sessionRow } from '../../../src/domain/session/views.ts'
import type { SessionState } from '../../../src/domain/session/state.ts'
import { complianceStatusOf, SESSION_STATUSES } from '../../../src/domain/session/status.ts'
import {
  acme,
  acmeTest,
  directory,
  lineOf,
  type Made,
  makeTenants,
  newSession,
  NOW,
  putIn,
  rival,
} from './directory-of-tests.ts'

const NEWEST: SessionSort = { column: 'created_at', descends: true }
const query = (changes: Partial<SessionListQuery> = {}): SessionListQuery => ({
  filter: {},
  sort: NEWEST,
  limit: 20,
  after: null,
  includeSummary: false,
  ...changes,
})

/** 120 sessions that differ in everything that a list looks at; three at a time share their instant. */
function various(): Made[] {
  const roots: Made[] = []
  return Array.from({ length: 120 }, (_, number) => {
    const parent = number % 5 === 4 ? roots[number % 3] : undefined
    const made = newSession({
      at: NOW + Math.floor(number / 3),
      clientId: number % 4 === 0 ? null : `Client-${number % 7}`,
      tags: [['vip'], ['eu', 'vip'], [], ['eu']][number % 4] ?? [],
      workflowId: `workflow-${number % 3}`,
      metadata: number % 2 === 0 ? { user_email: `User${number}@Example.com` } : { user_name: `Müller ${number}` },
      ...(parent === undefined ? {} : { parent: { session_id: parent.state.session_id, depth: 0 } }),
    })
    roots.push(made)
    const decisions = [null, 'approved', 'flagged', 'manual_review', 'rejected'] as const
    const state: SessionState = {
      ...made.state,
      status: SESSION_STATUSES[number % SESSION_STATUSES.length] ?? 'draft',
      final_decision: decisions[number % decisions.length] ?? null,
      risk_score: number % 3 === 0 ? null : (number * 7) % 101,
      updated_at: NOW + 10_000 + ((number * 37) % 50),
      checks_ended: number % 2 === 0 ? ['crypto', 'watchlists'] : ['crypto'],
    }
    return { ...made, state }
  })
}

let all: Made[] = []
beforeEach(async () => {
  await makeTenants()
  all = various()
  await putIn(all)
  await putIn([newSession({ scope: rival, tags: ['vip'] }), newSession({ scope: acmeTest, tags: ['vip'] })])
})
afterEach(reset)

const has = <T>(list: readonly T[] | undefined, value: T): boolean => list === undefined || list.includes(value)

/** What the filter means, in plain words. */
function matches(state: SessionState, filter: SessionFilter): boolean {
  const { tag, risk_min, risk_max, q, parent_session_id } = filter
  const { user_email, user_name } = state.metadata
  const texts = [state.session_id, state.client_id, user_email, user_name].map((text) =>
    typeof text === 'string' ? text.toLowerCase() : '',
  )
  return (
    has(filter.status, state.status) &&
    has(filter.compliance_status, complianceStatusOf(state.status)) &&
    has(filter.final_decision, state.final_decision ?? 'none') &&
    has(filter.workflow_id, state.workflow_id) &&
    (filter.client_id === undefined || (state.client_id !== null && filter.client_id.includes(state.client_id))) &&
    (parent_session_id === undefined || (state.parent_session_id ?? 'none') === parent_session_id) &&
    (tag === undefined || state.custom_tags.some((held) => tag.includes(held))) &&
    (risk_min === undefined || (state.risk_score !== null && state.risk_score >= risk_min)) &&
    (risk_max === undefined || (state.risk_score !== null && state.risk_score <= risk_max)) &&
    (filter.created_from === undefined || state.created_at >= filter.created_from) &&
    (filter.created_to === undefined || state.created_at < filter.created_to) &&
    (filter.updated_from === undefined || state.updated_at >= filter.updated_from) &&
    (filter.updated_to === undefined || state.updated_at < filter.updated_to) &&
    (q === undefined || texts.some((text) => text.startsWith(q.toLowerCase())))
  )
}

function inOrder(states: SessionState[], { column, descends }: SessionSort): SessionState[] {
  const way = descends ? -1 : 1
  return states.toSorted((one, other) => {
    const [left, right] = [one[column], other[column]]
    if (left === null || right === null) {
      if (left !== right) return left === null ? 1 : -1
    } else if (left !== right) return (left - right) * way
    return (one.session_id < other.session_id ? -1 : 1) * way
  })
}

const expected = (filter: SessionFilter, sort: SessionSort): string[] =>
  inOrder(
    all.map(({ state }) => state).filter((state) => matches(state, filter)),
    sort,
  ).map(({ session_id }) => session_id)

/** Every page of a list, as a client would take them. */
async function allPages(filter: SessionFilter, sort: SessionSort, limit: number): Promise<string[]> {
  const seen: SessionRow[] = []
  let after: SessionPosition | null = null
  for (;;) {
    const { rows } = await directory.list(acme, query({ filter, sort, limit, after }), lineOf(acme))
    expect(rows.length).toBeLessThanOrEqual(limit)
    seen.push(...rows)
    if (seen.length > 2 * all.length) throw new Error(`the pages of ${JSON.stringify({ filter, sort })} never end`)
    const last = rows.at(-1)
    if (last === undefined) return seen.map(({ session_id }) => session_id)
    after = { value: last[sort.column], session_id: last.session_id }
  }
}

const SORTS: SessionSort[] = (['created_at', 'updated_at', 'risk_score'] as const).flatMap((column) =>
  [true, false].map((descends) => ({ column, descends })),
)

const filters = (): Record<string, SessionFilter> => ({
  'no filter': {},
  'one status': { status: ['draft'] },
  'seven statuses': { status: SESSION_STATUSES.slice(0, 7) },
  'all statuses': { status: [...SESSION_STATUSES] },
  'an inbox': { compliance_status: ['incomplete'] },
  'inboxes and statuses': { compliance_status: ['pending', 'incomplete'], status: ['draft', 'active', 'approved'] },
  'statuses outside the inbox': { compliance_status: ['pending'], status: ['draft'] },
  'a decision': { final_decision: ['approved'] },
  'none and a decision': { final_decision: ['none', 'rejected'] },
  'a workflow': { workflow_id: ['workflow-1'] },
  'workflows, one named twice': { workflow_id: ['workflow-1', 'workflow-2', 'workflow-1'] },
  'a client': { client_id: ['Client-3'] },
  clients: { client_id: ['Client-1', 'Client-2', 'unknown'] },
  'sixty clients': { client_id: Array.from({ length: 60 }, (_, number) => `Client-${number}`) },
  roots: { parent_session_id: 'none' },
  'a parent': { parent_session_id: all[1]?.state.session_id ?? '' },
  'a tag': { tag: ['vip'] },
  'tags that overlap': { tag: ['vip', 'eu'] },
  'risk from': { risk_min: 73 },
  'risk to': { risk_max: 27.5 },
  'risk between': { risk_min: 29, risk_max: 71 },
  'any risk': { risk_min: 0 },
  'created between': { created_from: NOW + 7, created_to: NOW + 21 },
  'updated from': { updated_from: NOW + 10_020 },
  'updated from before any was made': { updated_from: 0 },
  'updated from among the times of creation': { updated_from: NOW + 20 },
  'updated to': { updated_to: NOW + 10_020 },
  'updated to a time to come': { updated_to: NOW + 3_000_000_000_000 },
  'updated at no time': { updated_from: NOW + 10_020, updated_to: NOW + 10_020 },
  'updated and created between': {
    updated_from: NOW + 10_005,
    updated_to: NOW + 10_040,
    created_from: NOW + 7,
    created_to: NOW + 31,
  },
  'created at no time': { created_from: NOW + 21, created_to: NOW + 7 },
  'a name, updated from': { q: 'müller', updated_from: NOW + 10_020 },
  'updated between': { updated_from: NOW + 10_005, updated_to: NOW + 10_030 },
  'an e-mail': { q: 'uSER1' },
  'a name': { q: 'müller 3' },
  'a client by prefix': { q: 'client-' },
  'an id': { q: '01950000-' },
  'nothing that is there': { q: 'zzz' },
  'wildcards, taken as they are': { q: '%%' },
  'much at once': {
    status: ['draft', 'active', 'approved'],
    tag: ['vip', 'eu'],
    risk_min: 10,
    created_from: NOW + 3,
    q: 'user',
  },
})

describe('a list', () => {
  for (const name of Object.keys(filters())) {
    test(`with ${name} has all that match, in each order, page after page, none twice`, async () => {
      const filter = filters()[name] ?? {}
      for (const sort of SORTS)
        expect(await allPages(filter, sort, 7), JSON.stringify(sort)).toEqual(expected(filter, sort))
    })

    test(`with ${name} is summed up over all that match`, async () => {
      const filter = filters()[name] ?? {}
      const { rows, summary } = await directory.list(
        acme,
        query({ filter, limit: 1, includeSummary: true }),
        lineOf(acme),
      )
      const states = all.map(({ state }) => state).filter((state) => matches(state, filter))
      expect(rows).toHaveLength(Math.min(1, states.length))
      const scores = states.flatMap(({ risk_score }) => (risk_score === null ? [] : [risk_score]))
      const average = scores.reduce((sum, score) => sum + score, 0) / scores.length
      expect(summary?.total).toBe(states.length)
      for (const status of SESSION_STATUSES) {
        expect(summary?.status_counts[status]).toBe(states.filter((state) => state.status === status).length)
      }
      expect(Object.values(summary?.inbox_counts ?? {}).reduce((sum, n) => sum + n, 0)).toBe(states.length)
      expect(Object.keys(summary?.inbox_counts ?? {})).toHaveLength(7)
      expect(summary?.sessions_with_risk_score).toBe(scores.length)
      expect(summary?.avg_risk_score).toBe(scores.length === 0 ? null : Math.round(average * 10) / 10)
      expect(summary?.validation_counts).toEqual({
        watchlists: states.filter(({ checks_ended }) => checks_ended.includes('watchlists')).length,
        crypto: states.length,
        adverse_media: 0,
        face_match: 0,
        liveness: 0,
        web_validation: 0,
        extraction: 0,
        cross_validation: 0,
      })
    })
  }

  test('shows each session as the domain shows it', async () => {
    const { rows } = await directory.list(acme, query({ limit: 1 }), lineOf(acme))
    const newest = all.find(({ state }) => state.session_id === rows[0]?.session_id)
    expect(newest).toBeDefined()
    if (newest !== undefined) expect(rows[0]).toEqual(sessionRow(newest.state))
  })

  test('shows a tenant its own sessions of its own mode only', async () => {
    for (const scope of [rival, acmeTest]) {
      for (const filter of [
        {},
        { tag: ['vip'] },
        { q: '01950000' },
        { status: ['draft' as const] },
        { parent_session_id: 'none' },
      ]) {
        for (const sort of SORTS) {
          const { rows, summary } = await directory.list(
            scope,
            query({ filter, sort, includeSummary: true }),
            lineOf(scope),
          )
          expect(rows).toHaveLength(1)
          expect(summary?.total).toBe(1)
        }
      }
    }
  })

  test('neither repeats nor hides a session when others come in while it is paged', async () => {
    const before = expected({}, NEWEST)
    const seen: string[] = []
    let after: SessionPosition | null = null
    for (let page = 0; ; page += 1) {
      const { rows } = await directory.list(acme, query({ limit: 9, after }), lineOf(acme))
      seen.push(...rows.map(({ session_id }) => session_id))
      const last = rows.at(-1)
      // Each page lets one older session in: the walk would never be over.
      if (last === undefined || rows.length < 9) break
      after = { value: last.created_at, session_id: last.session_id }
      await putIn([newSession({ at: NOW + 1_000 + page }), newSession({ at: NOW - 1_000 - page })])
    }
    expect(new Set(seen).size).toBe(seen.length)
    expect(seen.filter((id) => before.includes(id))).toEqual(before)
  })
})
