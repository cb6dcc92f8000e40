import { EXAMPLE_DOCUMENT } from './document.ts'
import { EXAMPLE_SESSION_ID, EXAMPLE_WORKFLOW_ID } from './ids.ts'
import type { CreatedSessionBody, ProcessingResultsBody, SessionBody, SessionRowBody } from './session.ts'

const EXAMPLE_TOKEN = 'AQEAAZqx9GsAfDqdUj8eimtMIQAAAAE2t5fJp9mYzqkR0kTzqk1yd0mJ5d8xQv2c7Lr3oWnYb4'

export const EXAMPLE_ROW: SessionRowBody = {
  session_id: EXAMPLE_SESSION_ID,
  workflow_id: EXAMPLE_WORKFLOW_ID,
  workflow_version: 1,
  workflow_name: 'Basic KYC',
  status: 'active',
  compliance_status: 'pending',
  version: 4,
  current_step_index: 1,
  total_steps: 2,
  completed_steps: 1,
  open_corrections: 0,
  metadata: { user_email: 'anna@example.com' },
  custom_tags: ['retail'],
  client_id: 'client-81',
  language: 'en',
  redirect_url: 'https://shop.example.com/done',
  parent_session_id: null,
  relationship: null,
  subsessions: { total: 0, completed: 0 },
  consent: { version: '2026-01', accepted_at: '2026-11-23T10:31:00.000Z' },
  link_expired: false,
  expires_at: '2026-12-07T10:30:00.000Z',
  created_at: '2026-11-23T10:30:00.000Z',
  updated_at: '2026-11-23T10:32:10.000Z',
  completed_at: null,
  processed_at: null,
  final_decision: null,
  decision: null,
  risk_score: null,
  risk_level: null,
  automation_flags: [],
}

export const EXAMPLE_SESSION: SessionBody = {
  ...EXAMPLE_ROW,
  steps_data: [
    {
      step_id: 'your_details',
      name: 'Your details',
      type: 'form_fill',
      order: 1,
      required: true,
      status: 'completed',
      started_at: '2026-11-23T10:31:00.000Z',
      completed_at: '2026-11-23T10:31:40.000Z',
      form_data: { full_name: 'Anna Maria Eriksson' },
      documents: [],
    },
    {
      step_id: 'identity',
      name: 'Identity',
      type: 'document_upload',
      order: 2,
      required: true,
      status: 'in_progress',
      started_at: '2026-11-23T10:32:00.000Z',
      completed_at: null,
      form_data: {},
      documents: [EXAMPLE_DOCUMENT],
    },
  ],
  corrections: [],
  notes: [],
  validations: [],
  processing_results: null,
}

export const EXAMPLE_CREATED: CreatedSessionBody = {
  ...EXAMPLE_SESSION,
  status: 'draft',
  compliance_status: 'incomplete',
  version: 1,
  current_step_index: 0,
  completed_steps: 0,
  consent: null,
  updated_at: '2026-11-23T10:30:00.000Z',
  steps_data: EXAMPLE_SESSION.steps_data.map((step) => ({
    ...step,
    status: 'pending',
    started_at: null,
    completed_at: null,
    form_data: {},
    documents: [],
  })),
  access_token: EXAMPLE_TOKEN,
  access_link: `https://kyc.example.com/v/${EXAMPLE_TOKEN}`,
}

export const EXAMPLE_RESULTS: ProcessingResultsBody = {
  extraction_results: null,
  cross_validation: null,
  face_match_result: null,
  liveness_result: null,
  external_validations: {
    watchlists: {
      state: 'not_configured',
      checked_at: '2026-11-23T10:40:01.000Z',
      provider: 'kyc-sessions/watchlists',
      message: 'No list is loaded on this deployment.',
      hits: [],
    },
    crypto: {
      state: 'ok',
      checked_at: '2026-11-23T10:40:01.000Z',
      provider: 'kyc-sessions/crypto',
      addresses: [],
    },
    adverse_media: null,
  },
  web_validation_results: null,
  subsessions: { total: 0, completed: 0, rejected: 0, not_approved: 0 },
  final_decision: 'manual_review',
  risk_score: 10,
  risk_level: 'low',
  risk_factors: [{ factor: 'check_not_run', points: 10, evidence: 'watchlists: not_configured' }],
  automation_flags: [
    { rule: 'floor:watchlists', action: 'manual_review', reason: 'The watchlists could not be searched.' },
  ],
  started_at: '2026-11-23T10:40:00.000Z',
  completed_at: '2026-11-23T10:40:02.000Z',
  superseded_at: null,
}
