import { env } from 'cloudflare:workers'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { clientOf, expectError, valueAt, type Answer } from '../../support/api.ts'
import { findEverywhere } from '../../support/canary.ts'
import { recorder } from '../../support/instrument.ts'
import { loadLists } from '../../support/watchlists.ts'
import { makeWorld, type World } from '../../support/world.ts'

const NAME = 'Quentin Zyxwvut'

let world: World
beforeEach(async () => {
  world = await makeWorld()
  loadLists([
    { reference: '7771', name: NAME },
    { reference: '8', name: 'Quentin Berg' },
    { reference: '9', name: NAME, list: 'un_sc' },
  ])
})
afterEach(() => {
  recorder.reset()
  vi.restoreAllMocks()
})

const screen = (body: unknown, headers: Record<string, string> = {}): Promise<Answer> =>
  clientOf(world.key).post('/kyc/screenings', body, headers)
const screenOne = (subject: object, more: object = {}) => screen({ subjects: [subject], ...more })
const resultsOf = (answer: Answer) => valueAt(answer.data, 'results')

describe('names looked up beside any session', () => {
  it('are answered in their order, each with its own reference, hits and how they came about', async () => {
    const answer = await screen({
      subjects: [
        { reference: 'customer-1', name: 'Nobody Listed' },
        { reference: 'customer-2', name: NAME },
        { names: ['X', NAME] },
      ],
    })
    expect([answer.status, valueAt(answer.data, 'state')]).toEqual([200, 'ok'])
    expect(valueAt(answer.data, 'lists')).toEqual([
      { id: 'ofac_sdn', version: '2026-11-20-3f9a01c2' },
      { id: 'un_sc', version: '2026-11-20-3f9a01c2' },
    ])
    const [first, second, third] = resultsOf(answer) as object[]
    expect(first).toEqual({ reference: 'customer-1', hits: [] })
    expect(second).toMatchObject({
      reference: 'customer-2',
      hits: [
        { list: 'ofac_sdn', reference: '7771', score: 0.95, explanation: { band: 'likely' } },
        { list: 'un_sc', reference: '9' },
      ],
    })
    expect(third).not.toHaveProperty('reference')
    expect(valueAt(third, 'hits', 0, 'subject_name')).toBe(NAME)
  })

  it('take every fact that is known of a subject', async () => {
    const subject = {
      name: NAME,
      kind: 'individual',
      date_of_birth: '1974-08-12',
      countries: ['SE'],
      gender: 'female',
      identifiers: ['P-1'],
    }
    expect((await screenOne(subject)).status).toBe(200)
  })

  it('are held against the lists that are named, in any case, by the threshold and up to the limit', async () => {
    const one = await screenOne({ name: NAME }, { lists: ['UN_SC'] })
    expect(valueAt(one.data, 'lists')).toHaveLength(1)
    expect(valueAt(one.data, 'results', 0, 'hits', 0, 'list')).toBe('un_sc')
    const strict = await screenOne({ name: NAME }, { threshold: 0.96 })
    expect(valueAt(strict.data, 'results', 0, 'hits')).toEqual([])
    const short = await screenOne({ name: NAME }, { limit: 1 })
    expect(valueAt(short.data, 'results', 0, 'hits')).toHaveLength(1)
  })

  it('tell what came near when that is asked for', async () => {
    const explained = await screenOne({ name: NAME }, { explain: 'misses' })
    expect(valueAt(explained.data, 'results', 0, 'near_misses')).toMatchObject([{ reference: '8', score: 0.6 }])
    expect(valueAt((await screenOne({ name: NAME })).data, 'results', 0)).not.toHaveProperty('near_misses')
  })

  it('may be a hundred, not a hundred and one', async () => {
    const many = (count: number) => ({
      subjects: Array.from({ length: count }, (_, index) => ({ name: `P ${index}` })),
    })
    const answer = await screen(many(100))
    expect([answer.status, (resultsOf(answer) as unknown[]).length]).toEqual([200, 100])
    const refused = await screen(many(101))
    expectError(refused, 400, 'INVALID_REQUEST')
    expect(refused.error?.details).toEqual([{ path: 'subjects', message: 'must hold at most 100 items' }])
  })
})

