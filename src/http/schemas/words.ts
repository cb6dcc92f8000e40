import { z } from '@hono/zod-openapi'
import { CHECK_STATES } from '../../domain/decision/check-results.ts'
import { DOCUMENT_STATUSES } from '../../domain/document/document.ts'
import { RISK_LEVELS, STEP_STATUSES } from '../../domain/session/status.ts'
import {
  ACTIONS,
  CHECK_NAMES,
  COUNTRY_TYPES,
  DOCUMENT_SIDES,
  DOCUMENT_TYPES,
  FIELD_TYPES,
  MIME_TYPES,
  OPERATORS,
  RELATIONSHIPS,
  STEP_TYPES,
} from '../../domain/workflow/definition.ts'

// Closed lists of words that several schemas take: each has one name in the document.

export const CheckStateName = z.enum(CHECK_STATES).openapi('CheckState')
export const CheckName = z.enum(CHECK_NAMES).openapi('Check')
export const CountryTypeName = z.enum(COUNTRY_TYPES).openapi('CountryType')
export const DocumentSideName = z.enum(DOCUMENT_SIDES).openapi('DocumentSide')
export const DocumentStatusName = z.enum(DOCUMENT_STATUSES).openapi('DocumentStatus')
export const DocumentTypeName = z.enum(DOCUMENT_TYPES).openapi('DocumentType')
export const FieldTypeName = z.enum(FIELD_TYPES).openapi('FieldType')
export const MimeTypeName = z.enum(MIME_TYPES).openapi('MimeType')
export const OperatorName = z.enum(OPERATORS).openapi('Operator')
export const RelationshipName = z.enum(RELATIONSHIPS).openapi('Relationship')
export const RiskLevelName = z.enum(RISK_LEVELS).openapi('RiskLevel')
export const RuleActionName = z.enum(ACTIONS).openapi('RuleAction')
export const StepStatusName = z.enum(STEP_STATUSES).openapi('StepStatus')
export const StepTypeName = z.enum(STEP_TYPES).openapi('StepType')
