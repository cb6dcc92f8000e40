// What one hostile request is, apart from the ids of the session it is aimed at: numbers and choices, so that a seed and a
// place in the row give the same request again.

import fc from 'fast-check'
import { HOSTILE_BODIES, HOSTILE_JSON, HOSTILE_KEYS } from './hostile-json.ts'
import { HOSTILE_HEADERS, HOSTILE_QUERIES, HOSTILE_SEGMENTS, HOSTILE_TYPES } from './hostile-wire.ts'

export type Mutation =
  | { kind: 'replace'; at: number; json: string }
  | { kind: 'add'; at: number; key: string; json: string }
  | { kind: 'remove'; at: number }

export type Plan = {
  operation: number
  method: string | null
  segment: { at: number; text: string } | null
  query: string[]
  headers: [string, string][]
  contentType: string | null | undefined
  body: { kind: 'mutated'; mutations: Mutation[] } | { kind: 'bytes'; bytes: Buffer } | { kind: 'none' }
  /** Of a session that nobody has begun, one that is begun, one that is handed in. */
  stage: number
}

/** `null` most of the time: what is wrong everywhere gets nowhere. */
const seldom = <T>(arbitrary: fc.Arbitrary<T>, oneIn: number): fc.Arbitrary<T | null> =>
  fc.oneof({ weight: oneIn - 1, arbitrary: fc.constant(null) }, { weight: 1, arbitrary })

const place = fc.nat(9_999)
const json = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom(...HOSTILE_JSON) },
  { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 4 }).map((value) => JSON.stringify(value)) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 200 }).map((value) => JSON.stringify(value)) },
)
const key = fc.oneof(fc.constantFrom(...HOSTILE_KEYS), fc.string({ unit: 'binary', maxLength: 20 }))
const mutation: fc.Arbitrary<Mutation> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('replace' as const), at: place, json }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('add' as const), at: place, key, json }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('remove' as const), at: place }) },
)

const plan: fc.Arbitrary<Plan> = fc.record({
  operation: place,
  method: seldom(fc.constantFrom('GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'HEAD', 'PROPFIND'), 25),
  segment: seldom(fc.record({ at: place, text: fc.constantFrom(...HOSTILE_SEGMENTS) }), 6),
  query: fc.oneof(
    { weight: 3, arbitrary: fc.constant<string[]>([]) },
    { weight: 1, arbitrary: fc.array(fc.constantFrom(...HOSTILE_QUERIES), { minLength: 1, maxLength: 3 }) },
  ),
  headers: fc.oneof(
    { weight: 4, arbitrary: fc.constant<[string, string][]>([]) },
    { weight: 1, arbitrary: fc.array(fc.constantFrom(...HOSTILE_HEADERS), { minLength: 1, maxLength: 3 }) },
  ),
  contentType: seldom(fc.constantFrom(...HOSTILE_TYPES), 12).map((type) => type ?? undefined),
  body: fc.oneof(
    {
      weight: 12,
      arbitrary: fc.record({
        kind: fc.constant('mutated' as const),
        mutations: fc.array(mutation, { minLength: 0, maxLength: 3 }),
      }),
    },
    { weight: 2, arbitrary: fc.constantFrom(...HOSTILE_BODIES).map((bytes) => ({ kind: 'bytes' as const, bytes })) },
    { weight: 1, arbitrary: fc.constant({ kind: 'none' as const }) },
  ),
  stage: fc.nat(2),
})

const CHUNK = 500

/** The plans of a seed in their order, made as they are needed. */
export function* plansOf(seed: number, count: number): Generator<Plan> {
  for (let made = 0; made < count; made += CHUNK) {
    yield* fc.sample(plan, { seed: seed + made, numRuns: Math.min(CHUNK, count - made) })
  }
}
