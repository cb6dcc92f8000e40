import { z } from '@hono/zod-openapi'
import { CountryTypeName, FieldTypeName, OperatorName } from './words.ts'

const Scalar = z.union([z.string(), z.number(), z.boolean(), z.null()])
export const ComparedValue = z.union([Scalar, z.array(Scalar)]).openapi('ComparedValue')

const Condition = z
  .strictObject({
    field_id: z.string(),
    operator: OperatorName,
    value: ComparedValue.optional(),
  })
  .openapi('Condition')

const DateBound = z
  .string()
  .regex(/^(?:\d{4}-\d{2}-\d{2}|today)$/, 'must be YYYY-MM-DD or `today`')
  .openapi({ example: 'today' })

const ValidationRules = z
  .strictObject({
    min_length: z.number().int().min(0).optional(),
    max_length: z.number().int().min(0).optional(),
    min_value: z.number().optional(),
    max_value: z.number().optional(),
    min_items: z.number().int().min(0).optional(),
    max_items: z.number().int().min(0).optional(),
    pattern: z.string().max(500).optional().openapi({ description: 'An ECMAScript pattern for the whole value' }),
    pattern_message: z.string().max(500).optional(),
  })
  .openapi('FieldValidationRules')

const FieldOption = z
  .strictObject({ value: z.string().min(1).max(200), label: z.string().min(1).max(200) })
  .openapi('FieldOption')

/** What a field has beyond its identity; every member may be left out. */
const traits = {
  description: z.string().max(2_000).optional(),
  tooltip: z.string().max(500).optional(),
  instructions: z.string().max(2_000).optional(),
  placeholder: z.string().max(200).optional(),
  help_text: z.string().max(500).optional(),
  options: z.array(FieldOption).max(500).optional(),
  name_type: z.enum(['individual', 'company']).optional(),
  validate_lists: z.boolean().optional(),
  country_type: CountryTypeName.optional(),
  validate_email: z.boolean().optional(),
  block_disposable: z.boolean().optional(),
  format: z.string().max(50).optional(),
  min_date: DateBound.optional(),
  max_date: DateBound.optional(),
  max_length: z.number().int().positive().optional(),
  min_value: z.number().optional(),
  max_value: z.number().optional(),
  validation_rules: ValidationRules.optional(),
  conditional_logic: z.strictObject({ show_if: Condition }).optional(),
}
const defaultValue = { default_value: z.unknown().optional() }

const FieldId = z
  .string()
  .regex(/^[A-Za-z0-9_-]{1,64}$/, 'must be 1–64 letters, digits, `_` or `-`')
  .openapi({ example: 'date_of_birth' })

const identity = {
  field_id: FieldId,
  field_key: FieldId,
  name: z.string().min(1).max(200),
  type: FieldTypeName,
  required: z.boolean(),
}
const identityInput = {
  field_id: FieldId.optional(),
  field_key: FieldId.optional(),
  name: identity.name,
  type: identity.type,
  required: z.boolean().optional(),
}

const ItemField = z.strictObject({ ...identity, ...traits, ...defaultValue }).openapi('ItemField')
const ItemFieldInput = z.strictObject({ ...identityInput, ...traits, ...defaultValue }).openapi('ItemFieldInput')

export const FieldBody = z
  .strictObject({ ...identity, ...traits, ...defaultValue, item_fields: z.array(ItemField).optional() })
  .openapi('FormField')
export const FieldInput = z
  .strictObject({ ...identityInput, ...traits, ...defaultValue, item_fields: z.array(ItemFieldInput).optional() })
  .openapi('FormFieldInput')

const { validate_lists: _lists, validate_email: _email, block_disposable: _disposable, ...publicTraits } = traits
const PublicItemField = z.strictObject({ ...identity, ...publicTraits, ...defaultValue }).openapi('PublicItemField')
export const PublicFieldBody = z
  .strictObject({ ...identity, ...publicTraits, ...defaultValue, item_fields: z.array(PublicItemField).optional() })
  .openapi('PublicFormField')
