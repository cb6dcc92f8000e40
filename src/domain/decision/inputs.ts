// What the checks of a session may look at, found by field type and properties first, then by reserved keys, then in
// what extraction read. It gathers; it does not screen, compare or decide. Personal data: never queued, never logged.

import { isCurrent } from '../document/document.ts'
import type { SessionState } from '../session/state.ts'
import { toCountryCode } from '../workflow/countries.ts'
import type { CountryType, WorkflowDefinition } from '../workflow/definition.ts'
import type { CheckInputs, DocumentExtraction, ResultsByCheck } from './check-results.ts'
import { requirementFor } from './document-facts.ts'
import type { FormAnswer } from './form-values.ts'
import { countryTypeOf, formAnswers, namedCountries, partOf, textOf } from './form-values.ts'
import { isCompanyName, personName, reserved, screenedNames } from './screened-names.ts'

type Subject = CheckInputs['subject']

export function gatherInputs(input: {
  state: SessionState
  workflow: WorkflowDefinition
  /** Results of the same run that came before. */
  previous: ResultsByCheck
  explainMisses: boolean
}): CheckInputs {
  const { state, workflow, previous } = input
  const answers = formAnswers(state, workflow)
  const extractions = currentExtractions(state, previous)
  const config = workflow.validation_config
  const own = answers.filter((answer) => answer.entity === null)
  return {
    session_id: state.session_id,
    subject: subjectOf(answers, extractions, workflow),
    wallets: answers.flatMap(({ field, key, value }) => {
      const [network, address] = [partOf(value, 'network'), partOf(value, 'address')]
      return field.type === 'wallet' && network !== null && address !== null
        ? [{ field_key: key, network, address }]
        : []
    }),
    urls: urlsOf(answers),
    form: Object.fromEntries(own.map(({ field, value }) => [field.field_key, value])),
    form_fields: own.map(({ field, value }) => ({
      field_key: field.field_key,
      field_id: field.field_id,
      type: field.type,
      name: field.name,
      value,
      ...(field.type === 'country' ? { country_type: countryTypeOf(field) } : {}),
    })),
    documents: state.documents.filter(isCurrent).map((document) => ({
      doc_id: document.doc_id,
      document_type: document.document_type,
      side: document.side,
      mime_type: document.mime_type,
      size: document.size,
      sha256: document.sha256 ?? '',
      auto_extract: requirementFor(document, workflow)?.auto_extract ?? false,
      extraction: extractions.get(document.doc_id) ?? null,
    })),
    liveness_frame_doc_id: livenessFrame(state, workflow),
    options: {
      lists: config.lists,
      list_match_threshold: lowestScoreOfInterest(config),
      face_match_threshold: config.face_match_threshold,
      explain_misses: input.explainMisses,
    },
    previous,
  }
}

/** A rule below this does not widen the search: so far down nearly every name is near to some entry. */
const LOWEST_RULE_SCORE = 0.5

/** The workflow's threshold, or that of a rule that wants to know of less. */
function lowestScoreOfInterest({ list_match_threshold, automation_rules }: WorkflowDefinition['validation_config']) {
  const scores = automation_rules.enabled ? automation_rules.list_match_rules.map((rule) => rule.min_score) : []
  return Math.min(list_match_threshold, ...scores.map((score) => Math.max(score, LOWEST_RULE_SCORE)))
}

function livenessFrame(state: SessionState, workflow: WorkflowDefinition): string | null {
  const frames = workflow.steps.flatMap((step) => {
    if (step.type !== 'liveness' || !step.liveness_config.use_for_face_match) return []
    const result = state.steps.find((one) => one.step_id === step.step_id)?.liveness?.result ?? null
    return result?.passed === true && result.best_frame_doc_id !== null ? [result.best_frame_doc_id] : []
  })
  return frames.at(-1) ?? null
}

/** By doc_id, of current documents only: what this run read, else what an earlier one did. */
export function currentExtractions(state: SessionState, results: ResultsByCheck): Map<string, DocumentExtraction> {
  const found = new Map<string, DocumentExtraction>()
  for (const document of state.documents.filter(isCurrent)) {
    const fresh = results.extraction?.documents.find((one) => one.doc_id === document.doc_id) ?? document.extraction
    if (fresh !== null) found.set(document.doc_id, fresh)
  }
  return found
}

