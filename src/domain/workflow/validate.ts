// Whether the parts of a workflow fit together: ids, order, limits, and that what names something names something that
// is there. Fields are validate-fields.ts, checks and rules validate-checks.ts. It knows nothing of other workflows.

import { MAX_FILE_BYTES } from '../document/document.ts'
import type { ErrorDetail } from '../errors.ts'
import { normalizeUrl } from './contact-values.ts'
import type { DocumentUploadStep, LivenessConfig, SubsessionCollectionStep, WorkflowDefinition } from './definition.ts'
import type { Problems } from './problems.ts'
import { IDENTIFIER_RULE, isIdentifier, isWholeNumber, problemList, refuseRepeats } from './problems.ts'
import { validateChecks } from './validate-checks.ts'
import { validateFields } from './validate-fields.ts'

export const MAX_STEPS = 50
export const MAX_TTL_DAYS = 365
const MAX_TAGS = 50
const MAX_SUBSESSIONS = 100

/** Everything that is wrong, each with its path; steps are looked at in the order they were sent in. */
export function definitionProblems(definition: WorkflowDefinition): ErrorDetail[] {
  const { list, root } = problemList()
  validateHead(definition, root)
  validateSteps(definition, root)
  validateChecks(definition, root)
  return list
}

function validateHead(definition: WorkflowDefinition, problems: Problems): void {
  if (definition.name === '' || definition.name.length > 200) problems.add('name', 'use 1 to 200 characters')
  if (definition.ttl_days !== null && !isWholeNumber(definition.ttl_days, 1, MAX_TTL_DAYS)) {
    problems.add('ttl_days', `use a whole number of days from 1 to ${MAX_TTL_DAYS}`)
  }
  if (definition.language !== null && !/^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/.test(definition.language)) {
    problems.add('language', 'use a BCP 47 language tag, for example en or pt-BR')
  }
  for (const key of ['tags', 'custom_tags'] as const) {
    if (definition[key].length > MAX_TAGS) problems.add(key, `use at most ${MAX_TAGS} tags`)
    for (const [index, tag] of definition[key].entries()) {
      if (tag.trim() === '' || tag.length > 100) problems.add(`${key}[${index}]`, 'use 1 to 100 characters')
    }
  }
  const consent = definition.consent
  if (consent === null) return
  if (consent.version.trim() === '')
    problems.add('consent.version', 'must not be empty: it is what the person is recorded to have agreed to')
  if (consent.text.trim() === '') problems.add('consent.text', 'must not be empty')
  if (consent.privacy_url !== null && normalizeUrl(consent.privacy_url) === null) {
    problems.add('consent.privacy_url', 'use a full web address that starts with https://')
  }
}

function validateSteps(definition: WorkflowDefinition, problems: Problems): void {
  const steps = definition.steps
  if (steps.length === 0) problems.add('steps', 'give at least one step')
  if (steps.length > MAX_STEPS) problems.add('steps', `give at most ${MAX_STEPS} steps; there are ${steps.length}`)
  const stepIds = steps.map((step) => step.step_id)
  refuseRepeats(stepIds, problems, (index) => `steps[${index}].step_id`, 'step_id')
  const orders = steps.map((step) => step.order)
  if (orders.toSorted((left, right) => left - right).some((order, index) => order !== index + 1)) {
    for (const [index, order] of orders.entries()) {
      const isFirst = orders.indexOf(order) === index
      if (!isWholeNumber(order, 1, steps.length))
        problems.add(
          `steps[${index}].order`,
          `orders must run from 1 to ${steps.length} without a gap; this is ${order}`,
        )
      else if (!isFirst)
        problems.add(`steps[${index}].order`, `order ${order} is already used by steps[${orders.indexOf(order)}].order`)
    }
  }
  for (const [index, step] of steps.entries()) {
    const own = problems.at(`steps[${index}]`)
    if (!isIdentifier(step.step_id)) own.add('step_id', IDENTIFIER_RULE)
    if (step.name === '' || step.name.length > 200) own.add('name', 'use 1 to 200 characters')
    if (step.type === 'document_upload') validateRequirements(step, own)
    if (step.type === 'form_fill') validateFields(step.custom_fields, own.at('custom_fields'), 'form')
    if (step.type === 'liveness') validateLiveness(step.liveness_config, own.at('liveness_config'))
    if (step.type === 'subsession_collection') validateCollection(step, own)
  }
  refuseSharedNames(definition, problems)
}

