// Engines that answer at once and find nothing: the soak looks at what becomes of results, not at how they are made.

import type { CheckEngines } from '../../src/application/ports.ts'

const PROVIDER = 'soak'
const found = (now: number) => ({ state: 'ok' as const, checked_at: now, provider: PROVIDER })

export const FAKE_ENGINES: CheckEngines = {
  watchlists: async (_inputs, now) => ({ ...found(now), hits: [] }),
  crypto: async (_inputs, now) => ({ ...found(now), addresses: [] }),
  adverse_media: async (_inputs, now) => ({ ...found(now), level: 'none', articles: [] }),
  face_match: async (_inputs, now) => ({
    ...found(now),
    is_match: true,
    similarity: 0.95,
    distance: 0.3,
    decision: 'match',
    reference_doc_id: null,
    probe_doc_id: null,
    problems: [],
  }),
  liveness: async (_inputs, now) => ({
    ...found(now),
    passed: true,
    confidence: 99,
    attempts: 1,
    reasons: [],
    best_frame_doc_id: null,
  }),
  web_validation: async (_inputs, now) => ({ ...found(now), sites: [] }),
  extraction: async (inputs, now) => ({
    ...found(now),
    documents: inputs.documents.map((document) => ({
      doc_id: document.doc_id,
      document_type: document.document_type,
      issuing_country: null,
      fields: {},
      mrz: null,
      quality: null,
      warnings: [],
    })),
  }),
  cross_validation: async (_inputs, now) => ({ ...found(now), is_consistent: true, comparisons: [] }),
}
