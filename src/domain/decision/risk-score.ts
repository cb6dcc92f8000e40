// How risky a session looks, 0–100, as points that each name their evidence and sum to the score. It orders a
// reviewer's queue and feeds risk_rules; it decides nothing by itself. Evidence names lists, checks, countries and
// counts, never a person. The weights are risk-points.ts.

import type { RiskFactor, SessionState } from '../session/state.ts'
import type { RiskLevel } from '../session/status.ts'
import type { CivilDate } from '../time.ts'
import { isCurrent } from '../document/document.ts'
import { evaluate } from '../workflow/conditions.ts'
import type { CheckName, WorkflowDefinition } from '../workflow/definition.ts'
import type { ResultsByCheck } from './check-results.ts'
import { daysUntilExpiry, isOtherType, requirementFor } from './document-facts.ts'
import {
  conflicts,
  cryptoHits,
  delistedCryptoHits,
  faceMismatch,
  failedLiveness,
  isInconsistent,
  openHitsAt,
} from './findings.ts'
import { formAnswers, namedCountries } from './form-values.ts'
import { CALL_FOR_ACTION, FATF_LISTS_AS_OF, INCREASED_MONITORING } from './high-risk-countries.ts'
import { currentExtractions, readNationalities } from './inputs.ts'
import { RISK_POINTS } from './risk-points.ts'
import { isSubsessionCompleted, isSubsessionRejected } from './rules.ts'

export const MAX_RISK = 100
export const MEDIUM_RISK_FROM = 30
export const HIGH_RISK_FROM = 70

const NEAR_EXACT = 0.97

export type RiskFacts = {
  state: SessionState
  workflow: WorkflowDefinition
  requested: readonly CheckName[]
  results: ResultsByCheck
  today: CivilDate
}

export type Risk = { risk_score: number; risk_level: RiskLevel; risk_factors: RiskFactor[] }

export function scoreRisk(facts: RiskFacts): Risk {
  const found = [
    ...checkFactors(facts),
    ...documentFactors(facts),
    ...formFactors(facts),
    ...relatedFactors(facts),
    ...gapFactors(facts),
  ]
  const risk_factors = capped(
    found.filter((factor) => factor.points > 0).toSorted((left, right) => right.points - left.points),
  )
  const risk_score = risk_factors.reduce((sum, factor) => sum + factor.points, 0)
  return { risk_score, risk_level: riskLevelOf(risk_score), risk_factors }
}

export const riskLevelOf = (score: number): RiskLevel =>
  score >= HIGH_RISK_FROM ? 'high' : score >= MEDIUM_RISK_FROM ? 'medium' : 'low'

/** The lightest factors give up points beyond 100 and say so: the sum stays the score, and no finding is lost. */
export function capped(factors: readonly RiskFactor[]): RiskFactor[] {
  let left = MAX_RISK
  return factors.map((factor) => {
    const points = Math.min(factor.points, left)
    left -= points
    if (points === factor.points) return factor
    return {
      ...factor,
      points,
      evidence: `${factor.evidence} (${points} of ${factor.points} points counted: the score ends at ${MAX_RISK})`,
    }
  })
}

function checkFactors({ workflow, results }: RiskFacts): RiskFactor[] {
  const factors: RiskFactor[] = []
  const hits = openHitsAt(results, workflow.validation_config.list_match_threshold)
  const best = hits.toSorted((left, right) => right.score - left.score)[0]
  if (best !== undefined) {
    const points = best.score >= NEAR_EXACT ? RISK_POINTS.watchlist_hit_near_exact : RISK_POINTS.watchlist_hit
    factors.push({
      factor: 'watchlist_hit',
      points,
      evidence: `${hits.length} hit(s), the best on ${best.list} with a score of ${best.score.toFixed(2)}`,
    })
  }
  const wallets = cryptoHits(results)
  if (wallets[0] !== undefined) {
    factors.push({
      factor: 'crypto_hit',
      points: RISK_POINTS.crypto_hit,
      evidence: `${wallets.length} wallet hit(s), first on ${wallets[0].list}`,
    })
  }
  const [delisted] = delistedCryptoHits(results)
  if (delisted !== undefined) {
    factors.push({
      factor: 'wallet_delisted',
      points: RISK_POINTS.wallet_delisted,
      evidence: `a wallet address was on ${delisted.list} until ${delisted.delisted_on ?? 'a day that is not known'}`,
    })
  }
  const media = results.adverse_media
  if (media !== undefined) {
    const evidence = `adverse media level ${media.level}, ${media.articles.length} article(s)`
    factors.push({ factor: 'adverse_media', points: RISK_POINTS.adverse_media[media.level], evidence })
  }
  const face = faceMismatch(results)
  if (face !== null) {
    const points =
      face.decision === 'no_match' || face.decision === 'match' ? RISK_POINTS.face_no_match : RISK_POINTS.face_uncertain
    factors.push({ factor: 'face_mismatch', points, evidence: `face comparison ended ${face.decision}` })
  }
  const liveness = failedLiveness(results)
  if (liveness !== null) {
    factors.push({
      factor: 'liveness_failed',
      points: RISK_POINTS.liveness_failed,
      evidence: `not passed in ${liveness.attempts} attempt(s)`,
    })
  }
  const contradictions = conflicts(results)
  if (contradictions.length > 0 || isInconsistent(results.cross_validation)) {
    const points = Math.min(
      Math.max(1, contradictions.length) * RISK_POINTS.conflict_each,
      RISK_POINTS.conflicts_at_most,
    )
    const fields = [...new Set(contradictions.map((one) => one.field))].join(', ')
    factors.push({
      factor: 'cross_validation_conflict',
      points,
      evidence: fields === '' ? 'sources are inconsistent' : `sources contradict on ${fields}`,
    })
  }
  const invalid = (results.crypto?.addresses ?? []).filter((address) => !address.valid)
  if (invalid.length > 0) {
    factors.push({
      factor: 'wallet_invalid',
      points: RISK_POINTS.wallet_invalid,
      evidence: `not a valid address in ${invalid.map((one) => one.field_key).join(', ')}`,
    })
  }
  const down = (results.web_validation?.sites ?? []).filter((site) => !site.reachable)
  if (down.length > 0)
    factors.push({
      factor: 'site_unreachable',
      points: RISK_POINTS.site_unreachable,
      evidence: `${down.length} web site(s) do not answer`,
    })
  return factors
}

