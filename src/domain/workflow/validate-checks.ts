// Whether the checks that a workflow asks for have something to look at, and whether its automation rules name things
// that are there. A rule that could never fire is refused: nobody would notice it in an approved session.

import { asksForCountry, asksForDocument, askedBy, lackingFor } from './asked.ts'
import type { Asked } from './asked.ts'
import { isCountryCode } from './countries.ts'
import type { AutomationRules, BlockReason, CheckName, DocumentRule, WorkflowDefinition } from './definition.ts'
import { CHECK_NAMES } from './definition.ts'
import type { Problems } from './problems.ts'
import { isWholeNumber } from './problems.ts'
import { validateCondition } from './validate-condition.ts'

const MAX_RULES = 300
const MAX_EXPIRY_DAYS = 3_650

export function validateChecks(definition: WorkflowDefinition, problems: Problems): void {
  const config = definition.validation_config
  const own = problems.at('validation_config')
  const asked = askedBy(definition.steps)
  const flags: [key: string, on: boolean, check: CheckName][] = [
    ['run_lists', config.run_lists, 'watchlists'],
    ['run_crypto', config.run_crypto, 'crypto'],
    ['run_adverse_media', config.run_adverse_media, 'adverse_media'],
    ['auto_face_match', config.auto_face_match, 'face_match'],
    ['run_web_validation', config.run_web_validation, 'web_validation'],
    ['cross_validation', config.cross_validation, 'cross_validation'],
  ]
  for (const [key, on, check] of flags) {
    const lack = on ? lackingFor(check, asked) : null
    if (lack !== null) own.add(key, lack)
  }
  for (const key of ['list_match_threshold', 'face_match_threshold'] as const) {
    if (!isShare(config[key])) own.add(key, 'use a number from 0 to 1')
  }
  if (config.lists.some((list) => list.trim() === '') || new Set(config.lists).size !== config.lists.length) {
    own.add('lists', 'name each list once, or leave it empty for all lists')
  }
  validateValidationSteps(definition, problems)
  validateRules(definition, asked, own.at('automation_rules'))
}

const isShare = (value: number): boolean => value >= 0 && value <= 1

const CHECK_BEHIND: Record<Exclude<BlockReason, 'check_error'>, CheckName> = {
  watchlist_hit: 'watchlists',
  crypto_hit: 'crypto',
  adverse_media_high: 'adverse_media',
  face_mismatch: 'face_match',
}

/** A validation step looks at what the steps before it brought in. */
function validateValidationSteps(definition: WorkflowDefinition, problems: Problems): void {
  for (const [index, step] of definition.steps.entries()) {
    if (step.type !== 'validation') continue
    const own = problems.at(`steps[${index}]`)
    if (step.validations.length === 0) own.add('validations', `name at least one check: ${CHECK_NAMES.join(', ')}`)
    if (new Set(step.validations).size !== step.validations.length) own.add('validations', 'name each check once')
    const before = askedBy(definition.steps.filter((one) => one.order < step.order))
    for (const [position, check] of step.validations.entries()) {
      const lack = lackingFor(check, before)
      if (lack !== null) own.add(`validations[${position}]`, `${check} ${lack} in a step before this one`)
    }
    for (const [position, reason] of step.block_on.entries()) {
      if (reason === 'check_error' || step.validations.includes(CHECK_BEHIND[reason])) continue
      own.add(
        `block_on[${position}]`,
        `${reason} comes from the check ${CHECK_BEHIND[reason]}, which is not in validations`,
      )
    }
  }
}