function subjectOf(
  answers: FormAnswer[],
  extractions: Map<string, DocumentExtraction>,
  workflow: WorkflowDefinition,
): Subject {
  const own = answers.filter((answer) => answer.entity === null)
  const read = (field: string) => readFromDocuments(extractions, field)
  const companyName =
    textOf(own.find((one) => isCompanyName(one))?.value) ??
    (isOnlyCompany(workflow) ? (read('company_name')?.value ?? null) : null)
  const isPersonOnly = workflow.entity_types.length > 0 && workflow.entity_types.every((type) => type === 'individual')
  const kind: Subject['kind'] =
    isOnlyCompany(workflow) || (companyName !== null && !isPersonOnly) ? 'company' : 'individual'
  const person = personName(own)
  const readName = person === null ? nameFromDocuments(extractions) : null
  const name = kind === 'company' ? companyName : (person ?? readName?.value ?? null)
  const names = screenedNames(answers, { kind, name })
  if (kind === 'individual' && readName !== null) {
    names.unshift({ value: readName.value, source: readName.source, validate_lists: true, kind: 'individual' })
  }
  if (
    kind === 'company' &&
    companyName !== null &&
    !names.some((name) => name.kind === 'company' && name.value === companyName)
  ) {
    names.unshift({
      value: companyName,
      source: `document.${read('company_name')?.source ?? ''}`,
      validate_lists: true,
      kind: 'company',
    })
  }
  const formNumber = reserved(own, 'document_number')
  const numbers = [...extractions.values()].map((one) => one.fields['document_number']?.value ?? null)
  return {
    kind,
    name,
    names,
    date_of_birth: reserved(own, 'date_of_birth') ?? read('date_of_birth')?.value ?? null,
    gender: reserved(own, 'gender') ?? read('sex')?.value ?? null,
    countries: subjectCountries(own, extractions),
    document_numbers: [...new Set([formNumber, ...numbers].filter((number) => number !== null))],
    company_name: companyName,
    registration_number: reserved(own, 'registration_number') ?? read('registration_number')?.value ?? null,
    tax_id: reserved(own, 'tax_id') ?? read('tax_id')?.value ?? null,
  }
}

const isOnlyCompany = (workflow: WorkflowDefinition): boolean =>
  workflow.entity_types.length > 0 && workflow.entity_types.every((type) => type === 'company')

const IDENTITY_FIRST = ['passport', 'id', 'residence_permit', 'driver_license'] as const

/** From the document that says most about a person, then from any. */
function readFromDocuments(
  extractions: Map<string, DocumentExtraction>,
  field: string,
): { value: string; source: string } | null {
  const rank = (one: DocumentExtraction) => {
    const place = IDENTITY_FIRST.findIndex((type) => type === one.document_type)
    return place === -1 ? IDENTITY_FIRST.length : place
  }
  for (const one of [...extractions.values()].toSorted((left, right) => rank(left) - rank(right))) {
    const value = one.fields[field]?.value.trim() ?? ''
    if (value !== '') return { value, source: one.document_type ?? 'document' }
  }
  return null
}

function nameFromDocuments(extractions: Map<string, DocumentExtraction>): { value: string; source: string } | null {
  const whole = readFromDocuments(extractions, 'full_name')
  const given = readFromDocuments(extractions, 'given_names')
  const surname = readFromDocuments(extractions, 'surname')
  const pieced = [given?.value, surname?.value].filter((part) => part !== undefined).join(' ')
  const value = whole?.value ?? pieced
  const source = (whole ?? surname ?? given)?.source
  return value === '' || source === undefined ? null : { value, source: `document.${source}` }
}

function subjectCountries(own: FormAnswer[], extractions: Map<string, DocumentExtraction>): Subject['countries'] {
  const countries: Subject['countries'] = []
  const add = (code: string | null, type: CountryType) => {
    if (code !== null && !countries.some((one) => one.country_code === code && one.type === type))
      countries.push({ country_code: code, type })
  }
  for (const named of namedCountries(own)) add(named.country_code, named.type)
  for (const code of readNationalities(extractions)) add(code, 'nationality')
  return countries
}

export const readNationalities = (extractions: Map<string, DocumentExtraction>): string[] =>
  [...extractions.values()]
    .map((one) => toCountryCode(one.fields['nationality']?.value ?? ''))
    .filter((code) => code !== null)

function urlsOf(answers: FormAnswer[]): CheckInputs['urls'] {
  return answers.flatMap(({ field, key, value }) => {
    const text = textOf(value)
    if (text === null) return []
    const isSite =
      field.type === 'url' || field.type === 'domain' || (field.type === 'text' && field.field_key === 'website')
    return isSite ? [{ field_key: key, url: /^https?:\/\//i.test(text) ? text : `https://${text}` }] : []
  })
}
