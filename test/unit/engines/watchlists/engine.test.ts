import { describe, expect, it } from 'vitest'
import type { CheckInputs, ScreenedName } from '../../../../src/domain/decision/check-results.ts'
import type {
  Screening,
  ScreeningHit,
  ScreeningOptions,
  ScreeningSubject,
} from '../../../../src/domain/screening/screening.ts'
import { createWatchlistsEngine } from '../../../../src/engines/watchlists/engine.ts'
import { subjectsOf } from '../../../../src/engines/watchlists/subjects.ts'
import { foundHit } from '../../../support/fixtures/watchlists.ts'
import { checkInputs } from '../check-inputs.ts'

const NOW = Date.UTC(2026, 10, 23)

const nameOf = (value: string, changes: Partial<ScreenedName> = {}): ScreenedName => ({
  value,
  source: 'form.full_name',
  validate_lists: true,
  kind: 'individual',
  ...changes,
})

const anna = (changes: Partial<CheckInputs['subject']> = {}): CheckInputs['subject'] => ({
  ...checkInputs().subject,
  name: 'Anna Eriksson',
  names: [nameOf('Anna Eriksson')],
  date_of_birth: '1974-08-12',
  gender: 'F',
  countries: [
    { country_code: 'SE', type: 'nationality' },
    { country_code: 'SE', type: 'residence' },
  ],
  document_numbers: ['L898902C3'],
  tax_id: 'T-1',
  ...changes,
})

type Asked = { subjects: readonly ScreeningSubject[]; options: ScreeningOptions }

/** Searches that find the same for each subject, and what they were asked. */
function searching(screening: Partial<Screening> | ((subject: ScreeningSubject) => Partial<Screening>) = {}) {
  const asked: Asked[] = []
  const engine = createWatchlistsEngine({
    search: async (subjects, options) => {
      asked.push({ subjects, options })
      return {
        state: 'ok',
        message: null,
        lists: [{ id: 'ofac_sdn', version: '2026-11-20-3f9a01c2' }],
        results: subjects.map((subject) => ({
          hits: [],
          near_misses: [],
          ...(typeof screening === 'function' ? screening(subject) : screening),
        })),
      }
    },
  })
  return { engine, asked }
}

const many = (count: number): ScreeningHit[] =>
  Array.from({ length: count }, (_, index) => foundHit({ reference: String(index), score: 1 - index / 1000 }))

describe('whom the watchlists are asked about', () => {
  it('is the subject with all its names and all that is known of it', () => {
    const names = [nameOf('Anna Eriksson'), nameOf('ANNA  ERIKSSON'), nameOf('Анна Эрикссон')]
    expect(subjectsOf({ subject: anna({ names }) })).toEqual([
      {
        kind: 'individual',
        names: ['Anna Eriksson', 'Анна Эрикссон'],
        date_of_birth: '1974-08-12',
        countries: ['SE'],
        gender: 'female',
        identifiers: ['L898902C3', 'T-1'],
      },
    ])
  })

  it('is everybody else with what was said of them alone', () => {
    const bearer = { date_of_birth: '1990-01-02', gender: 'm', countries: ['IR'], identifiers: ['P1'] }
    const unknown = { date_of_birth: null, gender: null, countries: [], identifiers: [] }
    const names = [nameOf('Anna Eriksson'), nameOf('Bob Boyle', { bearer }), nameOf('Carl Coe', { bearer: unknown })]
    const [, bob, carl] = subjectsOf({ subject: anna({ names }) })
    expect(bob).toEqual({
      kind: 'individual',
      names: ['Bob Boyle'],
      date_of_birth: '1990-01-02',
      gender: 'male',
      countries: ['IR'],
      identifiers: ['P1'],
    })
    expect(carl).toEqual({
      kind: 'individual',
      names: ['Carl Coe'],
      date_of_birth: null,
      gender: null,
      countries: [],
      identifiers: [],
    })
  })

  it('is a company by its registration, never by a birth date', () => {
    const names = [nameOf('Acme Ltd', { kind: 'company' })]
    const subject = anna({ kind: 'company', name: 'Acme Ltd', names, registration_number: 'HRB 1' })
    expect(subjectsOf({ subject })).toEqual([
      {
        kind: 'company',
        names: ['Acme Ltd'],
        date_of_birth: null,
        countries: ['SE'],
        gender: null,
        identifiers: ['HRB 1', 'T-1'],
      },
    ])
  })

  it('is nobody whose field says no, and nobody twice', () => {
    const bearer = { date_of_birth: null, gender: null, countries: [], identifiers: [] }
    const names = [
      nameOf('Anna Eriksson', { validate_lists: false }),
      nameOf('Bob', { bearer }),
      nameOf('Bob', { bearer }),
      nameOf('  -  ', { bearer }),
    ]
    expect(subjectsOf({ subject: anna({ names }) }).map((subject) => subject.names)).toEqual([['Bob']])
  })

  it('says nothing of a day or a gender that it cannot read', () => {
    const [subject] = subjectsOf({ subject: anna({ date_of_birth: '12 August 1974', gender: 'X' }) })
    expect(subject).toMatchObject({ date_of_birth: null, gender: null })
  })
})