/** A field is named alone by rules, corrections and webhooks, so its id and key are one of a kind in the workflow. */
function refuseSharedNames(definition: WorkflowDefinition, problems: Problems): void {
  const fields = definition.steps.flatMap((step, stepIndex) =>
    step.type === 'form_fill'
      ? step.custom_fields.map((field, index) => ({ ...field, path: `steps[${stepIndex}].custom_fields[${index}]` }))
      : [],
  )
  const pathOf = (key: string) => (index: number) => `${fields[index]?.path ?? ''}.${key}`
  refuseRepeats(
    fields.map((field) => field.field_id),
    problems,
    pathOf('field_id'),
    'field_id',
  )
  refuseRepeats(
    fields.map((field) => field.field_key),
    problems,
    pathOf('field_key'),
    'field_key',
  )
  for (const field of fields) {
    const other = fields.find(
      (one) => one.field_id === field.field_key && one.field_id !== field.field_id && one.field_key !== field.field_key,
    )
    if (other !== undefined)
      problems.add(
        `${field.path}.field_key`,
        `field_key "${field.field_key}" is the field_id of ${other.path}; answers may be sent under either, so use another`,
      )
  }
}

function validateRequirements(step: DocumentUploadStep, problems: Problems): void {
  const requirements = step.document_requirements
  if (requirements.length === 0 || requirements.length > 20)
    problems.add('document_requirements', 'give 1 to 20 documents')
  refuseRepeats(
    requirements.map((requirement) => requirement.document_type),
    problems,
    (index) => `document_requirements[${index}].document_type`,
    'document_type',
  )
  for (const [index, requirement] of requirements.entries()) {
    const own = problems.at(`document_requirements[${index}]`)
    if (requirement.display_name.trim() === '') own.add('display_name', 'must not be empty')
    if (new Set(requirement.sides).size !== requirement.sides.length) own.add('sides', 'name each side once')
    if (requirement.accepted_mime_types.length === 0) own.add('accepted_mime_types', 'accept at least one type')
    if (!isWholeNumber(requirement.max_size, 1, MAX_FILE_BYTES))
      own.add('max_size', `use bytes from 1 to ${MAX_FILE_BYTES}`)
    if (requirement.document_type === 'selfie' && requirement.accepted_mime_types.includes('application/pdf')) {
      own.add('accepted_mime_types', 'a selfie is a picture; leave out application/pdf')
    }
    if (requirement.document_type === 'selfie' && requirement.auto_extract)
      own.add('auto_extract', 'a selfie holds no text to extract')
  }
}

function validateLiveness(config: LivenessConfig, problems: Problems): void {
  if (!(config.min_confidence >= 0 && config.min_confidence <= 100))
    problems.add('min_confidence', 'use a number from 0 to 100')
  if (!isWholeNumber(config.max_retries, 0, 10)) problems.add('max_retries', 'use a whole number from 0 to 10')
  if (config.challenge_type === 'active' && config.challenges.length === 0) {
    problems.add('challenges', 'name at least one challenge, or use challenge_type passive')
  }
  if (new Set(config.challenges).size !== config.challenges.length)
    problems.add('challenges', 'name each challenge once')
}

function validateCollection(step: SubsessionCollectionStep, problems: Problems): void {
  if (step.relationships.length === 0) problems.add('relationships', 'allow at least one relationship')
  if (new Set(step.relationships).size !== step.relationships.length)
    problems.add('relationships', 'name each relationship once')
  if (!isWholeNumber(step.min, 0, MAX_SUBSESSIONS))
    problems.add('min', `use a whole number from 0 to ${MAX_SUBSESSIONS}`)
  if (!isWholeNumber(step.max, 1, MAX_SUBSESSIONS))
    problems.add('max', `use a whole number from 1 to ${MAX_SUBSESSIONS}`)
  if (step.min > step.max) problems.add('min', `must not be more than max (${step.max})`)
}
