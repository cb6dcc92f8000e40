// What a check says. A check that could not run has a state other than `ok`, and no rule takes that for a pass
// (decision/floors.ts). Scores of lists and faces are 0–1; risk and liveness confidence are 0–100.

import type { EntitySchema, HitExplanation } from '../screening/screening.ts'
import type { CheckName, CountryType, StoredDocumentType } from '../workflow/definition.ts'
import type { CivilDate, EpochMs } from '../time.ts'

export const CHECK_STATES = ['ok', 'stale', 'rate_limited', 'error', 'not_configured', 'no_input'] as const
export type CheckState = (typeof CHECK_STATES)[number]

export type CheckBase = {
  state: CheckState
  checked_at: EpochMs
  /** Who computed it, e.g. `kyc-sessions/crypto`. */
  provider: string
  /** Why the state is not `ok`, in words for a reviewer. */
  message?: string | undefined
}

/** A name of the subject and an entry of a list that come near to each other. */
export type WatchlistMatch = {
  list: string
  list_version: string
  /** The list's own id of the entry. */
  reference: string
  /** Changes when the entry does. */
  entry_hash: string
  schema: EntitySchema
  matched_name: string
  primary_name: string
  subject_name: string
  /** What the birth dates of the entry were held against. */
  subject_date_of_birth?: string | undefined
  /** 0–1. */
  score: number
  /** The first of `programs`. */
  program?: string | undefined
  programs: string[]
  /** YYYY-MM-DD. */
  listed_on: string | null
  source_url?: string | undefined
  explanation: HitExplanation
}

/** Whose word a hit is cleared by: that of a reviewer of this session, or of another one of the same person. */
export type HitClearing = { session_id: string; at: EpochMs }

export type WatchlistHit = WatchlistMatch & {
  /** The same for the same list, entry and name, in each run. */
  hit_id: string
  whitelisted: boolean
  clearing?: HitClearing | undefined
}
export type WatchlistsResult = CheckBase & {
  /** What was searched. */
  lists?: { id: string; version: string }[] | undefined
  /** The best first. */
  hits: WatchlistHit[]
  /** There were more hits than are kept: whatever of these is cleared, others were never looked at. */
  is_truncated?: boolean | undefined
  near_misses?: WatchlistMatch[] | undefined
}

export type CryptoHit = {
  list: string
  /** Of a delisted address the last that held it. */
  list_version: string
  /** As the list tags it; null where it names none. */
  asset: string | null
  /** The list's own id of the holder; lists of bare addresses: the address. */
  reference: string
  /** As the list writes it. */
  address: string
  /** `address`: the same one, however it is spelled. `same_key`: another one that the same key or script controls. */
  match: 'address' | 'same_key'
  /** `delisted`: no longer on the list. Evidence for a reviewer, no finding (findings.ts). */
  status: 'listed' | 'delisted'
  name: string | null
  program: string | null
  /** As the list tells it; null where it does not. */
  listed_on: CivilDate | null
  /** When this deployment first saw it on the list. */
  first_seen_on: CivilDate | null
  delisted_on: CivilDate | null
}
export type CryptoAddressResult = {
  field_key: string
  network: string
  address: string
  valid: boolean
  normalized: string | null
  /** Why the address is not valid. */
  reason: string | null
  hits: CryptoHit[]
}
export type CryptoResult = CheckBase & { addresses: CryptoAddressResult[] }

export type AdverseMediaResult = CheckBase & {
  level: 'none' | 'low' | 'medium' | 'high'
  articles: { title: string; url: string; published_at: string | null; score: number }[]
}

export type FaceMatchResult = CheckBase & {
  is_match: boolean
  /** 0–1, calibrated; 0.85 is the default threshold. */
  similarity: number | null
  distance: number | null
  decision: 'match' | 'review' | 'no_match' | 'no_reliable_face'
  /** Documents that were compared; null where there was none. */
  reference_doc_id: string | null
  probe_doc_id: string | null
  /** Why no face could be compared, by picture. */
  problems: { picture: 'reference' | 'probe'; code: string }[]
}

