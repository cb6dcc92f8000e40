// Which of a workflow's automation rules fire on a session, and which findings a fired rule speaks for. What the fired
// actions add up to is decide-outcome.ts; what no rule may wave through is floors.ts.

import { isCurrent } from '../document/document.ts'
import type { SessionDocument } from '../document/document.ts'
import type { SessionState, SubsessionRef } from '../session/state.ts'
import type { CivilDate } from '../time.ts'
import { evaluate, isVisible } from '../workflow/conditions.ts'
import { toCountryCode } from '../workflow/countries.ts'
import type {
  AutomationRules,
  CountryRule,
  DocumentRule,
  FormField,
  FormFieldRule,
  ListMatchRule,
  RuleAction,
  SubsessionRule,
  WorkflowDefinition,
} from '../workflow/definition.ts'
import type { Comparison, DocumentExtraction, ResultsByCheck } from './check-results.ts'
import { countsAs, daysUntilExpiry, isOtherType, isUnreadable } from './document-facts.ts'
import { conflicts, cryptoHits, faceMismatch, openHits } from './findings.ts'
import { formAnswers, namedCountries } from './form-values.ts'
import { currentExtractions, readNationalities } from './inputs.ts'

export type FiredRule = { rule: string; action: RuleAction; reason: string }

export type RuleFacts = {
  state: SessionState
  workflow: WorkflowDefinition
  results: ResultsByCheck
  today: CivilDate
  riskScore: number
}

export function firedRules(facts: RuleFacts): FiredRule[] {
  const rules = facts.workflow.validation_config.automation_rules
  return [
    ...fire('country_rules', rules.country_rules, (rule) => countryReason(rule, facts)),
    ...fire('list_match_rules', rules.list_match_rules, (rule) => listReason(rule, facts.results)),
    ...fire('document_rules', rules.document_rules, (rule) => documentReason(rule, facts)),
    ...fire('form_field_rules', rules.form_field_rules, (rule) => fieldReason(rule, facts)),
    ...fire('subsession_rules', rules.subsession_rules, (rule) => subsessionReason(rule, facts.state.subsessions)),
    ...fire('risk_rules', rules.risk_rules, (rule) =>
      facts.riskScore >= rule.min_risk ? `The risk score ${facts.riskScore} is at least ${rule.min_risk}.` : null,
    ),
  ]
}

function fire<R extends { action: RuleAction }>(
  kind: keyof AutomationRules,
  rules: readonly R[],
  reasonOf: (rule: R) => string | null,
): FiredRule[] {
  return rules.flatMap((rule, index) => {
    const reason = reasonOf(rule)
    return reason === null ? [] : [{ rule: `${kind}[${index}]`, action: rule.action, reason }]
  })
}

function countryReason(rule: CountryRule, { state, workflow, results }: RuleFacts): string | null {
  const named = [
    ...namedCountries(formAnswers(state, workflow)),
    ...readNationalities(currentExtractions(state, results)).map((code) => ({
      country_code: code,
      type: 'nationality' as const,
      key: 'the identity document',
    })),
  ]
  const match = named.find(
    (one) =>
      one.country_code === rule.country_code && (rule.applies_to.includes('all') || rule.applies_to.includes(one.type)),
  )
  if (match === undefined) return null
  return rule.reason ?? `The ${match.type.replaceAll('_', ' ')} is ${match.country_code} (${match.key}).`
}

const isOnLists = (list: string, lists: readonly string[]): boolean =>
  lists.length === 0 || lists.some((one) => one.toLowerCase() === list.toLowerCase())

/** Whether the rule is about this hit; an address on a list is there with certainty, score 1. */
export const namesHit = (rule: ListMatchRule, hit: { list: string; score: number }): boolean =>
  isOnLists(hit.list, rule.lists) && hit.score >= rule.min_score

function listReason(rule: ListMatchRule, results: ResultsByCheck): string | null {
  const names = openHits(results).filter((hit) => namesHit(rule, hit))
  const best = names.toSorted((left, right) => right.score - left.score)[0]
  if (best !== undefined)
    return `A name matches the list ${best.list} with a score of ${best.score.toFixed(2)} (at least ${rule.min_score}).`
  const address = cryptoHits(results).find((hit) => namesHit(rule, { list: hit.list, score: 1 }))
  return address === undefined ? null : `A wallet address is on the list ${address.list}.`
}

function documentReason(rule: DocumentRule, facts: RuleFacts): string | null {
  const extractions = currentExtractions(facts.state, facts.results)
  const documents = facts.state.documents.filter(
    (document) =>
      isCurrent(document) && countsAs(rule.document_type, document, extractions.get(document.doc_id) ?? null),
  )
  const label = rule.document_type.replaceAll('_', ' ')
  if (rule.condition === 'missing') return documents.length === 0 ? `No ${label} was uploaded.` : null
  for (const document of documents) {
    const reason = conditionReason(rule, document, extractions.get(document.doc_id) ?? null, label, facts)
    if (reason !== null) return reason
  }
  return null
}

