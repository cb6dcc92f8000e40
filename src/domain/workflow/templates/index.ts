// The workflows that come with the service, by name. Each is a tenant's own from the moment it is made.

import type { WorkflowInput } from '../input.ts'
import { basicKyc } from './basic-kyc.ts'
import { companyKyc } from './company-kyc.ts'
import { merchantOnboarding } from './merchant-onboarding.ts'
import { pepEnhanced } from './pep-enhanced.ts'

export const TEMPLATE_NAMES = ['basic-kyc', 'company-kyc', 'merchant-onboarding', 'pep-enhanced'] as const
export type TemplateName = (typeof TEMPLATE_NAMES)[number]

const TEMPLATES: Record<TemplateName, WorkflowInput> = {
  'basic-kyc': basicKyc,
  'company-kyc': companyKyc,
  'merchant-onboarding': merchantOnboarding,
  'pep-enhanced': pepEnhanced,
}

const isTemplateName = (name: string): name is TemplateName => TEMPLATE_NAMES.some((one) => one === name)

export const templateNamed = (name: string): WorkflowInput | null => (isTemplateName(name) ? TEMPLATES[name] : null)