/** What an engine says of the frames of one challenge. */
export type LivenessVerdict = Pick<
  LivenessResult,
  'state' | 'message' | 'passed' | 'confidence' | 'reasons' | 'best_frame_doc_id'
>

export type LivenessResult = CheckBase & {
  passed: boolean
  confidence: number | null
  attempts: number
  /** What spoke against it, e.g. `movement_missing`. */
  reasons: string[]
  /** The straightest frame, for a comparison with the document. */
  best_frame_doc_id: string | null
}

export type WebValidationResult = CheckBase & {
  sites: { url: string; reachable: boolean; findings: { code: string; message: string }[] }[]
}

export type ExtractedField = {
  value: string
  raw: string
  /** 0–1. */
  confidence: number
  source: 'mrz' | 'visual' | 'pdf_text'
}
export type DocumentExtraction = {
  doc_id: string
  document_type: StoredDocumentType | null
  issuing_country: string | null
  /** By canonical name: surname, given_names, full_name, date_of_birth, document_number, expiry_date, nationality, sex, address, company_name … */
  fields: Record<string, ExtractedField>
  mrz: { format: string; lines: string[]; checks: Record<string, boolean>; valid: boolean } | null
  quality: Record<string, number> | null
  warnings: { code: string; message: string }[]
}
export type ExtractionResult = CheckBase & { documents: DocumentExtraction[] }

export type Comparison = {
  field: string
  outcome: 'match' | 'conflict' | 'not_comparable'
  /** 0–1 agreement, 1 = equal after normalisation. */
  score: number
  left: { source: string; value: string }
  right: { source: string; value: string }
}
export type CrossValidationResult = CheckBase & { is_consistent: boolean; comparisons: Comparison[] }

export type CheckResults = {
  watchlists: WatchlistsResult
  crypto: CryptoResult
  adverse_media: AdverseMediaResult
  face_match: FaceMatchResult
  liveness: LivenessResult
  web_validation: WebValidationResult
  extraction: ExtractionResult
  cross_validation: CrossValidationResult
}
export type CheckResult = CheckResults[CheckName]

/** Results of one run by check; a check that the workflow does not ask for is absent. */
export type ResultsByCheck = { [K in CheckName]?: CheckResults[K] }

/** What is known of a person or company that a session names beside its subject: an owner, a director, a signatory. */
export type NameBearer = {
  date_of_birth: string | null
  gender: string | null
  /** ISO 3166-1 alpha-2. */
  countries: string[]
  identifiers: string[]
}

export type ScreenedName = {
  value: string
  source: string
  validate_lists: boolean
  kind: 'individual' | 'company'
  /** Left out where the name is the subject's own: then the subject's facts speak for and against. */
  bearer?: NameBearer | undefined
}

/** What a check may look at, gathered from the session in pure code (decision/inputs.ts). Personal data: never queued or logged. */
export type CheckInputs = {
  /** Whose documents these are. */
  session_id: string
  subject: {
    kind: 'individual' | 'company'
    /** The form's name, else what extraction read. */
    name: string | null
    names: ScreenedName[]
    date_of_birth: string | null
    gender: string | null
    countries: { country_code: string; type: CountryType }[]
    document_numbers: string[]
    company_name: string | null
    registration_number: string | null
    tax_id: string | null
  }
  wallets: { field_key: string; network: string; address: string }[]
  urls: { field_key: string; url: string }[]
  /** Form values by field_key, visible fields only. */
  form: Record<string, unknown>
  form_fields: {
    field_key: string
    field_id: string
    type: string
    name: string
    value: unknown
    /** Of country fields; left out, it is judged by the key. */
    country_type?: CountryType | undefined
  }[]
  documents: {
    doc_id: string
    document_type: StoredDocumentType
    side: string | null
    mime_type: string
    size: number
    sha256: string
    auto_extract: boolean
    extraction: DocumentExtraction | null
  }[]
  /** The straightest frame of a liveness step whose pictures may be compared with the document. */
  liveness_frame_doc_id: string | null
  options: {
    lists: string[]
    list_match_threshold: number
    face_match_threshold: number
    explain_misses: boolean
  }
  /** Results of the run that came before this job and that it builds on. */
  previous: ResultsByCheck
}
