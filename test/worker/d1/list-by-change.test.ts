// A range of updated_at in the order of creation: what it finds against a plain model, and what it reads, with 2,000 sessions
// made over four weeks and changed at once, days later, a week later to the minute, or last night.

import { applyD1Migrations, reset } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { SessionFilter, SessionPosition } from '../../../src/application/ports.ts'
import type { SessionState } from '../../../src/domain/session/state.ts'
import { newSalt } from '../../../src/platform/crypto/ids.ts'
import { createSessionDirectory } from '../../../src/platform/d1/session-directory.ts'
import {
  acme,
  DAY,
  db,
  lineOf,
  makeTenants,
  metered,
  newEventId,
  newSession,
  NOW,
  putIn,
} from './directory-of-tests.ts'

const SESSIONS = 2_000
const LIMIT = 20
/** The access line, and the sequence that numbers it. */
const LINE = 2
const MINUTE = 60_000
const BEGUN = NOW - 28 * DAY
const STEP = Math.floor((NOW - BEGUN) / SESSIONS)
const meter = metered(db)
const directory = createSessionDirectory(meter.db, { newEventId, newSalt })
let all: SessionState[] = []

const changedAt = (created: number, number: number): number => {
  const drawn = (number * 7_919) % 1_000
  const later = [drawn * 3_600, drawn * 300_000, 7 * DAY, NOW - 12 * 60 * MINUTE + drawn * 40_000 - created][number % 4]
  return Math.min(NOW, created + Math.max(0, later ?? 0))
}

beforeAll(async () => {
  await applyD1Migrations(env.DB, env.TEST_MIGRATIONS)
  await makeTenants()
  const made = Array.from({ length: SESSIONS }, (_, number) => {
    const at = BEGUN + number * STEP
    const one = newSession({ at })
    return { ...one, state: { ...one.state, updated_at: changedAt(at, number) } }
  })
  await putIn(made)
  all = made.map(({ state }) => state)
}, 120_000)
afterAll(reset)

type Page = { ids: string[]; rowsRead: number; last: SessionPosition | null }
async function page(
  filter: SessionFilter,
  {
    limit = LIMIT + 1,
    now = NOW,
    after = null,
    descends = true,
  }: Partial<{ limit: number; now: number; after: Page['last']; descends: boolean }>,
): Promise<Page> {
  meter.reset()
  const sort = { column: 'created_at' as const, descends }
  const line = { ...lineOf(acme), at: now }
  const { rows } = await directory.list(acme, { filter, sort, limit, after, includeSummary: false }, line)
  const last = rows.at(-1)
  return {
    ids: rows.map(({ session_id }) => session_id),
    rowsRead: meter.rowsRead(),
    last: last === undefined ? null : { value: last.created_at, session_id: last.session_id },
  }
}

const newestFirst = ({ updated_from = 0, updated_to = Infinity }: SessionFilter): string[] =>
  all
    .filter(({ updated_at }) => updated_at >= updated_from && updated_at < updated_to)
    .toReversed()
    .map(({ session_id }) => session_id)

const RANGES: Record<string, SessionFilter> = {
  'since an hour ago': { updated_from: NOW - 60 * MINUTE },
  'since yesterday': { updated_from: NOW - DAY },
  'since two weeks ago': { updated_from: NOW - 14 * DAY + 17 * MINUTE },
  'since before the first': { updated_from: BEGUN - DAY },
  'since long before the service': { updated_from: Date.UTC(2001, 0, 1) },
  'since later than now': { updated_from: NOW + 300 * DAY },
  'before the third day': { updated_to: BEGUN + 3 * DAY + 7 * MINUTE },
  'before two weeks ago': { updated_to: NOW - 14 * DAY + 17 * MINUTE },
  'before a time to come': { updated_to: NOW + 3_000 * DAY },
  'within three minutes': { updated_from: NOW - 9 * DAY, updated_to: NOW - 9 * DAY + 3 * MINUTE },
  'within an hour': { updated_from: NOW - 9 * DAY, updated_to: NOW - 9 * DAY + 60 * MINUTE },
  'within a day': { updated_from: NOW - 9 * DAY + 5 * MINUTE, updated_to: NOW - 8 * DAY },
  'within two weeks': { updated_from: NOW - 20 * DAY + 11 * MINUTE, updated_to: NOW - 6 * DAY + 3 * MINUTE },
  'within a decade': { updated_from: Date.UTC(2024, 0, 1) + 1, updated_to: Date.UTC(2036, 0, 1) + 1 },
}

describe('sessions changed', () => {
  for (const [name, filter] of Object.entries(RANGES)) {
    test(`${name} come page after page, none twice and none left out, whichever way they are sorted`, async () => {
      for (const descends of [true, false]) {
        const seen: string[] = []
        let after: SessionPosition | null = null
        do {
          const next: Page = await page(filter, { limit: 100, after, descends })
          seen.push(...next.ids)
          after = next.last
        } while (after !== null && seen.length <= SESSIONS)
        const expected = newestFirst(filter)
        expect(seen).toEqual(descends ? expected : expected.toReversed())
      }
    })

    test(`${name} cost three rows read for each of a page, on the first page and on any other`, async () => {
      for (const after of [null, ...[2, 5, 9, 14, 20, 27].map((days) => positionOf(NOW - days * DAY))]) {
        const { rowsRead } = await page(filter, { after })
        expect(rowsRead, `after ${after?.value}`).toBeLessThanOrEqual(3 * LIMIT + LINE)
      }
    })
  }

  test('since a time cost no more than a page where enough were made since', async () => {
    expect((await page({ updated_from: NOW - 14 * DAY }, {})).rowsRead).toBe(LINE + LIMIT + 1)
  })

  test('are found however many years of changes the range spans', async () => {
    const filter = { updated_from: BEGUN + 3 * DAY + MINUTE, created_from: BEGUN, created_to: NOW + DAY, q: '01950000' }
    const expected = newestFirst(filter)
    for (let years = 1; years <= 12; years += 1) {
      const now = NOW + years * 366 * DAY - 5 * MINUTE
      for (const updated_to of [undefined, now]) {
        const asked = updated_to === undefined ? filter : { ...filter, updated_to }
        for (const after of [null, positionOf(BEGUN + 3 * DAY)]) {
          const { ids } = await page(asked, { now, after })
          const from = after === null ? 0 : expected.findIndex((id) => createdAt(id) < BEGUN + 3 * DAY)
          expect(ids).toEqual(expected.slice(from, from + LIMIT + 1))
        }
      }
    }
  })

  test('before their creation, by another clock, are found all the same', async () => {
    const early = newSession({ at: NOW - 5 * DAY + 1 })
    const state = { ...early.state, updated_at: NOW - 5 * DAY - MINUTE }
    await putIn([{ ...early, state }])
    const around = { updated_from: NOW - 5 * DAY - 2 * MINUTE, updated_to: NOW - 5 * DAY }
    expect((await page(around, {})).ids).toContain(state.session_id)
    expect((await page({ updated_from: NOW - 5 * DAY }, { limit: 100 })).ids).not.toContain(state.session_id)
    await db.prepare('DELETE FROM sessions WHERE session_id = ?').bind(state.session_id).run()
  })
})

const createdAt = (id: string): number => all.find(({ session_id }) => session_id === id)?.created_at ?? 0
const positionOf = (value: number): SessionPosition => ({ value, session_id: '' })