describe('what is not looked up', () => {
  it.each([
    ['nothing', {}, 'subjects'],
    ['nobody', { subjects: [] }, 'subjects'],
    ['a subject without a name', { subjects: [{ kind: 'any' }] }, 'subjects[0].name'],
    ['one with name and names', { subjects: [{ name: 'A', names: ['B'] }] }, 'subjects[0].name'],
    ['an empty name', { subjects: [{ name: 'A' }, { name: '  ' }] }, 'subjects[1].name'],
    ['a name of 301 characters', { subjects: [{ name: 'x'.repeat(301) }] }, 'subjects[0].name'],
    ['eleven names', { subjects: [{ names: Array.from({ length: 11 }, () => 'A') }] }, 'subjects[0].names'],
    [
      'a day that does not exist',
      { subjects: [{ name: 'A', date_of_birth: '1974-02-30' }] },
      'subjects[0].date_of_birth',
    ],
    [
      'a country that does not exist',
      { subjects: [{ name: 'A', countries: ['SE', 'XX'] }] },
      'subjects[0].countries[1]',
    ],
    ['another kind', { subjects: [{ name: 'A', kind: 'ship' }] }, 'subjects[0].kind'],
    ['an unknown member', { subjects: [{ name: 'A', passport: 'P' }] }, 'subjects[0].passport'],
    ['a threshold over 1', { subjects: [{ name: 'A' }], threshold: 1.1 }, 'threshold'],
    ['no hit at all', { subjects: [{ name: 'A' }], limit: 0 }, 'limit'],
    ['too many hits', { subjects: [{ name: 'A' }], limit: 51 }, 'limit'],
  ])('%s', async (_which, body, path) => {
    const answer = await screen(body)
    expectError(answer, 400, 'INVALID_REQUEST')
    expect(answer.error?.details?.map((detail) => detail.path)).toContain(path)
  })

  it('a list that is not there, and the answer names those that are', async () => {
    const answer = await screenOne({ name: NAME }, { lists: ['ofac_sdn', 'narnia'] })
    expectError(answer, 400, 'INVALID_REQUEST')
    expect(answer.error?.details).toEqual([
      { path: 'lists[1]', message: 'is not a list of this deployment: use ofac_sdn, un_sc' },
    ])
  })
})

describe('what cannot be searched is no pass', () => {
  it('says so where no list is loaded, with or without lists named', async () => {
    loadLists(null)
    for (const more of [{}, { lists: ['ofac_sdn'] }]) {
      const { status, data } = await screenOne({ name: NAME }, more)
      expect([status, data]).toMatchObject([
        200,
        { state: 'not_configured', message: 'No watchlist has been loaded yet.', lists: [], results: [] },
      ])
    }
  })

  it('tells what old lists hold, as stale', async () => {
    loadLists([{ reference: '7771', name: NAME }], 'stale')
    const { data } = await screenOne({ name: NAME })
    expect(data).toMatchObject({ state: 'stale', message: expect.stringContaining('ofac_sdn') })
    expect(valueAt(data, 'results', 0, 'hits')).toHaveLength(1)
  })
})

describe('what is kept of it', () => {
  it('is one line that says who asked about how many, and nothing of the names anywhere', async () => {
    const logged: unknown[] = []
    for (const level of ['info', 'warn', 'error'] as const)
      vi.spyOn(console, level).mockImplementation((...words) => void logged.push(words))
    const answer = await screen(
      { subjects: [{ name: NAME }, { name: 'Bo Bergström' }] },
      { 'idempotency-key': 'screening-1' },
    )
    const { results } = await env.DB.prepare(
      'SELECT actor_id, operation, session_id, request_id FROM access_log WHERE tenant_id = ?',
    )
      .bind(world.tenant.tenant_id)
      .all()
    expect(results).toEqual([
      {
        actor_id: world.actor.ref.id,
        operation: 'screening.run:2',
        session_id: null,
        request_id: answer.headers.get('x-request-id'),
      },
    ])
    expect(await findEverywhere({ words: ['Zyxwvut', 'Bergström'], logged: logged.map(String) })).toEqual([])
  })

  it('is nothing under an Idempotency-Key: the same key searches anew, and a refusal is not kept', async () => {
    const keyed = { 'idempotency-key': 'screening-2' }
    expectError(await screen({ subjects: [] }, keyed), 400, 'INVALID_REQUEST')
    const first = await screen({ subjects: [{ name: NAME }] }, keyed)
    loadLists([])
    const second = await screen({ subjects: [{ name: NAME }] }, keyed)
    expect([first, second].map(({ data }) => (valueAt(data, 'results', 0, 'hits') as unknown[]).length)).toEqual([2, 0])
    expect(second.headers.get('idempotent-replayed')).toBeNull()
    const row = await env.DB.prepare('SELECT count(*) AS n FROM idempotency_keys WHERE tenant_id = ?')
      .bind(world.tenant.tenant_id)
      .first<{ n: number }>()
    expect(row?.n).toBe(0)
  })

  it('is nothing and answers nothing when the line cannot be written', async () => {
    recorder.fault = (hop) => (hop.binding === 'D1' && hop.call === 'batch' ? new Error('D1 is away') : null)
    await screen({ subjects: [{ name: NAME }] }).then((answer) => expectError(answer, 500, 'INTERNAL_ERROR'))
  })
})
