// One person: who they are, an identity document, where they live, a selfie. Clean cases are approved by automation;
// whatever is in doubt goes to a person.

import type { WorkflowInput } from '../input.ts'
import {
  BIOMETRIC_CONSENT,
  callForActionRules,
  dateOfBirth,
  email,
  fullName,
  homeAddress,
  identityDocumentRules,
  nationality,
  phone,
  politicalExposure,
} from './building-blocks.ts'

export const basicKyc: WorkflowInput = {
  name: 'Basic KYC',
  description: 'Identity and address of one person, with list screening, face match and cross validation.',
  template_type: 'basic-kyc',
  entity_types: ['individual'],
  tags: ['kyc', 'individual'],
  ttl_days: 14,
  language: 'en',
  consent: BIOMETRIC_CONSENT,
  steps: [
    {
      step_id: 'personal_details',
      name: 'About you',
      type: 'form_fill',
      instructions: 'Please give your details as they stand on your identity document.',
      custom_fields: [fullName, dateOfBirth, nationality, homeAddress, email, phone, ...politicalExposure],
    },
    {
      step_id: 'identity_document',
      name: 'Identity document',
      type: 'document_upload',
      instructions:
        'A passport, identity card, residence permit or driving licence: the whole document, sharp and without glare.',
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
      step_id: 'address_document',
      name: 'Proof of address',
      type: 'document_upload',
      instructions:
        'A utility bill, bank statement or official letter of the last three months that shows your name and address.',
      document_requirements: [
        { document_type: 'proof_of_address', display_name: 'Proof of address', auto_extract: true },
      ],
    },
    {
      step_id: 'selfie',
      name: 'Selfie',
      type: 'selfie',
      instructions: 'Look straight into the camera, without hat or sunglasses, in good light.',
    },
  ],
  validation_config: {
    run_lists: true,
    auto_face_match: true,
    cross_validation: true,
    automation_rules: {
      country_rules: callForActionRules,
      list_match_rules: [{ lists: [], min_score: 0.85, action: 'manual_review' }],
      document_rules: [
        ...identityDocumentRules,
        { document_type: 'proof_of_address', condition: 'unreadable', action: 'manual_review' },
        { document_type: 'proof_of_address', condition: 'data_mismatch', action: 'manual_review' },
      ],
      form_field_rules: [{ field_key: 'is_pep', operator: 'equals', value: true, action: 'manual_review' }],
      risk_rules: [
        { min_risk: 30, action: 'flag' },
        { min_risk: 70, action: 'manual_review' },
      ],
      default_action: 'auto_approve',
    },
  },
}
