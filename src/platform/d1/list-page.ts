// A page of a tenant's sessions as SQL. Whatever the one filter, newest first is a few seeks and then `limit` steps: SQLite
// merges the ordered parts of a UNION ALL lazily, so a list of values costs one seek each and page 1,000 costs what page 1 costs.

import { type SQL, sql } from 'drizzle-orm'
import type { TenantScope } from '../../application/actor.ts'
import type { SessionListQuery } from '../../application/ports.ts'
import type { EpochMs } from '../../domain/time.ts'
import { type CreatedBound, holdsFor, tightest } from './created-bounds.ts'
import { type Driver, DRIVERS, type FilterPlan, hasAnyTag, planFilter, type Seek } from './list-filter.ts'
import { foundBySearch, limitIfFew, limitIfMany, matchesSearch } from './list-search.ts'
import { zonesOf } from './list-updated.ts'
import { createdKey } from './session-columns.ts'
import { allOf, inScope } from './statement.ts'

/** D1 refuses a compound of more terms; nested ones are flattened into one merge all the same. */
const MAX_COMPOUND_TERMS = 5

/** Statements whose rows (`row`), one after the other and cut at `limit`, are the page. None when nothing can match. */
export function pageStatements(scope: TenantScope, query: SessionListQuery, now: EpochMs): SQL[] {
  const plan = planFilter(scope, query.filter)
  if (!plan.isPossible) return []
  const { limit } = query
  const page = { scope, query, plan, now }
  if (plan.search === null) return [pageInOrder({ ...page, extra: [], limit: sql`${limit}` })]
  const found = foundBySearch(scope, plan.search, { few: true })
  return [
    sql`${found}
      SELECT s.row FROM found CROSS JOIN sessions AS s ON s.id = found.id
      WHERE ${allOf([...testsOf(scope, plan), ...beyond(query)])}
      ORDER BY ${orderOf(query)} LIMIT ${limitIfFew(limit)}`,
    sql`${found} ${pageInOrder({ ...page, extra: [matchesSearch(plan.search)], limit: limitIfMany(limit) })}`,
  ]
}

type Page = { scope: TenantScope; query: SessionListQuery; plan: FilterPlan; now: EpochMs; extra: SQL[]; limit: SQL }

/** All that the filter says of a row of `s`, but for the search. */
export const testsOf = (scope: TenantScope, plan: FilterPlan): SQL[] => [
  inScope(sql`s`, scope),
  ...plan.createdBounds.map((bound) => holdsFor(sql`s.created_key`, bound)),
  ...plan.conditions.map(({ test }) => test),
]

function pageInOrder(page: Page): SQL {
  switch (page.query.sort.column) {
    case 'created_at':
      return pageByCreation(page)
    case 'updated_at':
      return walk(page, sql`sessions_by_updated`, beyond(page.query))
    case 'risk_score':
      return pageByRisk(page)
  }
}

function pageByCreation({ scope, query, plan, now, extra, limit }: Page): SQL {
  const driver = bestDriver(plan)
  const others = plan.conditions.filter(
    (condition) => condition.driver !== driver || driver === null || driver.isCoarse,
  )
  const rest = [...others.map(({ test }) => test), ...extra]
  const inOrder = (seeks: readonly Seek[], bounds: readonly CreatedBound[]): SQL => {
    const within = (key: SQL): SQL[] => bounds.map((bound) => holdsFor(key, bound))
    const parts = seeks.map(({ index, equals }, place) =>
      driver?.name === 'tag'
        ? partByTag(equals, plan.tags.slice(0, place), within)
        : sql`
          SELECT s.created_key AS created_key, s.row AS row FROM sessions AS s INDEXED BY ${index}
          WHERE ${allOf([inScope(sql`s`, scope), equals, ...within(sql`s.created_key`), ...rest])}`,
    )
    return sql`${merged(parts)} ORDER BY created_key ${direction(query)} LIMIT ${limit}`
  }
  // A session with two of the tags comes with the first of them only.
  const partByTag = (equals: SQL, earlier: string[], within: (key: SQL) => SQL[]): SQL => sql`
    SELECT g.created_key AS created_key, s.row AS row FROM session_tags AS g CROSS JOIN sessions AS s ON s.id = g.session
    WHERE ${allOf([
      inScope(sql`g`, scope),
      equals,
      ...within(sql`g.created_key`),
      ...(earlier.length === 0 ? [] : [sql`NOT ${hasAnyTag(scope, earlier)}`]),
      ...rest,
    ])}`

  const wanted = [...plan.createdBounds, ...beyondCreation(query)]
  const zones = driver === null ? zonesOf(scope, plan.updated, now) : [{ bounds: [], seeks: driver.seeks }]
  const walks = (query.sort.descends ? zones : zones.toReversed()).flatMap((zone) => {
    const bounds = tightest([...wanted, ...zone.bounds])
    return bounds === null ? [] : [inOrder(zone.seeks, bounds)]
  })
  const [walk, ...furtherWalks] = walks
  if (walk === undefined) return sql`SELECT NULL AS row LIMIT 0`
  if (furtherWalks.length === 0) return walk
  return sql`${sql.join(
    walks.map((part) => sql`SELECT row FROM (${part})`),
    sql` UNION ALL `,
  )} LIMIT ${limit}`
}

