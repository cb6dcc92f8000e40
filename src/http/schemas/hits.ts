import { z } from '@hono/zod-openapi'
import { EXAMPLE_HIT_ID, EXAMPLE_SESSION_ID, SessionId } from './ids.ts'
import { WatchlistHit, type WatchlistHitBody, type WatchlistMatchBody } from './watchlists.ts'

const MAX_REASON_CHARACTERS = 1000

const Reason = z
  .string()
  .trim()
  .min(1)
  .max(MAX_REASON_CHARACTERS)
  .openapi({ description: 'Why: kept in the trail of the session, 1–1000 characters' })

export const WhitelistHitInput = z.strictObject({ reason: Reason }).openapi('WhitelistHit')
export const ReopenHitInput = z.strictObject({ reason: Reason.optional() }).openapi('ReopenHit')

export const MarkedHitBody = z
  .strictObject({
    session_id: SessionId,
    hit: WatchlistHit.optional().openapi({
      description: 'The hit as the results hold it now. Not there when the latest results do not hold it any more',
    }),
    version: z.number().int().openapi({ description: 'Of the session after the call' }),
  })
  .openapi('MarkedHit')

export const EXAMPLE_MATCH: WatchlistMatchBody = {
  list: 'ofac_sdn',
  list_version: '2026-11-20-3f9a01c2',
  reference: '36014',
  entry_hash: 'b7e4d8096aa17e3c',
  schema: 'person',
  matched_name: 'Anna ERIKSEN',
  primary_name: 'Anna Maria ERIKSEN',
  subject_name: 'Anna Eriksson',
  subject_date_of_birth: '1974-08-12',
  score: 0.88,
  program: 'SDGT',
  programs: ['SDGT'],
  listed_on: '2019-04-02',
  source_url: 'https://sanctionssearch.ofac.treas.gov/Details.aspx?id=36014',
  explanation: {
    name_score: 0.93,
    tokens: [
      { subject: 'anna', listed: 'anna', relation: 'equal', similarity: 1, weight: 0.35 },
      { subject: 'eriksson', listed: 'eriksen', relation: 'typo', similarity: 0.89, weight: 0.65 },
    ],
    evidence: [
      { factor: 'date_of_birth', outcome: 'contradicts', effect: -0.05, subject: '1974-08-12', listed: '1971' },
    ],
    band: 'likely',
  },
}

export const EXAMPLE_HIT: WatchlistHitBody = {
  hit_id: EXAMPLE_HIT_ID,
  ...EXAMPLE_MATCH,
  whitelisted: true,
  clearing: { session_id: EXAMPLE_SESSION_ID, at: '2026-11-23T10:50:00.000Z' },
}

const { clearing: _, ...OPEN_AGAIN } = { ...EXAMPLE_HIT, whitelisted: false }

export const EXAMPLE_MARKED: z.infer<typeof MarkedHitBody> = {
  session_id: EXAMPLE_SESSION_ID,
  hit: EXAMPLE_HIT,
  version: 14,
}
export const EXAMPLE_REOPENED: z.infer<typeof MarkedHitBody> = { ...EXAMPLE_MARKED, hit: OPEN_AGAIN, version: 15 }
