import { describe, expect, test } from 'vitest'
import type { ScreeningOptions, ScreeningSubject } from '../../../../src/domain/screening/screening.ts'
import type { ListedEntity } from '../../../../src/engines/screening/entity.ts'
import { createIndexBuilder } from '../../../../src/engines/screening/index/build-index.ts'
import { openIndex } from '../../../../src/engines/screening/open-watchlist-index.ts'

const entity = (
  reference: string,
  names: string | ListedEntity['names'],
  facts: Partial<ListedEntity> = {},
): ListedEntity => ({
  reference,
  schema: 'person',
  names: typeof names === 'string' ? [{ value: names, kind: 'primary' }] : names,
  births: [],
  nationalities: [],
  countries: [],
  gender: null,
  identifiers: [],
  programs: ['TEST'],
  listed_on: '2020-01-02',
  source_url: 'https://lists.example/1',
  ...facts,
})

function indexOf(...lists: { id: string; entities: ListedEntity[] }[]) {
  const builder = createIndexBuilder()
  for (const { id, entities } of lists) {
    builder.list({ id, version: `${id}-1`, published_on: '2026-01-01' })
    for (const one of entities) builder.add(one)
  }
  return openIndex(builder.finish().buffer)
}

const OPTIONS: ScreeningOptions = { lists: [], threshold: 0.85, limit: 10, misses: 10 }
const person = (name: string, facts: Partial<ScreeningSubject> = {}): ScreeningSubject => ({
  kind: 'individual',
  names: [name],
  ...facts,
})

const VIKTOR = entity(
  'P-1',
  [
    { value: 'Viktor Andreevich Sokolov', kind: 'primary' },
    { value: 'Виктор Андреевич Соколов', kind: 'original_script' },
    { value: 'The Falcon', kind: 'weak_aka' },
  ],
  {
    births: [{ precision: 'exact', from: '1971-03-09', to: '1971-03-09' }],
    nationalities: ['RU'],
    gender: 'male',
    identifiers: [{ type: 'passport', value: '75 1234567', country: 'RU' }],
  },
)
const index = indexOf(
  {
    id: 'one',
    entities: [
      VIKTOR,
      entity('P-2', 'Maria Sokolova'),
      entity('O-1', 'Falcon Shipping Company Ltd', { schema: 'organization' }),
    ],
  },
  {
    id: 'two',
    entities: [
      entity('P-9', 'Viktor Sokolov', { births: [{ precision: 'year', from: '1950-01-01', to: '1950-12-31' }] }),
    ],
  },
)
const references = (subject: ScreeningSubject, options = OPTIONS) =>
  index.screen(subject, options).hits.map((hit) => hit.reference)

test('a name finds its entry with all that a reviewer needs to judge it', () => {
  const [hit] = index.screen(person('Sokolov Viktor Andreevich'), OPTIONS).hits
  expect(hit).toMatchObject({
    list: 'one',
    list_version: 'one-1',
    reference: 'P-1',
    matched_name: 'Viktor Andreevich Sokolov',
    primary_name: 'Viktor Andreevich Sokolov',
    subject_name: 'Sokolov Viktor Andreevich',
    programs: ['TEST'],
    listed_on: '2020-01-02',
    source_url: 'https://lists.example/1',
    schema: 'person',
  })
  expect(hit?.explanation.tokens.map(({ subject, listed, relation }) => [subject, listed, relation])).toEqual([
    ['sokolov', 'sokolov', 'equal'],
    ['viktor', 'viktor', 'equal'],
    ['andreevich', 'andreevich', 'equal'],
  ])
  expect(hit?.explanation.tokens.reduce((sum, token) => sum + token.weight, 0)).toBeCloseTo(1, 1)
})

test.each(['Viktor Sokolow', 'V. Sokolov', 'Соколов Виктор', 'Victor Andreyevich Sokolov'])(
  '%s finds him too',
  (name) => {
    expect(references(person(name), { ...OPTIONS, threshold: 0.6 })).toContain('P-1')
  },
)

test('the words that did not agree are told', () => {
  const [hit] = index.screen(person('Viktor Petrovich Sokolov'), { ...OPTIONS, threshold: 0, lists: ['one'] }).hits
  const told = hit?.explanation.tokens.filter((token) => token.relation === 'missing' || token.relation === 'typo')
  expect(told?.flatMap(({ subject, listed }) => [subject, listed]).filter((text) => text !== null)).toEqual(
    expect.arrayContaining(['petrovich', 'andreevich']),
  )
})

test('a company is not looked for among people, nor a person among companies', () => {
  expect(references({ kind: 'company', names: ['Viktor Sokolov'] })).toEqual([])
  expect(references({ kind: 'company', names: ['Falcon Shipping Co. Limited'] })).toEqual(['O-1'])
  expect(references({ kind: 'any', names: ['Falcon Shipping Co. Limited'] })).toEqual(['O-1'])
})

test('only the lists that are asked for answer', () => {
  expect(references(person('Viktor Sokolov'), { ...OPTIONS, lists: ['two'] })).toEqual(['P-9'])
})

