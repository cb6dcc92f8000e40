// Pieces that several templates are put together from: the questions every person is asked, consent, and the rules
// that any careful programme starts with. A tenant changes them in a workflow of their own, not here.

import { CALL_FOR_ACTION, INCREASED_MONITORING } from '../../decision/high-risk-countries.ts'
import type { AutomationRules, RuleAction } from '../definition.ts'
import type { ConsentInput, FormFieldInput } from '../input.ts'

export const BIOMETRIC_CONSENT: ConsentInput = {
  version: '1',
  text:
    'To verify your identity we process the details you enter, the documents you upload and a picture of your face. ' +
    'Your face is compared with the picture on your document and is used for nothing else. Names are compared with ' +
    'official sanctions and watch lists. You can withdraw this consent at any time by telling the company that invited you.',
}

export const fullName: FormFieldInput = {
  field_id: 'full_name',
  name: 'Full name',
  type: 'name',
  name_type: 'individual',
  required: true,
  validate_lists: true,
  help_text: 'Exactly as it stands on your identity document.',
}

export const dateOfBirth: FormFieldInput = {
  field_id: 'date_of_birth',
  name: 'Date of birth',
  type: 'date',
  required: true,
  min_date: '1900-01-01',
  max_date: 'today',
}

export const nationality: FormFieldInput = {
  field_id: 'nationality',
  name: 'Nationality',
  type: 'country',
  country_type: 'nationality',
  required: true,
}

export const homeAddress: FormFieldInput = {
  field_id: 'address',
  name: 'Home address',
  type: 'address',
  required: true,
  help_text: 'Where you live now; it must be the address on your proof of address.',
}

export const email: FormFieldInput = {
  field_id: 'email',
  name: 'E-mail address',
  type: 'email',
  required: true,
  validate_email: true,
  block_disposable: true,
}

export const phone: FormFieldInput = {
  field_id: 'phone',
  name: 'Phone number',
  type: 'phone',
  required: false,
  placeholder: '+44 20 7183 8750',
  help_text: 'With the country code.',
}

/** FATF Recommendation 12: office-holders, their families and close associates. */
export const politicalExposure: FormFieldInput[] = [
  {
    field_id: 'is_pep',
    name: 'Do you hold a prominent public office, or did you in the last five years?',
    type: 'boolean',
    required: true,
    help_text:
      'For example head of state, minister, member of parliament, senior judge, ambassador, general, or board member of a state-owned company. Answer yes also if this is true of a close family member or associate.',
  },
  {
    field_id: 'pep_position',
    name: 'Which office, and since when?',
    type: 'text',
    required: true,
    max_length: 300,
    conditional_logic: { show_if: { field_id: 'is_pep', operator: 'equals', value: true } },
  },
]

const FATF_REASON: Record<'action' | 'monitoring', string> = {
  action: 'FATF: high-risk jurisdiction subject to a call for action.',
  monitoring: 'FATF: jurisdiction under increased monitoring.',
}

/** Recommendation 19: a person looks at every case from a country under a call for action. */
export const callForActionRules: AutomationRules['country_rules'] = [...CALL_FOR_ACTION].map((code) => ({
  country_code: code,
  action: 'manual_review',
  applies_to: ['all'],
  reason: FATF_REASON.action,
}))

export const monitoredCountryRules = (action: RuleAction): AutomationRules['country_rules'] =>
  [...INCREASED_MONITORING].map((code) => ({
    country_code: code,
    action,
    applies_to: ['all'],
    reason: FATF_REASON.monitoring,
  }))

export const identityDocumentRules: AutomationRules['document_rules'] = [
  { document_type: 'id', condition: 'expired', action: 'manual_review' },
  { document_type: 'id', condition: 'unreadable', action: 'manual_review' },
  { document_type: 'id', condition: 'mrz_invalid', action: 'manual_review' },
  { document_type: 'id', condition: 'type_mismatch', action: 'manual_review' },
  { document_type: 'id', condition: 'data_mismatch', action: 'manual_review' },
  { document_type: 'id', condition: 'expires_within_days', value: 30, action: 'flag' },
]

/** One line of a list of owners or directors. */
export const personEntry: FormFieldInput[] = [
  {
    field_id: 'full_name',
    name: 'Full name',
    type: 'name',
    name_type: 'individual',
    required: true,
    validate_lists: true,
  },
  {
    field_id: 'date_of_birth',
    name: 'Date of birth',
    type: 'date',
    required: true,
    min_date: '1900-01-01',
    max_date: 'today',
  },
  { field_id: 'nationality', name: 'Nationality', type: 'country', country_type: 'nationality', required: true },
  { field_id: 'residence', name: 'Country of residence', type: 'country', country_type: 'residence', required: true },
]

export const ownersField: FormFieldInput = {
  field_id: 'owners',
  name: 'Beneficial owners',
  type: 'entity_array',
  required: true,
  validate_lists: true,
  help_text:
    'Every person who owns or controls 25 % or more of the company, directly or through others. If there is none, name the person who runs it.',
  validation_rules: { min_items: 1 },
  item_fields: [
    ...personEntry,
    {
      field_id: 'ownership_percent',
      name: 'Share in percent',
      type: 'number',
      required: true,
      min_value: 0,
      max_value: 100,
    },
    { field_id: 'is_pep', name: 'Holds or held a prominent public office', type: 'boolean', required: true },
  ],
}

export const companyFields: FormFieldInput[] = [
  {
    field_id: 'company_name',
    name: 'Registered company name',
    type: 'name',
    name_type: 'company',
    required: true,
    validate_lists: true,
  },
  {
    field_id: 'trading_name',
    name: 'Trading name, if it differs',
    type: 'name',
    name_type: 'company',
    required: false,
    validate_lists: true,
  },
  { field_id: 'registration_number', name: 'Registration number', type: 'text', required: true, max_length: 60 },
  {
    field_id: 'incorporation_country',
    name: 'Country of incorporation',
    type: 'country',
    country_type: 'incorporation',
    required: true,
  },
  { field_id: 'incorporation_date', name: 'Date of incorporation', type: 'date', required: true, max_date: 'today' },
  { field_id: 'tax_id', name: 'Tax or VAT number', type: 'text', required: false, max_length: 60 },
  { field_id: 'registered_address', name: 'Registered address', type: 'address', required: true },
]

export const representativeFields: FormFieldInput[] = [
  {
    field_id: 'full_name',
    name: 'Your full name',
    type: 'name',
    name_type: 'individual',
    required: true,
    validate_lists: true,
    help_text: 'You represent the company. Exactly as on your identity document.',
  },
  dateOfBirth,
  {
    field_id: 'representative_role',
    name: 'Your role',
    type: 'select',
    required: true,
    options: [
      { value: 'director', label: 'Director' },
      { value: 'owner', label: 'Owner' },
      { value: 'authorised_signatory', label: 'Authorised signatory' },
      { value: 'employee', label: 'Employee with power of attorney' },
    ],
  },
  { ...email, name: 'Your business e-mail address' },
  phone,
]
