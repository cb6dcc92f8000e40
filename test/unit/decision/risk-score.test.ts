import { describe, expect, it } from 'vitest'
import type { ResultsByCheck } from '../../../src/domain/decision/check-results.ts'
import { requestedChecks } from '../../../src/domain/decision/requested-checks.ts'
import { RISK_POINTS } from '../../../src/domain/decision/risk-points.ts'
import { capped, riskLevelOf, scoreRisk } from '../../../src/domain/decision/risk-score.ts'
import { blockedBy } from '../../../src/domain/decision/blocking.ts'
import { BLOCK_REASONS } from '../../../src/domain/workflow/definition.ts'
import type { FormData, SessionState } from '../../../src/domain/session/state.ts'
import { richWorkflow, validationConfig } from '../../support/fixtures/workflow.ts'
import { CLEAN, childOf, extractionOf, hits, sessionOf, spoiled, uploaded, walletHit } from './session-state.ts'

const workflow = richWorkflow()
const score = (results: ResultsByCheck = CLEAN, person: FormData = {}, changes: Partial<SessionState> = {}) =>
  scoreRisk({
    state: sessionOf(workflow, { person: { full_name: 'A', country: 'SE', ...person } }, changes),
    workflow,
    requested: requestedChecks(workflow),
    results,
    today: '2026-11-23',
  })
const factors = (risk: ReturnType<typeof score>) =>
  Object.fromEntries(risk.risk_factors.map((factor) => [factor.factor, factor.points]))

describe('the risk score', () => {
  it('is zero for a clean session', () =>
    expect(score()).toEqual({ risk_score: 0, risk_level: 'low', risk_factors: [] }))

  it('is high for a listed wallet and for a name that is all but equal, medium for a similar name', () => {
    expect(score({ ...CLEAN, crypto: walletHit() })).toMatchObject({ risk_score: 80, risk_level: 'high' })
    expect(score({ ...CLEAN, watchlists: hits({ score: 0.99 }) })).toMatchObject({ risk_score: 80, risk_level: 'high' })
    expect(score({ ...CLEAN, watchlists: hits({ score: 0.86 }) })).toMatchObject({
      risk_score: 60,
      risk_level: 'medium',
    })
  })
  it('counts what was declared and where from, with the list and its date as evidence', () => {
    expect(factors(score(CLEAN, { is_pep: true, country: 'IR' }))).toEqual({ high_risk_country: 50, pep_declared: 30 })
    expect(score(CLEAN, { country: 'YE' }).risk_factors).toEqual([
      {
        factor: 'monitored_country',
        points: 20,
        evidence: 'residence YE: FATF increased monitoring, as of 2026-06-19',
      },
    ])
  })
  it('counts checks that could not run, up to a bound', () => {
    const one = spoiled(CLEAN, 'crypto', 'not_configured')
    expect(score(one).risk_factors).toEqual([
      { factor: 'checks_not_run', points: 10, evidence: 'crypto: not_configured' },
    ])
    expect(score({}).risk_score).toBe(RISK_POINTS.checks_not_run_at_most)
  })
  it('counts what is wrong with the documents, each kind once', () => {
    const extraction = extractionOf(
      { expiry_date: '2020-01-01' },
      {
        mrz: { format: 'TD3', lines: [], checks: {}, valid: false },
        warnings: [
          { code: 'glare', message: '' },
          { code: 'glare', message: '' },
        ],
      },
    )
    const documents = [
      uploaded({ extraction }),
      uploaded({ doc_id: 'doc_2', side: 'back', extraction: { ...extraction, doc_id: 'doc_2' } }),
    ]
    expect(factors(score(CLEAN, {}, { documents }))).toEqual({
      mrz_invalid: 25,
      document_expired: 15,
      document_warnings: 5,
    })
  })
  it('raises the case a little for an address that was listed once, and says until when', () => {
    const risk = score({ ...CLEAN, crypto: walletHit('ofac_sdn', '2025-03-21') })
    expect(factors(risk)).toEqual({ wallet_delisted: 10 })
    expect(risk.risk_factors[0]?.evidence).toBe('a wallet address was on ofac_sdn until 2025-03-21')
  })
  it('counts subsessions that were rejected or are open', () => {
    const subsessions = [
      childOf({ status: 'rejected', final_decision: 'rejected' }),
      childOf({ status: 'draft', final_decision: null }),
    ]
    expect(factors(score(CLEAN, {}, { subsessions }))).toEqual({
      subsession_rejected: 30,
      subsession_not_completed: 10,
    })
  })
  it('ends at 100, and the lightest factors say what was cut', () => {
    const risk = score({ ...CLEAN, crypto: walletHit(), watchlists: hits({ score: 1 }) }, { is_pep: true })
    expect(risk).toMatchObject({ risk_score: 100, risk_level: 'high' })
    expect(factors(risk)).toEqual({ watchlist_hit: 80, crypto_hit: 20, pep_declared: 0 })
    expect(risk.risk_factors[1]?.evidence).toContain('20 of 80 points counted')
  })
  it('keeps every factor when it cuts', () => {
    expect(
      capped([
        { factor: 'a', points: 100, evidence: 'x' },
        { factor: 'b', points: 5, evidence: 'y' },
      ]).map((one) => one.points),
    ).toEqual([100, 0])
  })
  it('has its levels at 30 and 70', () => {
    expect([0, 29, 30, 69, 70, 100].map(riskLevelOf)).toEqual(['low', 'low', 'medium', 'medium', 'high', 'high'])
  })
})

describe('what blocks a validation step', () => {
  const config = validationConfig()
  const blocked = (results: ResultsByCheck) => blockedBy({ results, blockOn: BLOCK_REASONS, config })
  it('is nothing in clean results', () => expect(blocked(CLEAN)).toEqual([]))
  it('is each finding under its own reason', () => {
    expect(blocked({ watchlists: hits({ score: 0.85 }) })).toEqual(['watchlist_hit'])
    expect(blocked({ watchlists: hits({ score: 0.99, whitelisted: true }) })).toEqual([])
    expect(blocked({ watchlists: { ...hits({ whitelisted: true }), is_truncated: true } })).toEqual(['watchlist_hit'])
    expect(blocked({ crypto: walletHit() })).toEqual(['crypto_hit'])
    expect(blocked({ crypto: walletHit('ofac_sdn', '2025-03-21') })).toEqual([])
    expect(blocked({ adverse_media: { ...CLEAN.adverse_media, level: 'high' } })).toEqual(['adverse_media_high'])
    expect(blocked({ face_match: { ...CLEAN.face_match, is_match: false } })).toEqual(['face_mismatch'])
    expect(blocked(spoiled({ crypto: CLEAN.crypto }, 'crypto', 'not_configured'))).toEqual(['check_error'])
  })
  it('is only what the step blocks on', () => {
    expect(blockedBy({ results: { crypto: walletHit() }, blockOn: ['check_error'], config })).toEqual([])
  })
})