test('a weak alias counts for less than a name', () => {
  const weak = indexOf({
    id: 'a',
    entities: [
      entity('W', [
        { value: 'Ivan Petrenko', kind: 'primary' },
        { value: 'Black Raven', kind: 'weak_aka' },
      ]),
      entity('S', 'Black Raven'),
    ],
  })
  const hits = weak.screen(person('Black Raven'), { ...OPTIONS, threshold: 0 }).hits
  expect(hits.map((hit) => hit.reference)).toEqual(['S', 'W'])
})

test('what stays below the threshold is told when it is asked for, nearest first', () => {
  const { hits, near_misses } = index.screen(person('Viktor Sokolin'), { ...OPTIONS, threshold: 0.99 })
  expect(hits).toEqual([])
  expect(near_misses.length).toBeGreaterThan(0)
  expect(near_misses.map((miss) => miss.score)).toEqual(
    near_misses.map((miss) => miss.score).toSorted((one, other) => other - one),
  )
  expect(index.screen(person('Viktor Sokolin'), { ...OPTIONS, threshold: 0.99, misses: 0 }).near_misses).toEqual([])
})

describe('evidence', () => {
  const scoreOf = (facts: Partial<ScreeningSubject>, list = 'one', reference = 'P-1') =>
    index
      .screen(person('Viktor Sokolov', facts), { ...OPTIONS, threshold: 0, lists: [list] })
      .hits.find((hit) => hit.reference === reference)?.score ?? 0
  const plain = scoreOf({})

  test('an equal day of birth raises, another one lowers, years apart decide', () => {
    expect(scoreOf({ date_of_birth: '1971-03-09' })).toBeGreaterThan(plain)
    expect(scoreOf({ date_of_birth: '1971-09-03' })).toBeGreaterThan(scoreOf({ date_of_birth: '1971-11-30' }))
    expect(scoreOf({ date_of_birth: '1971-11-30' })).toBeLessThan(plain)
    expect(scoreOf({ date_of_birth: '1990-03-09' })).toBeLessThan(0.2)
  })

  test('a year supports less than a day, and a year that differs speaks against', () => {
    const before = scoreOf({}, 'two', 'P-9')
    expect(scoreOf({ date_of_birth: '1950-07-01' }, 'two', 'P-9')).toBeGreaterThan(before)
    expect(scoreOf({ date_of_birth: '1960-07-01' }, 'two', 'P-9')).toBeLessThan(before)
  })

  test('country and gender are weighed', () => {
    expect(scoreOf({ countries: ['RU'] })).toBeGreaterThan(plain)
    expect(scoreOf({ countries: ['BR'] })).toBeLessThan(plain)
    expect(scoreOf({ gender: 'female' })).toBeLessThan(plain)
  })

  test('an equal identifier decides, whatever the name', () => {
    const [hit] = index.screen(person('Somebody Else', { identifiers: ['751234567'] }), OPTIONS).hits
    expect(hit?.reference).toBe('P-1')
    expect(hit?.explanation.evidence).toEqual([
      expect.objectContaining({
        factor: 'identifier',
        outcome: 'supports',
        subject: '751234567',
        listed: '75 1234567',
      }),
    ])
  })

  test('each piece of evidence tells what it did to the score', () => {
    const [hit] = index.screen(person('Viktor Sokolov', { date_of_birth: '1971-03-09', countries: ['RU'] }), {
      ...OPTIONS,
      lists: ['one'],
    }).hits
    expect(hit?.explanation.evidence.map(({ factor, outcome }) => [factor, outcome])).toEqual([
      ['date_of_birth', 'supports'],
      ['country', 'supports'],
    ])
    expect(hit?.explanation.evidence.every(({ effect }) => effect > 0)).toBe(true)
  })
})

test('the hash of an entry changes with the entry and with nothing else', () => {
  const hashOf = (one: ListedEntity) =>
    indexOf({ id: 'a', entities: [one] }).screen(person('Viktor Sokolov'), { ...OPTIONS, threshold: 0 }).hits[0]
      ?.entry_hash
  expect(hashOf(VIKTOR)).toBe(hashOf({ ...VIKTOR }))
  expect(hashOf({ ...VIKTOR, programs: ['OTHER'] })).not.toBe(hashOf(VIKTOR))
})

test('a search leaves nothing behind that the next one would see', () => {
  const first = index.screen(person('Viktor Sokolov'), OPTIONS)
  for (const name of ['Maria Sokolova', 'Viktor', 'X', '', 'Falcon']) index.screen(person(name), OPTIONS)
  expect(index.screen(person('Viktor Sokolov'), OPTIONS)).toEqual(first)
})

test('an index is refused when it is none, or cut off', () => {
  const builder = createIndexBuilder()
  builder.list({ id: 'a', version: '1', published_on: null })
  builder.add(VIKTOR)
  const bytes = builder.finish()
  expect(() => openIndex(new ArrayBuffer(0))).toThrow('not an index')
  expect(() => openIndex(new Uint8Array(64).buffer)).toThrow('not an index')
  expect(() => openIndex(bytes.buffer.slice(0, bytes.byteLength / 2))).toThrow()
})

test('lists tell how much is in them', () => {
  expect(index.lists).toEqual([
    { id: 'one', version: 'one-1', published_on: '2026-01-01', entries: 3, names: 5 },
    { id: 'two', version: 'two-1', published_on: '2026-01-01', entries: 1, names: 1 },
  ])
})
