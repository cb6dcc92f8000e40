import { z } from '@hono/zod-openapi'
import { Instant } from './envelope.ts'
import { SessionId } from './ids.ts'
import { CheckStateName } from './words.ts'

const TokenMatch = z
  .strictObject({
    subject: z.string().nullable(),
    listed: z.string().nullable(),
    relation: z.enum([
      'equal',
      'transliteration',
      'joined',
      'nickname',
      'phonetic',
      'typo',
      'initial',
      'different',
      'missing',
    ]),
    similarity: z.number(),
    weight: z.number(),
  })
  .openapi('TokenMatch')

const MatchEvidence = z
  .strictObject({
    factor: z.enum(['date_of_birth', 'country', 'gender', 'identifier', 'schema']),
    outcome: z.enum(['supports', 'contradicts']),
    effect: z.number(),
    subject: z.string(),
    listed: z.string(),
  })
  .openapi('MatchEvidence')

const HitExplanation = z
  .strictObject({
    name_score: z.number(),
    tokens: z.array(TokenMatch),
    evidence: z.array(MatchEvidence),
    band: z.enum(['strong', 'likely', 'possible', 'weak']),
  })
  .openapi('HitExplanation')

const match = {
  list: z.string(),
  list_version: z.string(),
  reference: z.string(),
  entry_hash: z.string(),
  schema: z.enum(['person', 'organization', 'vessel', 'aircraft']),
  matched_name: z.string(),
  primary_name: z.string(),
  subject_name: z.string(),
  subject_date_of_birth: z.string().optional(),
  score: z.number().openapi({
    description: 'How surely the two are the same: 0–1. Names make it; what else is known raises or lowers it',
  }),
  program: z.string().optional(),
  programs: z.array(z.string()),
  listed_on: z.string().nullable(),
  source_url: z.string().optional(),
  explanation: HitExplanation,
}

export const WatchlistMatch = z.strictObject(match).openapi('WatchlistMatch')
export type WatchlistMatchBody = z.infer<typeof WatchlistMatch>

export const WatchlistHit = z
  .strictObject({
    hit_id: z.string(),
    ...match,
    whitelisted: z.boolean(),
    clearing: z.strictObject({ session_id: SessionId, at: Instant }).optional(),
  })
  .openapi('WatchlistHit')
export type WatchlistHitBody = z.infer<typeof WatchlistHit>

export const SearchedList = z.strictObject({ id: z.string(), version: z.string() }).openapi('SearchedList')

export const WatchlistsResult = z
  .strictObject({
    state: CheckStateName,
    checked_at: Instant,
    provider: z.string(),
    message: z.string().optional(),
    lists: z.array(SearchedList).optional(),
    hits: z.array(WatchlistHit),
    is_truncated: z.boolean().optional(),
    near_misses: z.array(WatchlistMatch).optional(),
  })
  .openapi('WatchlistsResult')