/** Sessions without a score come last whichever way the others are sorted: a second walk that begins where the first ends. */
function pageByRisk(page: Page): SQL {
  const { query, limit } = page
  const { after } = query
  const index = sql`sessions_by_risk`
  const isPastScores = after !== null && after.value === null
  const unscored = walk(page, index, [sql`s.risk_score IS NULL`, ...(isPastScores ? beyond(query) : [])])
  if (isPastScores) return unscored
  const scored = walk(page, index, [
    sql`s.risk_score IS NOT NULL`,
    ...(after === null ? [] : [beyondPair(query, sql`s.risk_score`, after.value)]),
  ])
  return sql`SELECT row FROM (${scored}) UNION ALL SELECT row FROM (${unscored}) LIMIT ${limit}`
}

/** Goes along one index and tests each row: what combinations and orders without an index of their own cost. */
function walk({ scope, query, plan, extra, limit }: Page, index: SQL, position: SQL[]): SQL {
  const driver = bestDriver(plan)
  const [narrow] = driver !== null && driver.isNarrow ? driver.seeks : []
  return sql`
    SELECT s.row FROM sessions AS s INDEXED BY ${narrow === undefined ? index : narrow.index}
    WHERE ${allOf([...testsOf(scope, plan), ...position, ...extra])} ORDER BY ${orderOf(query)} LIMIT ${limit}`
}

function bestDriver(plan: FilterPlan): Driver | null {
  const drivers = plan.conditions.flatMap(({ driver }) => (driver === null ? [] : [driver]))
  drivers.sort((one, other) => DRIVERS.indexOf(one.name) - DRIVERS.indexOf(other.name))
  return drivers[0] ?? null
}

function merged(parts: readonly SQL[]): SQL {
  const union = (terms: readonly SQL[]): SQL => sql.join([...terms], sql` UNION ALL `)
  let terms = [...parts]
  while (terms.length > MAX_COMPOUND_TERMS) {
    const groups: SQL[] = []
    for (let start = 0; start < terms.length; start += MAX_COMPOUND_TERMS) {
      groups.push(sql`SELECT * FROM (${union(terms.slice(start, start + MAX_COMPOUND_TERMS))})`)
    }
    terms = groups
  }
  return union(terms)
}

// ── order and position ───────────────────────────────────────────────────────────────────────────────────────────
const direction = ({ sort }: SessionListQuery): SQL => (sort.descends ? sql`DESC` : sql`ASC`)
const comparison = ({ sort }: SessionListQuery): SQL => (sort.descends ? sql`<` : sql`>`)

function orderOf(query: SessionListQuery): SQL {
  switch (query.sort.column) {
    case 'created_at':
      return sql`s.created_key ${direction(query)}`
    case 'updated_at':
      return sql`s.updated_at ${direction(query)}, s.session_id ${direction(query)}`
    case 'risk_score':
      return sql`s.risk_score ${direction(query)} NULLS LAST, s.session_id ${direction(query)}`
  }
}

/** What comes after the last row of the page before. */
function beyond(query: SessionListQuery): SQL[] {
  const { after, sort } = query
  if (after === null) return []
  switch (sort.column) {
    case 'created_at':
      return beyondCreation(query).map((bound) => holdsFor(sql`s.created_key`, bound))
    case 'updated_at':
      return [beyondPair(query, sql`s.updated_at`, after.value)]
    case 'risk_score':
      return after.value === null
        ? [sql`s.risk_score IS NULL AND s.session_id ${comparison(query)} ${after.session_id}`]
        : [sql`(${beyondPair(query, sql`s.risk_score`, after.value)} OR s.risk_score IS NULL)`]
  }
}

const beyondCreation = ({ after, sort }: SessionListQuery): CreatedBound[] =>
  after === null ? [] : [{ is: sort.descends ? '<' : '>', key: createdKey(after.value ?? 0, after.session_id) }]

const beyondPair = (query: SessionListQuery, column: SQL, value: number | null): SQL =>
  sql`(${column}, s.session_id) ${comparison(query)} (${value}, ${query.after?.session_id ?? ''})`
