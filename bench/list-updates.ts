import type { SessionFilter, SessionListQuery, SessionPosition } from '../src/application/ports.ts'
import { SPAN_BITS, spanColumn } from '../src/platform/d1/update-spans.ts'
import { BEGUN, END, SESSIONS } from './list-queries.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR
const MIDDLE = BEGUN + Math.floor((END - BEGUN) / 2) + 17 * 60_000
const SWEEP = END - 9 * DAY
const CHUNK = 5_000

/** 0 to 999, as if by chance, and another that knows nothing of it. */
const chance = '((id * 7919 + id / 1000 * 104729) % 1000)'
const other = '((id * 3571 + id / 997 * 611953) % 1000)'
const within = (ms: number): string => `(${other} * ${ms / 1_000})`

/** When a session was last changed, as SQL over its row: never before it was made, nor after the end. */
export const DISTRIBUTIONS: readonly [string, string][] = [
  [
    'seven of ten within an hour of creation, two within three days, one within a month',
    `created_at + CASE WHEN ${chance} < 700 THEN ${within(HOUR)}
                       WHEN ${chance} < 900 THEN ${within(3 * DAY)} ELSE ${within(30 * DAY)} END`,
  ],
  ['long after creation, at any time', `created_at + (${END} - created_at) / 1000 * ${chance} + ${other} * 60`],
  ['nine of ten in the last week', `CASE WHEN ${chance} < 900 THEN ${END - 7 * DAY} + ${within(7 * DAY)} END`],
  ['each a week after creation', `created_at + ${7 * DAY}`],
  ['at creation, but for a fifth that one sweep changed', `CASE WHEN ${chance} < 200 THEN ${SWEEP} END`],
]

export async function redistribute(db: D1Database, changedAt: string): Promise<void> {
  const at = `CAST(min(${END}, max(created_at, coalesce(${changedAt}, created_at))) AS INTEGER)`
  const spans = SPAN_BITS.map((bits) => `${spanColumn(bits)} = ${at} >> ${bits}`).join(', ')
  for (let from = 0; from < SESSIONS; from += CHUNK) {
    const chunk = `id > ${from} AND id <= ${from + CHUNK}`
    await db.prepare(`UPDATE sessions SET updated_at = ${at}, ${spans} WHERE ${chunk}`).run()
  }
}

type Ask = Partial<SessionListQuery>
const before = (created: number): SessionPosition => ({ value: Math.floor(created) - 1, session_id: '' })
const span = (from: number, to: number): SessionFilter => ({
  updated_from: Math.floor(from),
  updated_to: Math.floor(to),
})

export const BY_CHANGE: readonly [string, Ask][] = [
  ['updated_from of the last hour', { filter: { updated_from: END - HOUR } }],
  ['updated_from of the last day', { filter: { updated_from: END - DAY } }],
  ['  the page of those made before', { filter: { updated_from: END - DAY }, after: before(END - DAY) }],
  ['updated_from in the middle', { filter: { updated_from: MIDDLE } }],
  ['  the page of those made before', { filter: { updated_from: MIDDLE }, after: before(MIDDLE) }],
  ['  and 40 days before', { filter: { updated_from: MIDDLE }, after: before(MIDDLE - 40 * DAY) }],
  ['updated_to early', { filter: { updated_to: BEGUN + 3 * DAY + 7 * HOUR } }],
  ['updated_to in the middle', { filter: { updated_to: MIDDLE } }],
  ['  the page 40 days before', { filter: { updated_to: MIDDLE }, after: before(MIDDLE - 40 * DAY) }],
  ['an hour in the middle', { filter: span(MIDDLE, MIDDLE + HOUR) }],
  ['a day in the middle', { filter: span(MIDDLE, MIDDLE + DAY) }],
  ['a month in the middle', { filter: span(MIDDLE, MIDDLE + 30 * DAY) }],
  ['  the page of those made before', { filter: span(MIDDLE, MIDDLE + 30 * DAY), after: before(MIDDLE) }],
]

/** Ends that cut through a mass change: no index bounds these (docs/storage.md). */
export const AT_THE_SWEEP: readonly [string, Ask][] = [
  [
    'updated_from a minute before the sweep',
    { filter: { updated_from: SWEEP - 60_000 }, after: before(SWEEP - 60_000) },
  ],
  ['updated_from a minute after it', { filter: { updated_from: SWEEP + 60_000 }, after: before(SWEEP) }],
  ['updated_to a minute before it', { filter: { updated_to: SWEEP - 60_000 } }],
  ['updated_to a minute after it', { filter: { updated_to: SWEEP + 60_000 } }],
]

const DRAWN = 60

/** Drawn anew for each run of the bench, and the same each time. */
export const drawnRanges = (): [string, Ask[]][] => {
  let state = 7
  const draw = (): number => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647
  const anyTime = (): number => Math.floor(BEGUN + draw() * (END - BEGUN))
  const anySpan = (): { from: number; to: number } => {
    const length = HOUR * 3_000 ** draw()
    const from = BEGUN + draw() * (END - BEGUN - length)
    return { from, to: from + length }
  }
  const many = (ask: () => Ask): Ask[] => Array.from({ length: DRAWN }, ask)
  return [
    ['updated_from', many(() => ({ filter: { updated_from: anyTime() } }))],
    [
      'updated_from, a page of those made before',
      many(() => {
        const from = anyTime()
        return { filter: { updated_from: from }, after: before(BEGUN + (from - BEGUN) * draw() ** 0.3) }
      }),
    ],
    ['updated_to', many(() => ({ filter: { updated_to: anyTime() } }))],
    [
      'both',
      many(() => {
        const { from, to } = anySpan()
        return { filter: span(from, to) }
      }),
    ],
    [
      'both, the page of those made before',
      many(() => {
        const { from, to } = anySpan()
        return { filter: span(from, to), after: before(from) }
      }),
    ],
  ]
}
