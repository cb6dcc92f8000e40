import { z } from '@hono/zod-openapi'
import { CodedMessage, Instant } from './envelope.ts'
import { WatchlistsResult } from './watchlists.ts'
import { CheckStateName } from './words.ts'

const base = {
  state: CheckStateName,
  checked_at: Instant,
  provider: z.string(),
  message: z.string().optional(),
}

const CryptoHit = z
  .strictObject({
    list: z.string(),
    list_version: z.string(),
    asset: z.string().nullable(),
    reference: z.string(),
    address: z.string(),
    match: z.enum(['address', 'same_key']),
    status: z.enum(['listed', 'delisted']),
    name: z.string().nullable(),
    program: z.string().nullable(),
    listed_on: z.iso.date().nullable(),
    first_seen_on: z.iso.date().nullable(),
    delisted_on: z.iso.date().nullable(),
  })
  .openapi('CryptoHit')

export const CryptoResult = z
  .strictObject({
    ...base,
    addresses: z.array(
      z.strictObject({
        field_key: z.string(),
        network: z.string(),
        address: z.string(),
        valid: z.boolean(),
        normalized: z.string().nullable(),
        reason: z.string().nullable(),
        hits: z.array(CryptoHit),
      }),
    ),
  })
  .openapi('CryptoResult')

export const AdverseMediaResult = z
  .strictObject({
    ...base,
    level: z.enum(['none', 'low', 'medium', 'high']),
    articles: z.array(
      z.strictObject({
        title: z.string(),
        url: z.string(),
        published_at: z.string().nullable(),
        score: z.number(),
      }),
    ),
  })
  .openapi('AdverseMediaResult')

export const FaceMatchResult = z
  .strictObject({
    ...base,
    is_match: z.boolean(),
    similarity: z.number().nullable(),
    distance: z.number().nullable(),
    decision: z.enum(['match', 'review', 'no_match', 'no_reliable_face']),
    reference_doc_id: z.string().nullable(),
    probe_doc_id: z.string().nullable(),
    problems: z.array(z.strictObject({ picture: z.enum(['reference', 'probe']), code: z.string() })),
  })
  .openapi('FaceMatchResult')

export const LivenessResult = z
  .strictObject({
    ...base,
    passed: z.boolean(),
    confidence: z.number().nullable(),
    attempts: z.number().int(),
    reasons: z.array(z.string()),
    best_frame_doc_id: z.string().nullable(),
  })
  .openapi('LivenessResult')

export const WebValidationResult = z
  .strictObject({
    ...base,
    sites: z.array(
      z.strictObject({
        url: z.string(),
        reachable: z.boolean(),
        findings: z.array(CodedMessage),
      }),
    ),
  })
  .openapi('WebValidationResult')

export const Extraction = z
  .strictObject({
    doc_id: z.string(),
    document_type: z.string().nullable(),
    issuing_country: z.string().nullable(),
    fields: z.record(
      z.string(),
      z.strictObject({
        value: z.string(),
        raw: z.string(),
        confidence: z.number(),
        source: z.enum(['mrz', 'visual', 'pdf_text']),
      }),
    ),
    mrz: z
      .strictObject({
        format: z.string(),
        lines: z.array(z.string()),
        checks: z.record(z.string(), z.boolean()),
        valid: z.boolean(),
      })
      .nullable(),
    quality: z.record(z.string(), z.number()).nullable(),
    warnings: z.array(CodedMessage),
  })
  .openapi('Extraction')

export const ExtractionResult = z.strictObject({ ...base, documents: z.array(Extraction) }).openapi('ExtractionResult')

const Side = z.strictObject({ source: z.string(), value: z.string() })

export const CrossValidationResult = z
  .strictObject({
    ...base,
    is_consistent: z.boolean(),
    comparisons: z.array(
      z.strictObject({
        field: z.string(),
        outcome: z.enum(['match', 'conflict', 'not_comparable']),
        score: z.number(),
        left: Side,
        right: Side,
      }),
    ),
  })
  .openapi('CrossValidationResult')

/** By check; one that was not asked for is absent. */
export const ResultsByCheck = z
  .strictObject({
    watchlists: WatchlistsResult.optional(),
    crypto: CryptoResult.optional(),
    adverse_media: AdverseMediaResult.optional(),
    face_match: FaceMatchResult.optional(),
    liveness: LivenessResult.optional(),
    web_validation: WebValidationResult.optional(),
    extraction: ExtractionResult.optional(),
    cross_validation: CrossValidationResult.optional(),
  })
  .openapi('ResultsByCheck')
