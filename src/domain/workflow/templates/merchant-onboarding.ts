// A business that wants to take payments: the company, what it sells and where, its web site, its bank account, its
// owners and the person who signs. Acquirers answer for their merchants, so a person sees every case.

import type { WorkflowInput } from '../input.ts'
import {
  BIOMETRIC_CONSENT,
  callForActionRules,
  companyFields,
  identityDocumentRules,
  monitoredCountryRules,
  ownersField,
  representativeFields,
} from './building-blocks.ts'

export const merchantOnboarding: WorkflowInput = {
  name: 'Merchant onboarding',
  description:
    'Company, business model, web site, settlement account and owners of a merchant. Set subsession_workflow_id before inviting owners or sub-merchants.',
  template_type: 'merchant-onboarding',
  entity_types: ['company'],
  industry: 'payments',
  tags: ['kyb', 'merchant'],
  ttl_days: 30,
  language: 'en',
  consent: BIOMETRIC_CONSENT,
  steps: [
    { step_id: 'company_details', name: 'The business', type: 'form_fill', custom_fields: companyFields },
    {
      step_id: 'business_model',
      name: 'What you sell',
      type: 'form_fill',
      custom_fields: [
        {
          field_id: 'website',
          name: 'Web site of the shop',
          type: 'url',
          required: true,
          help_text: 'With terms, refund policy and contact details on it.',
        },
        {
          field_id: 'business_category',
          name: 'Kind of business',
          type: 'select',
          required: true,
          options: [
            { value: 'retail', label: 'Retail goods' },
            { value: 'services', label: 'Services' },
            { value: 'software', label: 'Software and subscriptions' },
            { value: 'food', label: 'Food and drink' },
            { value: 'travel', label: 'Travel and tickets' },
            { value: 'marketplace', label: 'Marketplace for other sellers' },
            { value: 'charity', label: 'Charity and donations' },
            { value: 'gambling', label: 'Gambling and betting' },
            { value: 'adult', label: 'Adult content' },
            { value: 'virtual_assets', label: 'Crypto and virtual assets' },
            { value: 'pharmaceuticals', label: 'Medicines and supplements' },
            { value: 'other', label: 'Other' },
          ],
        },
        {
          field_id: 'licence',
          name: 'Licence for this business',
          type: 'file',
          required: true,
          help_text: 'This kind of business needs a licence in most countries.',
          conditional_logic: {
            show_if: {
              field_id: 'business_category',
              operator: 'in',
              value: ['gambling', 'virtual_assets', 'pharmaceuticals'],
            },
          },
        },
        {
          field_id: 'business_activity',
          name: 'Describe what you sell and to whom',
          type: 'textarea',
          required: true,
          max_length: 2_000,
          validation_rules: { min_length: 20 },
        },
        {
          field_id: 'monthly_volume_eur',
          name: 'Expected sales a month, in euros',
          type: 'number',
          required: true,
          min_value: 0,
        },
        {
          field_id: 'average_ticket_eur',
          name: 'Average sale, in euros',
          type: 'number',
          required: true,
          min_value: 0,
        },
        {
          field_id: 'delivery_days',
          name: 'Days between payment and delivery',
          type: 'number',
          required: true,
          min_value: 0,
          max_value: 730,
        },
      ],
    },
    {
      step_id: 'people',
      name: 'Owners',
      type: 'form_fill',
      custom_fields: [ownersField],
    },
    {
      step_id: 'business_documents',
      name: 'Documents of the business',
      type: 'document_upload',
      document_requirements: [
        {
          document_type: 'company_charter',
          display_name: 'Certificate of incorporation or register extract',
          auto_extract: true,
          allow_multiple: true,
        },
        {
          document_type: 'bank_ownership',
          display_name: 'Bank statement or letter that shows the account holder',
          auto_extract: true,
        },
        { document_type: 'proof_of_address', display_name: 'Proof of the business address', auto_extract: true },
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
      step_id: 'related_parties',
      name: 'Owners and sub-merchants',
      type: 'subsession_collection',
      required: false,
      relationships: ['ubo', 'director', 'submerchant'],
      min: 0,
      max: 20,
    },
  ],
  validation_config: {
    run_lists: true,
    run_adverse_media: true,
    auto_face_match: true,
    run_web_validation: true,
    cross_validation: true,
    automation_rules: {
      country_rules: [
        ...callForActionRules.map((rule) => ({
          ...rule,
          action: 'auto_deny' as const,
          applies_to: ['incorporation' as const],
        })),
        ...callForActionRules,
        ...monitoredCountryRules('manual_review'),
      ],
      list_match_rules: [{ lists: [], min_score: 0.85, action: 'manual_review' }],
      document_rules: [
        ...identityDocumentRules,
        { document_type: 'bank_ownership', condition: 'unreadable', action: 'manual_review' },
        { document_type: 'bank_ownership', condition: 'data_mismatch', action: 'manual_review' },
        { document_type: 'company_charter', condition: 'data_mismatch', action: 'manual_review' },
      ],
      form_field_rules: [
        {
          field_key: 'business_category',
          operator: 'in',
          value: ['gambling', 'adult', 'virtual_assets', 'pharmaceuticals'],
          action: 'manual_review',
        },
        { field_key: 'delivery_days', operator: 'greater_than', value: 30, action: 'manual_review' },
        { field_key: 'monthly_volume_eur', operator: 'greater_than', value: 500_000, action: 'manual_review' },
      ],
      subsession_rules: [{ condition: 'any_not_approved', action: 'manual_review' }],
      risk_rules: [{ min_risk: 70, action: 'manual_review' }],
      default_action: 'manual_review',
    },
  },
}