describe('the watchlist check', () => {
  it('tells its hits with the lists that were searched, the best first', async () => {
    const { engine, asked } = searching({ hits: [foundHit(), foundHit({ reference: '2', score: 0.97 })] })
    const inputs = checkInputs({
      subject: anna(),
      options: { ...checkInputs().options, lists: ['OFAC_SDN'], list_match_threshold: 0.8 },
    })
    const result = await engine(inputs, NOW)
    expect(asked[0]?.options).toEqual({ lists: ['ofac_sdn'], threshold: 0.8, limit: 21, misses: 0 })
    expect(result).toMatchObject({
      state: 'ok',
      checked_at: NOW,
      provider: 'kyc-sessions/watchlists',
      lists: [{ id: 'ofac_sdn', version: '2026-11-20-3f9a01c2' }],
    })
    expect(result.hits.map((hit) => [hit.reference, hit.whitelisted])).toEqual([
      ['2', false],
      ['7771', false],
    ])
    expect(result.hits[1]).toMatchObject({
      list: 'ofac_sdn',
      entry_hash: 'e1',
      subject_date_of_birth: '1974-08-12',
      program: 'SDGT',
      programs: ['SDGT'],
      source_url: 'https://lists.example/7771',
    })
    expect(result).not.toHaveProperty('near_misses')
    expect(result).not.toHaveProperty('is_truncated')
  })

  it('gives a hit the same id again, and another one to another name, entry or list', async () => {
    const idOf = async (changes: Partial<ScreeningHit>) =>
      (await searching({ hits: [foundHit(changes)] }).engine(checkInputs({ subject: anna() }), NOW)).hits[0]?.hit_id
    const id = await idOf({})
    expect(id).toMatch(/^hit_[0-9a-f]{32}$/)
    expect(await idOf({ score: 0.99, entry_hash: 'e2', list_version: 'next', matched_name: 'A. ERIKSEN' })).toBe(id)
    expect(await idOf({ subject_name: 'ANNA  eriksson' })).toBe(id)
    const others = await Promise.all([idOf({ reference: '1' }), idOf({ list: 'un_sc' }), idOf({ subject_name: 'Bo' })])
    expect(new Set([id, ...others]).size).toBe(4)
  })

  it('tells near misses only when it is asked for them', async () => {
    const { engine, asked } = searching({ near_misses: [foundHit({ score: 0.6 })] })
    const options = { ...checkInputs().options, explain_misses: true }
    const result = await engine(checkInputs({ subject: anna(), options }), NOW)
    expect(asked[0]?.options.misses).toBe(5)
    expect(result.near_misses).toMatchObject([{ reference: '7771', score: 0.6 }])
    expect(result.near_misses?.[0]).not.toHaveProperty('hit_id')
  })

  it('keeps the closer of two matches that one name makes', async () => {
    const bearer = { date_of_birth: '1990-01-02', gender: null, countries: [], identifiers: [] }
    const names = [nameOf('Anna Eriksson'), nameOf('Anna Eriksson', { bearer })]
    const { engine } = searching((subject) => ({
      hits: [foundHit({ score: subject.date_of_birth === '1990-01-02' ? 0.95 : 0.86 })],
    }))
    const { hits } = await engine(checkInputs({ subject: anna({ names }) }), NOW)
    expect(hits).toMatchObject([{ score: 0.95, subject_date_of_birth: '1990-01-02' }])
  })

  it('keeps twenty of a name and says that there were more', async () => {
    const { engine } = searching({ hits: many(21) })
    const result = await engine(checkInputs({ subject: anna() }), NOW)
    expect([result.hits.length, result.is_truncated]).toEqual([20, true])
    const exact = await searching({ hits: many(20) }).engine(checkInputs({ subject: anna() }), NOW)
    expect([exact.hits.length, exact.is_truncated]).toEqual([20, undefined])
  })

  it('never outgrows what a session can hold, and keeps the best', async () => {
    const bearer = { date_of_birth: null, gender: null, countries: [], identifiers: [] }
    const names = Array.from({ length: 60 }, (_, index) => nameOf(`Person ${index}`, { bearer }))
    const { engine } = searching(({ names: [name] }) => ({
      hits: many(20).map((hit) => ({ ...hit, subject_name: name ?? '' })),
      near_misses: many(5).map((hit) => ({ ...hit, reference: `m${hit.reference}`, subject_name: name ?? '' })),
    }))
    const options = { ...checkInputs().options, explain_misses: true }
    const result = await engine(checkInputs({ subject: anna({ names }), options }), NOW)
    expect(JSON.stringify(result).length).toBeLessThan(64 * 1024)
    expect(result.is_truncated).toBe(true)
    expect(result.hits[0]?.score).toBe(1)
    expect(result.hits.at(-1)?.score).toBeGreaterThan(0.98)
    expect(result.near_misses?.length).toBeGreaterThan(0)
  })

  it('has no input without a name, and says which of the two it is', async () => {
    const { engine, asked } = searching()
    expect(await engine(checkInputs(), NOW)).toMatchObject({ state: 'no_input', message: 'The session holds no name.' })
    const names = [nameOf('Anna', { validate_lists: false })]
    expect(await engine(checkInputs({ subject: anna({ names }) }), NOW)).toMatchObject({
      state: 'no_input',
      message: expect.stringContaining('not to be screened'),
    })
    expect(asked).toEqual([])
  })

  it.each(['not_configured', 'error'] as const)('passes on that the search is %s, which is no pass', async (state) => {
    const engine = createWatchlistsEngine({
      search: async () => ({ state, message: 'No watchlist has been loaded yet.', lists: [], results: [] }),
    })
    expect(await engine(checkInputs({ subject: anna() }), NOW)).toEqual({
      state,
      message: 'No watchlist has been loaded yet.',
      checked_at: NOW,
      provider: 'kyc-sessions/watchlists',
      hits: [],
    })
  })

  it('keeps what it found in old lists, as stale', async () => {
    const engine = createWatchlistsEngine({
      search: async () => ({
        state: 'stale',
        message: 'Not confirmed for 200 hours: ofac_sdn.',
        lists: [{ id: 'ofac_sdn', version: '1' }],
        results: [{ hits: [foundHit()], near_misses: [] }],
      }),
    })
    expect(await engine(checkInputs({ subject: anna() }), NOW)).toMatchObject({
      state: 'stale',
      message: 'Not confirmed for 200 hours: ofac_sdn.',
      hits: [{ reference: '7771' }],
    })
  })

  it('does not take an answer that leaves out a name for one', async () => {
    const engine = createWatchlistsEngine({
      search: async () => ({ state: 'ok', message: null, lists: [], results: [] }),
    })
    expect(await engine(checkInputs({ subject: anna() }), NOW)).toMatchObject({ state: 'error', hits: [] })
  })
})
