import { z } from '@hono/zod-openapi'
import { COUNTRY_TYPES, DOCUMENT_CONDITIONS, SUBSESSION_CONDITIONS } from '../../domain/workflow/definition.ts'
import { ComparedValue } from './workflow-fields.ts'
import { DocumentTypeName, OperatorName, RuleActionName } from './words.ts'

const Share = z.number().min(0).max(1)

const CountryCode = z
  .string()
  .regex(/^[A-Z]{2}$/, 'must be an ISO 3166-1 alpha-2 code in capitals')
  .openapi({ example: 'DE' })

const CountryRule = z.strictObject({
  country_code: CountryCode,
  action: RuleActionName,
  applies_to: z.array(z.enum([...COUNTRY_TYPES, 'all'])).min(1),
  reason: z.string().max(500).optional(),
})
const ListMatchRule = z.strictObject({ lists: z.array(z.string()), min_score: Share, action: RuleActionName })
const DocumentRule = z
  .strictObject({
    document_type: DocumentTypeName,
    condition: z.enum(DOCUMENT_CONDITIONS),
    value: z
      .union([z.number(), z.array(z.string())])
      .optional()
      .openapi({ description: 'Days for expires_within_days, country codes for issuing_country_in' }),
    action: RuleActionName,
  })
  .openapi('DocumentRule')
const FormFieldRule = z
  .strictObject({
    field_id: z.string().optional(),
    field_key: z.string().optional(),
    operator: OperatorName,
    value: ComparedValue.optional(),
    action: RuleActionName,
  })
  .openapi('FormFieldRule')
const SubsessionRule = z
  .strictObject({ condition: z.enum(SUBSESSION_CONDITIONS), action: RuleActionName })
  .openapi('SubsessionRule')
const RiskRule = z.strictObject({ min_risk: z.number().min(0).max(100), action: RuleActionName }).openapi('RiskRule')

const AutomationRules = z
  .strictObject({
    enabled: z.boolean(),
    auto_process: z.boolean(),
    country_rules: z.array(CountryRule),
    list_match_rules: z.array(ListMatchRule),
    document_rules: z.array(DocumentRule),
    form_field_rules: z.array(FormFieldRule),
    subsession_rules: z.array(SubsessionRule),
    risk_rules: z.array(RiskRule),
    default_action: RuleActionName.openapi({ description: 'Taken only when no rule fired' }),
  })
  .openapi('AutomationRules')

const AutomationRulesInput = z
  .strictObject({
    enabled: z.boolean().optional(),
    auto_process: z.boolean().optional(),
    country_rules: z
      .array(CountryRule.partial({ applies_to: true }))
      .max(300)
      .optional(),
    list_match_rules: z
      .array(ListMatchRule.partial({ lists: true, min_score: true }))
      .max(100)
      .optional(),
    document_rules: z.array(DocumentRule).max(100).optional(),
    form_field_rules: z.array(FormFieldRule).max(200).optional(),
    subsession_rules: z.array(SubsessionRule).max(20).optional(),
    risk_rules: z.array(RiskRule).max(20).optional(),
    default_action: RuleActionName.optional(),
  })
  .openapi('AutomationRulesInput')

const config = {
  run_lists: z.boolean(),
  lists: z.array(z.string().min(1).max(100)).openapi({ description: 'Empty = every list' }),
  list_match_threshold: Share,
  run_crypto: z.boolean(),
  run_adverse_media: z.boolean(),
  auto_face_match: z.boolean(),
  face_match_threshold: Share,
  run_web_validation: z.boolean(),
  cross_validation: z.boolean(),
}

export const ValidationConfigBody = z
  .strictObject({ ...config, automation_rules: AutomationRules })
  .openapi('ValidationConfig')
export const ValidationConfigInput = z
  .strictObject(config)
  .partial()
  .extend({ automation_rules: AutomationRulesInput.optional() })
  .openapi('ValidationConfigInput')
