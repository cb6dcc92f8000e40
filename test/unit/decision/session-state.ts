import type { CheckResults, DocumentExtraction, ResultsByCheck } from '../../../src/domain/decision/check-results.ts'
import type { SessionDocument } from '../../../src/domain/document/document.ts'
import type { FormData, SessionState, SubsessionRef } from '../../../src/domain/session/state.ts'
import type { CheckName, WorkflowDefinition } from '../../../src/domain/workflow/definition.ts'
import { listedMatch } from '../../support/fixtures/watchlists.ts'

export const NOW = Date.UTC(2026, 10, 23, 10, 30)

/** A completed session of the workflow with these answers, by step. */
export const sessionOf = (
  workflow: WorkflowDefinition,
  answers: Record<string, FormData> = {},
  changes: Partial<SessionState> = {},
): SessionState => ({
  session_id: '019aaf6e-0000-7000-8000-000000000001',
  tenant_id: 'tenant',
  mode: 'test',
  workflow_id: '019aaf6e-0000-7000-8000-000000000002',
  workflow_version: 1,
  workflow_name: workflow.name,
  status: 'processing',
  status_before_expiry: null,
  version: 9,
  webhook_sequence: 1,
  steps: workflow.steps.map((step) => ({
    step_id: step.step_id,
    type: step.type,
    status: 'completed',
    started_at: NOW,
    completed_at: NOW,
    form_data: answers[step.step_id] ?? {},
    liveness: null,
  })),
  documents: [],
  corrections: [],
  correction_round: 0,
  notes: [],
  metadata: {},
  custom_tags: [],
  client_id: null,
  language: null,
  redirect_url: null,
  parent_session_id: null,
  relationship: null,
  depth: 0,
  subsessions: [],
  consent: null,
  link: { generation: 1, nonce_hash: '', ttl_days: 7, issued_at: NOW },
  expires_at: NOW + 1,
  link_expiry_noted: false,
  created_at: NOW,
  updated_at: NOW,
  started_at: NOW,
  completed_at: NOW,
  processed_at: null,
  final_decision: null,
  decision: null,
  risk_score: null,
  risk_level: null,
  automation_flags: [],
  run: null,
  validations: [],
  processing_results: null,
  checks_ended: [],
  legal_hold: false,
  ...changes,
})

export const uploaded = (changes: Partial<SessionDocument> = {}): SessionDocument => ({
  doc_id: 'doc_id',
  step_id: 'identity',
  document_type: 'id',
  side: 'front',
  field_id: null,
  file_name: 'id.jpg',
  mime_type: 'image/jpeg',
  size: 100,
  sha256: 'ab',
  declared_sha256: null,
  status: 'uploaded',
  created_at: NOW,
  uploaded_at: NOW,
  replaced_by: null,
  rejection: null,
  warnings: [],
  extraction: null,
  ...changes,
})

export const extractionOf = (
  fields: Record<string, string>,
  changes: Partial<DocumentExtraction> = {},
): DocumentExtraction => ({
  doc_id: 'doc_id',
  document_type: 'passport',
  issuing_country: null,
  fields: Object.fromEntries(
    Object.entries(fields).map(([key, value]) => [key, { value, raw: value, confidence: 1, source: 'mrz' as const }]),
  ),
  mrz: null,
  quality: null,
  warnings: [],
  ...changes,
})

export const childOf = (changes: Partial<SubsessionRef> = {}): SubsessionRef => ({
  session_id: '019aaf6e-0000-7000-8000-000000000003',
  workflow_id: '019aaf6e-0000-7000-8000-000000000002',
  relationship: 'ubo',
  name: null,
  step_id: null,
  status: 'approved',
  final_decision: 'approved',
  risk_score: 0,
  completed_steps: 1,
  total_steps: 1,
  expires_at: NOW,
  created_at: NOW,
  known_version: 1,
  ...changes,
})

const ended = { state: 'ok' as const, checked_at: NOW, provider: 'test' }

/** Every check ended well and found nothing. */
export const CLEAN: CheckResults = {
  watchlists: { ...ended, hits: [] },
  crypto: { ...ended, addresses: [] },
  adverse_media: { ...ended, level: 'none', articles: [] },
  face_match: {
    ...ended,
    is_match: true,
    similarity: 0.95,
    distance: 0.4,
    decision: 'match',
    reference_doc_id: null,
    probe_doc_id: null,
    problems: [],
  },
  liveness: { ...ended, passed: true, confidence: 95, attempts: 1, reasons: [], best_frame_doc_id: null },
  web_validation: { ...ended, sites: [] },
  extraction: { ...ended, documents: [] },
  cross_validation: { ...ended, is_consistent: true, comparisons: [] },
}

export const watchlistHit = (
  changes: Partial<CheckResults['watchlists']['hits'][number]> = {},
): CheckResults['watchlists']['hits'][number] => ({
  hit_id: 'h1',
  ...listedMatch(),
  whitelisted: false,
  ...changes,
})
export const hits = (...list: Partial<CheckResults['watchlists']['hits'][number]>[]): CheckResults['watchlists'] => ({
  ...CLEAN.watchlists,
  hits: list.map(watchlistHit),
})

export const walletHit = (list = 'ofac_sdn', delisted_on: string | null = null): CheckResults['crypto'] => ({
  ...CLEAN.crypto,
  addresses: [
    {
      field_key: 'payout_wallet',
      network: 'bitcoin',
      address: 'bc1q',
      valid: true,
      normalized: 'bc1q',
      reason: null,
      hits: [
        {
          list,
          list_version: '1',
          asset: 'BTC',
          reference: 'r',
          address: 'bc1q',
          match: 'address',
          status: delisted_on === null ? 'listed' : 'delisted',
          name: 'EXAMPLE MIXER',
          program: null,
          listed_on: null,
          first_seen_on: '2025-01-02',
          delisted_on,
        },
      ],
    },
  ],
})

export const conflict = (field: string, left: string, right: string): CheckResults['cross_validation'] => ({
  ...CLEAN.cross_validation,
  is_consistent: false,
  comparisons: [
    {
      field,
      outcome: 'conflict',
      score: 0.2,
      left: { source: left, value: 'a' },
      right: { source: right, value: 'b' },
    },
  ],
})

/** The results with one check in another state, or gone. */
export function spoiled(
  results: ResultsByCheck,
  check: CheckName,
  state: 'absent' | CheckResults['crypto']['state'],
): ResultsByCheck {
  const { [check]: result, ...others } = results
  return state === 'absent' || result === undefined ? others : { ...others, [check]: { ...result, state } }
}
