// Enhanced due diligence on one person, as FATF Recommendation 12 asks for politically exposed persons: office, family
// and associates, source of wealth and of funds with papers, liveness, adverse media. A person decides every case.

import type { FormFieldInput, WorkflowInput } from '../input.ts'
import {
  BIOMETRIC_CONSENT,
  callForActionRules,
  dateOfBirth,
  email,
  fullName,
  homeAddress,
  identityDocumentRules,
  monitoredCountryRules,
  nationality,
  phone,
} from './building-blocks.ts'

const ifExposed = { show_if: { field_id: 'is_pep', operator: 'equals' as const, value: true } }

const exposure: FormFieldInput[] = [
  {
    field_id: 'is_pep',
    name: 'Do you, a close family member or a close associate hold a prominent public office, or did so before?',
    type: 'boolean',
    required: true,
  },
  {
    field_id: 'pep_relation',
    name: 'Who holds or held the office?',
    type: 'select',
    required: true,
    options: [
      { value: 'self', label: 'I do' },
      { value: 'family', label: 'A family member' },
      { value: 'associate', label: 'A close associate' },
    ],
    conditional_logic: ifExposed,
  },
  {
    field_id: 'pep_person',
    name: 'Name of that person',
    type: 'name',
    name_type: 'individual',
    required: true,
    validate_lists: true,
    conditional_logic: { show_if: { field_id: 'pep_relation', operator: 'in', value: ['family', 'associate'] } },
  },
  {
    field_id: 'pep_position',
    name: 'Office or function',
    type: 'text',
    required: true,
    max_length: 300,
    conditional_logic: ifExposed,
  },
  {
    field_id: 'pep_since',
    name: 'Since',
    type: 'date',
    required: true,
    max_date: 'today',
    conditional_logic: ifExposed,
  },
  {
    field_id: 'pep_until',
    name: 'Until, if it has ended',
    type: 'date',
    required: false,
    max_date: 'today',
    conditional_logic: ifExposed,
  },
]

const wealth: FormFieldInput[] = [
  {
    field_id: 'source_of_wealth',
    name: 'Where does your wealth come from?',
    type: 'multi_select',
    required: true,
    options: [
      { value: 'employment', label: 'Employment' },
      { value: 'business', label: 'Own business' },
      { value: 'investments', label: 'Investments' },
      { value: 'property', label: 'Property' },
      { value: 'inheritance', label: 'Inheritance or gift' },
      { value: 'other', label: 'Other' },
    ],
  },
  {
    field_id: 'source_of_wealth_details',
    name: 'Please explain',
    type: 'textarea',
    required: true,
    max_length: 3_000,
    validation_rules: { min_length: 30 },
  },
  {
    field_id: 'source_of_funds',
    name: 'Where does the money for this relationship come from?',
    type: 'textarea',
    required: true,
    max_length: 2_000,
    validation_rules: { min_length: 20 },
  },
  {
    field_id: 'tax_residence',
    name: 'Country of tax residence',
    type: 'country',
    country_type: 'tax_residence',
    required: true,
  },
  { field_id: 'tax_id', name: 'Tax number', type: 'text', required: true, max_length: 60 },
  { field_id: 'occupation', name: 'Occupation', type: 'text', required: true, max_length: 150 },
]

export const pepEnhanced: WorkflowInput = {
  name: 'Enhanced due diligence (PEP)',
  description:
    'For politically exposed persons and other cases of higher risk. Ends with a reviewer; senior management approves as Recommendation 12 asks.',
  template_type: 'pep-enhanced',
  entity_types: ['individual'],
  tags: ['edd', 'pep', 'individual'],
  ttl_days: 30,
  language: 'en',
  consent: BIOMETRIC_CONSENT,
  steps: [
    {
      step_id: 'personal_details',
      name: 'About you',
      type: 'form_fill',
      instructions: 'Please give your details as they stand on your identity document.',
      custom_fields: [fullName, dateOfBirth, nationality, homeAddress, email, { ...phone, required: true }],
    },
    { step_id: 'public_office', name: 'Public office', type: 'form_fill', custom_fields: exposure },
    { step_id: 'wealth', name: 'Wealth and funds', type: 'form_fill', custom_fields: wealth },
    {
      step_id: 'identity_document',
      name: 'Identity document',
      type: 'document_upload',
      instructions: 'A passport if you have one: the page with your picture, whole, sharp and without glare.',
      document_requirements: [
        {
          document_type: 'id',
          display_name: 'Passport or identity card',
          auto_extract: true,
          enable_auto_classification: true,
        },
      ],
    },
    {
      step_id: 'supporting_documents',
      name: 'Supporting documents',
      type: 'document_upload',
      document_requirements: [
        {
          document_type: 'proof_of_address',
          display_name: 'Proof of address of the last three months',
          auto_extract: true,
        },
        {
          document_type: 'other',
          display_name: 'Proof of wealth or funds: pay slip, tax return, contract of sale, will …',
          allow_multiple: true,
        },
      ],
    },
    {
      step_id: 'liveness',
      name: 'Liveness check',
      type: 'liveness',
      instructions: 'Follow the instructions on the screen, in good light.',
      liveness_config: {
        min_confidence: 85,
        challenge_type: 'active',
        challenges: ['blink', 'turn_left', 'turn_right'],
        max_retries: 3,
      },
    },
    { step_id: 'selfie', name: 'Selfie', type: 'selfie' },
  ],
  validation_config: {
    run_lists: true,
    list_match_threshold: 0.8,
    run_adverse_media: true,
    auto_face_match: true,
    cross_validation: true,
    automation_rules: {
      country_rules: [...callForActionRules, ...monitoredCountryRules('manual_review')],
      list_match_rules: [{ lists: [], min_score: 0.8, action: 'manual_review' }],
      document_rules: [
        ...identityDocumentRules,
        { document_type: 'proof_of_address', condition: 'data_mismatch', action: 'manual_review' },
      ],
      form_field_rules: [{ field_key: 'is_pep', operator: 'equals', value: true, action: 'manual_review' }],
      risk_rules: [{ min_risk: 30, action: 'manual_review' }],
      default_action: 'manual_review',
    },
  },
}