function conditionReason(
  rule: DocumentRule,
  document: SessionDocument,
  extraction: DocumentExtraction | null,
  label: string,
  { results, today }: RuleFacts,
): string | null {
  const days = daysUntilExpiry(extraction, today)
  switch (rule.condition) {
    case 'missing':
      return null
    case 'expired':
      return days !== null && days < 0 ? `The ${label} has expired.` : null
    case 'expires_within_days': {
      const limit = typeof rule.value === 'number' ? rule.value : 0
      return days !== null && days <= limit ? `The ${label} expires within ${limit} days or has expired.` : null
    }
    case 'unreadable': {
      const face = document.document_type === 'selfie' ? faceMismatch(results) : null
      if (face !== null)
        return face.decision === 'no_reliable_face' ? `No face can be recognised reliably in the ${label}.` : null
      const wasRead = results.extraction?.state === 'ok' && document.document_type !== 'selfie'
      // The back of a card often holds no text of its own: one readable side of the same document is enough.
      return wasRead && document.side !== 'back' && isUnreadable(extraction) ? `The ${label} could not be read.` : null
    }
    case 'mrz_invalid':
      return extraction !== null && extraction.mrz !== null && !extraction.mrz.valid
        ? `The machine-readable zone of the ${label} fails its check digits.`
        : null
    case 'type_mismatch':
      return isOtherType(document, extraction) ? `The file sent as ${label} looks like another kind of document.` : null
    case 'data_mismatch': {
      if (document.document_type === 'selfie')
        return faceMismatch(results) === null ? null : 'The selfie does not match the document.'
      const conflict = conflicts(results).find((comparison) => isAbout(comparison, document, extraction))
      return conflict === undefined
        ? null
        : `The ${label} contradicts another source on ${conflict.field.replaceAll('_', ' ')}.`
    }
    case 'issuing_country_in': {
      const country = toCountryCode(extraction?.issuing_country ?? '')
      return country !== null && Array.isArray(rule.value) && rule.value.includes(country)
        ? `The ${label} was issued by ${country}.`
        : null
    }
  }
}

/** A comparison names a source like `passport.{doc_id}`, by the type alone, or `form.{field_key}`. */
export function isAbout(
  comparison: Comparison,
  document: SessionDocument,
  extraction: DocumentExtraction | null,
): boolean {
  return [comparison.left.source, comparison.right.source].some((source) => {
    const words = source.split(/[^A-Za-z0-9_]+/)
    if (words[0] === 'form') return false
    if (words.some((word) => word.startsWith('doc_'))) return words.includes(document.doc_id)
    return (
      words.includes(document.document_type) || (extraction !== null && words.includes(extraction.document_type ?? ''))
    )
  })
}

export function ruleField(
  workflow: WorkflowDefinition,
  rule: FormFieldRule,
): { field: FormField; step_id: string; fields: FormField[] } | null {
  for (const step of workflow.steps) {
    if (step.type !== 'form_fill') continue
    const field = step.custom_fields.find((one) =>
      rule.field_id === undefined ? one.field_key === rule.field_key : one.field_id === rule.field_id,
    )
    if (field !== undefined) return { field, step_id: step.step_id, fields: step.custom_fields }
  }
  return null
}

/** A field that is hidden was not asked: no rule about it fires. One left empty, or in a skipped step, is empty. */
function fieldReason(rule: FormFieldRule, { state, workflow }: RuleFacts): string | null {
  const found = ruleField(workflow, rule)
  if (found === null) return null
  const step = state.steps.find((one) => one.step_id === found.step_id)
  const data = step === undefined || step.status === 'skipped' ? {} : step.form_data
  if (!isVisible(found.field, data, found.fields)) return null
  const expected =
    rule.value === undefined ? '' : ` ${Array.isArray(rule.value) ? rule.value.join(', ') : String(rule.value)}`
  return evaluate(rule.operator, data[found.field.field_id], rule.value)
    ? `The answer to "${found.field.name}" ${rule.operator.replaceAll('_', ' ')}${expected}.`
    : null
}

export const isSubsessionCompleted = (child: SubsessionRef): boolean =>
  child.status === 'completed' || child.status === 'processing' || child.status === 'processed' || isJudged(child)

const isJudged = (child: SubsessionRef): boolean =>
  child.status === 'manual_review' || child.status === 'approved' || child.status === 'rejected'

export const isSubsessionRejected = (child: SubsessionRef): boolean =>
  child.status === 'rejected' || child.final_decision === 'rejected'

export const isSubsessionApproved = (child: SubsessionRef): boolean => child.status === 'approved'

function subsessionReason(rule: SubsessionRule, children: readonly SubsessionRef[]): string | null {
  const count = (holds: (child: SubsessionRef) => boolean) => children.filter(holds).length
  switch (rule.condition) {
    case 'any_rejected':
      return count(isSubsessionRejected) > 0
        ? `${count(isSubsessionRejected)} of ${children.length} subsessions were rejected.`
        : null
    case 'any_not_completed': {
      const open = count((child) => !isSubsessionCompleted(child))
      return open > 0 ? `${open} of ${children.length} subsessions are not completed.` : null
    }
    case 'any_not_approved': {
      const open = count((child) => !isSubsessionApproved(child))
      return open > 0 ? `${open} of ${children.length} subsessions are not approved.` : null
    }
  }
}
