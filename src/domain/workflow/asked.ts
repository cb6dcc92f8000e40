// What a workflow asks people for, as far as checks and rules can work with it. Used to refuse a check that could
// never have anything to look at.

import { countryTypeOf } from '../decision/form-values.ts'
import type { CheckName, CountryType, DocumentRequirement, FormField, WorkflowStep } from './definition.ts'
import { IDENTITY_DOCUMENT_TYPES } from './definition.ts'

export type Asked = {
  requirements: DocumentRequirement[]
  hasSelfie: boolean
  hasLiveness: boolean
  /** The forms' own fields and those of entries. */
  fields: FormField[]
}

export function askedBy(steps: readonly WorkflowStep[]): Asked {
  const requirements = steps.flatMap((step) => (step.type === 'document_upload' ? step.document_requirements : []))
  const fields = steps.flatMap((step) => (step.type === 'form_fill' ? step.custom_fields : []))
  return {
    requirements,
    hasSelfie:
      steps.some((step) => step.type === 'selfie') || requirements.some((one) => one.document_type === 'selfie'),
    hasLiveness: steps.some((step) => step.type === 'liveness'),
    fields: fields.flatMap((field) => [field, ...(field.item_fields ?? [])]),
  }
}

const isIdentity = (requirement: DocumentRequirement): boolean =>
  IDENTITY_DOCUMENT_TYPES.some((type) => type === requirement.document_type)

/** Whether a document of the type can come in: `id` takes any identity document, and any of them counts as `id`. */
export const asksForDocument = (asked: Asked, type: string): DocumentRequirement | null =>
  asked.requirements.find((one) => one.document_type === type) ??
  asked.requirements.find(
    (one) =>
      isIdentity(one) &&
      (type === 'id' || (one.document_type === 'id' && IDENTITY_DOCUMENT_TYPES.some((other) => other === type))),
  ) ??
  null

export function asksForCountry(asked: Asked, type: CountryType | 'all'): boolean {
  const readsNationality = asked.requirements.some((one) => isIdentity(one) && one.auto_extract)
  const types = new Set<CountryType>(readsNationality ? ['nationality'] : [])
  for (const field of asked.fields) {
    if (field.type === 'country') types.add(countryTypeOf(field))
    if (field.type === 'address') types.add('residence')
  }
  return type === 'all' ? types.size > 0 : types.has(type)
}

const NAME_KEYS = ['full_name', 'first_name', 'last_name', 'company_name']

/** What a check still lacks, as an instruction; null when it has something to look at. */
export function lackingFor(check: CheckName, asked: Asked): string | null {
  const extracts = asked.requirements.some((one) => one.auto_extract)
  const hasName =
    extracts ||
    asked.fields.some(
      (field) => field.type === 'name' || NAME_KEYS.includes(field.field_key) || field.validate_lists === true,
    )
  const has: Record<CheckName, string | null> = {
    watchlists: hasName ? null : 'needs a name: a field of type name, or a document with auto_extract',
    adverse_media: hasName ? null : 'needs a name: a field of type name, or a document with auto_extract',
    crypto: asked.fields.some((field) => field.type === 'wallet') ? null : 'needs a field of type wallet',
    face_match: faceLack(asked),
    liveness: asked.hasLiveness ? null : 'needs a liveness step',
    web_validation: asked.fields.some(
      (field) => field.type === 'url' || field.type === 'domain' || field.field_key === 'website',
    )
      ? null
      : 'needs a field of type url or domain',
    extraction: extracts ? null : 'needs a document with auto_extract',
    cross_validation: extracts ? null : 'needs a document with auto_extract to compare the form with',
  }
  return has[check]
}

function faceLack(asked: Asked): string | null {
  if (!asked.requirements.some(isIdentity)) return 'needs an identity document to compare the face with'
  return asked.hasSelfie || asked.hasLiveness ? null : 'needs a selfie or liveness step'
}