function documentFactors({ state, workflow, results, today }: RiskFacts): RiskFactor[] {
  const extractions = currentExtractions(state, results)
  const expired = new Set<string>()
  const badMrz = new Set<string>()
  const otherType = new Set<string>()
  const warnings: string[] = []
  for (const document of state.documents.filter(isCurrent)) {
    const extraction = extractions.get(document.doc_id) ?? null
    const type = requirementFor(document, workflow)?.document_type ?? document.document_type
    const days = daysUntilExpiry(extraction, today)
    if (days !== null && days < 0) expired.add(type)
    if (extraction !== null && extraction.mrz !== null && !extraction.mrz.valid) badMrz.add(type)
    if (isOtherType(document, extraction)) otherType.add(type)
    for (const warning of [...document.warnings, ...(extraction?.warnings ?? [])])
      warnings.push(`${type}: ${warning.code}`)
  }
  const counted = [...new Set(warnings)].filter((warning) => !warning.endsWith(': type_mismatch'))
  const factor = (name: string, points: number, evidence: string[]): RiskFactor[] =>
    evidence.length === 0 ? [] : [{ factor: name, points, evidence: evidence.join(', ') }]
  return [
    ...factor('document_expired', RISK_POINTS.document_expired, [...expired]),
    ...factor('mrz_invalid', RISK_POINTS.mrz_invalid, [...badMrz]),
    ...factor('document_type_mismatch', RISK_POINTS.document_type_mismatch, [...otherType]),
    ...factor(
      'document_warnings',
      Math.min(counted.length * RISK_POINTS.document_warning_each, RISK_POINTS.document_warnings_at_most),
      counted,
    ),
  ]
}

/** Truth as people and forms write it. */
const YES = [true, 'true', 'yes', 'y', '1']

function formFactors({ state, workflow, results }: RiskFacts): RiskFactor[] {
  const answers = formAnswers(state, workflow)
  const factors: RiskFactor[] = []
  const peps = answers.filter(({ field, value }) => {
    const answer = typeof value === 'string' ? value.trim().toLowerCase() : value
    return field.field_key === 'is_pep' && evaluate('in', answer, YES)
  })
  if (peps.length > 0) {
    factors.push({
      factor: 'pep_declared',
      points: RISK_POINTS.pep_declared,
      evidence: `declared in ${peps.map((one) => one.key).join(', ')}`,
    })
  }
  const named = [
    ...namedCountries(answers).map((one) => ({ code: one.country_code, type: one.type.replaceAll('_', ' ') })),
    ...readNationalities(currentExtractions(state, results)).map((code) => ({ code, type: 'nationality' })),
  ]
  const listed = (list: ReadonlySet<string>) => [
    ...new Set(named.filter((one) => list.has(one.code)).map((one) => `${one.type} ${one.code}`)),
  ]
  const push = (factor: string, points: number, countries: string[], list: string) => {
    if (countries.length === 0) return
    factors.push({ factor, points, evidence: `${countries.join(', ')}: FATF ${list}, as of ${FATF_LISTS_AS_OF}` })
  }
  push('high_risk_country', RISK_POINTS.call_for_action_country, listed(CALL_FOR_ACTION), 'call for action')
  push(
    'monitored_country',
    RISK_POINTS.increased_monitoring_country,
    listed(INCREASED_MONITORING),
    'increased monitoring',
  )
  return factors
}

function relatedFactors({ state }: RiskFacts): RiskFactor[] {
  const rejected = state.subsessions.filter(isSubsessionRejected).length
  const open = state.subsessions.filter((child) => !isSubsessionCompleted(child)).length
  const evidence = (count: number, word: string) => `${count} of ${state.subsessions.length} subsessions ${word}`
  return [
    {
      factor: 'subsession_rejected',
      points: rejected > 0 ? RISK_POINTS.subsession_rejected : 0,
      evidence: evidence(rejected, 'rejected'),
    },
    {
      factor: 'subsession_not_completed',
      points: open > 0 ? RISK_POINTS.subsession_not_completed : 0,
      evidence: evidence(open, 'not completed'),
    },
  ]
}

function gapFactors({ requested, results }: RiskFacts): RiskFactor[] {
  const gaps = requested.filter((check) => (results[check]?.state ?? 'error') !== 'ok')
  const points = Math.min(gaps.length * RISK_POINTS.check_not_run_each, RISK_POINTS.checks_not_run_at_most)
  const evidence = gaps.map((check) => `${check}: ${results[check]?.state ?? 'error'}`).join(', ')
  return [{ factor: 'checks_not_run', points, evidence }]
}
