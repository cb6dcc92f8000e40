import type { CheckInputs } from '../../../src/domain/decision/check-results.ts'

/** Inputs of a session that holds nothing but what the test names. */
export const checkInputs = (some: Partial<CheckInputs> = {}): CheckInputs => ({
  session_id: 'session',
  liveness_frame_doc_id: null,
  subject: {
    kind: 'individual',
    name: null,
    names: [],
    date_of_birth: null,
    gender: null,
    countries: [],
    document_numbers: [],
    company_name: null,
    registration_number: null,
    tax_id: null,
  },
  wallets: [],
  urls: [],
  form: {},
  form_fields: [],
  documents: [],
  options: { lists: [], list_match_threshold: 0.85, face_match_threshold: 0.85, explain_misses: false },
  previous: {},
  ...some,
})
