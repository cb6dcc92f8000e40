// A company: what it is, who runs and owns it, its papers, and the person who speaks for it. Owners and directors can
// verify themselves in subsessions. A person decides every case that is not clean.

import type { WorkflowInput } from '../input.ts'
import {
  BIOMETRIC_CONSENT,
  callForActionRules,
  companyFields,
  identityDocumentRules,
  monitoredCountryRules,
  ownersField,
  personEntry,
  representativeFields,
} from './building-blocks.ts'

export const companyKyc: WorkflowInput = {
  name: 'Company KYC',
  description:
    'Registration, ownership and control of a company. Set subsession_workflow_id to a workflow for individuals (e.g. one made from basic-kyc) before inviting owners.',
  template_type: 'company-kyc',
  entity_types: ['company'],
  tags: ['kyb', 'company'],
  ttl_days: 30,
  language: 'en',
  consent: BIOMETRIC_CONSENT,
  steps: [
    {
      step_id: 'company_details',
      name: 'The company',
      type: 'form_fill',
      instructions: 'Please give the details as they stand in the public register.',
      custom_fields: [
        ...companyFields,
        {
          field_id: 'legal_form',
          name: 'Legal form',
          type: 'select',
          required: true,
          options: [
            { value: 'limited', label: 'Limited company' },
            { value: 'public', label: 'Public company' },
            { value: 'partnership', label: 'Partnership' },
            { value: 'foundation', label: 'Foundation or trust' },
            { value: 'nonprofit', label: 'Non-profit organisation' },
            { value: 'other', label: 'Other' },
          ],
        },
        {
          field_id: 'legal_form_other',
          name: 'Which legal form?',
          type: 'text',
          required: true,
          max_length: 100,
          conditional_logic: { show_if: { field_id: 'legal_form', operator: 'equals', value: 'other' } },
        },
        { field_id: 'website', name: 'Web site', type: 'url', required: false },
        {
          field_id: 'business_activity',
          name: 'What does the company do?',
          type: 'textarea',
          required: true,
          max_length: 2_000,
        },
      ],
    },
    {
      step_id: 'people',
      name: 'Directors and owners',
      type: 'form_fill',
      custom_fields: [
        {
          field_id: 'directors',
          name: 'Directors',
          type: 'entity_array',
          required: true,
          validate_lists: true,
          help_text: 'Everyone who may act for the company according to the register.',
          validation_rules: { min_items: 1 },
          item_fields: personEntry,
        },
        ownersField,
      ],
    },
    {
      step_id: 'company_documents',
      name: 'Company documents',
      type: 'document_upload',
      document_requirements: [
        {
          document_type: 'company_charter',
          display_name: 'Certificate of incorporation or register extract (not older than three months)',
          auto_extract: true,
          allow_multiple: true,
        },
        { document_type: 'proof_of_address', display_name: 'Proof of the business address', auto_extract: true },
        {
          document_type: 'other',
          display_name: 'Chart of ownership, if others stand between the owners and the company',
          required: false,
          allow_multiple: true,
        },
      ],
    },
    { step_id: 'representative', name: 'About you', type: 'form_fill', custom_fields: representativeFields },
    {
      step_id: 'representative_document',
      name: 'Your identity document',
      type: 'document_upload',
      document_requirements: [
        {
          document_type: 'id',
          display_name: 'Your passport or identity card',
          auto_extract: true,
          enable_auto_classification: true,
          entity_role: 'representative',
        },
      ],
    },
    { step_id: 'representative_selfie', name: 'Your selfie', type: 'selfie' },
    {
      step_id: 'owner_verification',
      name: 'Owners and directors',
      type: 'subsession_collection',
      required: false,
      instructions: 'You may invite owners and directors to verify themselves; each gets a link of their own.',
      relationships: ['ubo', 'director', 'shareholder'],
      min: 0,
      max: 20,
    },
  ],
  validation_config: {
    run_lists: true,
    run_adverse_media: true,
    auto_face_match: true,
    cross_validation: true,
    automation_rules: {
      country_rules: [...callForActionRules, ...monitoredCountryRules('manual_review')],
      list_match_rules: [{ lists: [], min_score: 0.85, action: 'manual_review' }],
      document_rules: [
        ...identityDocumentRules,
        { document_type: 'company_charter', condition: 'unreadable', action: 'manual_review' },
        { document_type: 'company_charter', condition: 'data_mismatch', action: 'manual_review' },
      ],
      form_field_rules: [
        { field_key: 'legal_form', operator: 'in', value: ['foundation', 'other'], action: 'manual_review' },
      ],
      subsession_rules: [
        { condition: 'any_rejected', action: 'manual_review' },
        { condition: 'any_not_approved', action: 'manual_review' },
      ],
      risk_rules: [{ min_risk: 30, action: 'manual_review' }],
      default_action: 'auto_approve',
    },
  },
}