function validateRules(definition: WorkflowDefinition, asked: Asked, problems: Problems): void {
  const config = definition.validation_config
  const rules = config.automation_rules
  for (const kind of RULE_KINDS) {
    if (rules[kind].length > MAX_RULES) problems.add(kind, `give at most ${MAX_RULES} rules`)
  }
  for (const [index, rule] of rules.country_rules.entries()) {
    const own = problems.at(`country_rules[${index}]`)
    if (!isCountryCode(rule.country_code))
      own.add('country_code', 'use a two-letter country code in capitals (ISO 3166-1 alpha-2)')
    if (rule.applies_to.length === 0) own.add('applies_to', 'name at least one kind of country, or all')
    for (const [position, type] of rule.applies_to.entries()) {
      if (!asksForCountry(asked, type))
        own.add(
          `applies_to[${position}]`,
          `nothing in this workflow asks for a country of the kind ${type}, so this could never fire`,
        )
    }
  }
  for (const [index, rule] of rules.list_match_rules.entries()) {
    const own = problems.at(`list_match_rules[${index}]`)
    if (!config.run_lists && !config.run_crypto)
      own.add('', 'neither run_lists nor run_crypto is on, so this could never fire')
    if (!isShare(rule.min_score)) own.add('min_score', 'use a number from 0 to 1')
    for (const [position, list] of rule.lists.entries()) {
      if (config.lists.length > 0 && !config.run_crypto && !config.lists.includes(list))
        own.add(`lists[${position}]`, 'is not among validation_config.lists')
    }
  }
  for (const [index, rule] of rules.document_rules.entries()) {
    validateDocumentRule(rule, definition, asked, problems.at(`document_rules[${index}]`))
  }
  validateFieldRules(definition, rules, problems)
  for (const [index, rule] of rules.risk_rules.entries()) {
    if (!(rule.min_risk >= 0 && rule.min_risk <= 100))
      problems.add(`risk_rules[${index}].min_risk`, 'use a number from 0 to 100')
  }
}

const RULE_KINDS = [
  'country_rules',
  'list_match_rules',
  'document_rules',
  'form_field_rules',
  'subsession_rules',
  'risk_rules',
] as const

function validateDocumentRule(
  rule: DocumentRule,
  definition: WorkflowDefinition,
  asked: Asked,
  problems: Problems,
): void {
  const config = definition.validation_config
  const isSelfie = rule.document_type === 'selfie'
  const requirement = asksForDocument(asked, rule.document_type)
  if (requirement === null && !(isSelfie && asked.hasSelfie)) {
    problems.add('document_type', `this workflow does not ask for a ${rule.document_type}`)
    return
  }
  if (rule.condition === 'expires_within_days') {
    if (typeof rule.value !== 'number' || !isWholeNumber(rule.value, 0, MAX_EXPIRY_DAYS))
      problems.add('value', `give a whole number of days from 0 to ${MAX_EXPIRY_DAYS}`)
  } else if (rule.condition === 'issuing_country_in') {
    const codes = Array.isArray(rule.value) ? rule.value : []
    if (codes.length === 0 || !codes.every(isCountryCode))
      problems.add('value', 'give a list of two-letter country codes in capitals (ISO 3166-1 alpha-2)')
  } else if (rule.value !== undefined) {
    problems.add('value', `the condition ${rule.condition} takes no value`)
  }
  if (rule.condition === 'missing') return
  if (isSelfie) {
    if (rule.condition !== 'data_mismatch' && rule.condition !== 'unreadable')
      problems.add('condition', 'of a selfie only missing, unreadable and data_mismatch can be asked')
    else if (!config.auto_face_match) problems.add('condition', 'needs auto_face_match')
    return
  }
  if (rule.condition === 'data_mismatch' && !config.cross_validation)
    problems.add('condition', 'data_mismatch needs cross_validation')
  if (!asked.requirements.some((one) => one === requirement && one.auto_extract)) {
    problems.add(
      'condition',
      `${rule.condition} needs auto_extract on the ${requirement?.document_type ?? rule.document_type}`,
    )
  }
}

function validateFieldRules(definition: WorkflowDefinition, rules: AutomationRules, problems: Problems): void {
  const fields = definition.steps.flatMap((step) => (step.type === 'form_fill' ? step.custom_fields : []))
  for (const [index, rule] of rules.form_field_rules.entries()) {
    const own = problems.at(`form_field_rules[${index}]`)
    if ((rule.field_id === undefined) === (rule.field_key === undefined)) {
      own.add('', 'name the field by field_id or by field_key, one of them')
      continue
    }
    const key = rule.field_id === undefined ? 'field_key' : 'field_id'
    const field = fields.find((one) => one[key] === rule[key])
    if (field === undefined) own.add(key, `no such field: "${rule[key] ?? ''}" is not a field of any form_fill step`)
    else validateCondition(rule, field, own)
  }
}
