import { z } from '@hono/zod-openapi'
import type { AskedSubject } from '../../application/screenings/screen-subjects.ts'
import { toCountryCode } from '../../domain/workflow/countries.ts'
import { Instant } from './envelope.ts'
import { EXAMPLE_MATCH } from './hits.ts'
import { SearchedList, WatchlistMatch } from './watchlists.ts'

export const MAX_SUBJECTS = 100
const MAX_NAMES = 10
const MAX_NAME_CHARACTERS = 300
const MAX_FACTS = 20
const MAX_HITS = 50

const Name = z.string().trim().min(1).max(MAX_NAME_CHARACTERS)

const Subject = z
  .strictObject({
    reference: z
      .string()
      .min(1)
      .max(200)
      .optional()
      .openapi({ description: 'Your own id of it, given back with its result' }),
    name: Name.optional().openapi({ description: 'The name; or give `names`' }),
    names: z.array(Name).min(1).max(MAX_NAMES).optional().openapi({
      description: 'Several names of the one subject, such as an alias or another script: the best match counts',
    }),
    kind: z
      .enum(['individual', 'company', 'any'])
      .optional()
      .openapi({ description: 'What bears the name. Left out: `any`' }),
    date_of_birth: z.iso
      .date('must be a day that exists, as YYYY-MM-DD')
      .optional()
      .openapi({ description: 'Speaks for or against entries that give one', example: '1974-08-12' }),
    countries: z
      .array(
        z
          .string()
          .refine(
            (code) => /^[A-Z]{2}$/.test(code) && toCountryCode(code) !== null,
            'must be a country, ISO 3166-1 alpha-2',
          ),
      )
      .max(MAX_FACTS)
      .optional()
      .openapi({ description: 'Of nationality, residence or incorporation, ISO 3166-1 alpha-2' }),
    gender: z.enum(['male', 'female']).optional(),
    identifiers: z.array(z.string().trim().min(1).max(100)).max(MAX_FACTS).optional().openapi({
      description: 'Numbers of passports, identity cards, registers and tax offices: an equal one decides',
    }),
  })
  .refine((subject) => (subject.name === undefined) !== (subject.names === undefined), {
    path: ['name'],
    message: 'must be given, or names in its place: one of the two',
  })
  .openapi('ScreeningSubject')

export const ScreenInput = z
  .strictObject({
    subjects: z.array(Subject).min(1).max(MAX_SUBJECTS).openapi({ description: 'Whom to look for: 1–100' }),
    lists: z.array(z.string().min(1).max(100)).max(50).optional().openapi({
      description: 'Ids of lists, as `GET /kyc/watchlists/lists` names them. Left out or empty: all of them',
    }),
    threshold: z
      .number()
      .min(0)
      .max(1)
      .optional()
      .openapi({ description: 'The score that makes a match a hit: 0–1, left out 0.85' }),
    limit: z
      .number()
      .int()
      .min(1)
      .max(MAX_HITS)
      .optional()
      .openapi({ description: 'Hits of one subject at most, the best first: 1–50, left out 10' }),
    explain: z
      .enum(['misses'])
      .optional()
      .openapi({ description: '`misses` adds `near_misses`: what came near to a hit' }),
  })
  .openapi('Screen')

/** As the search takes it. */
export const askedSubject = (subject: z.infer<typeof Subject>): AskedSubject => ({
  reference: subject.reference ?? null,
  subject: {
    kind: subject.kind ?? 'any',
    names: subject.names ?? (subject.name === undefined ? [] : [subject.name]),
    date_of_birth: subject.date_of_birth,
    countries: subject.countries,
    gender: subject.gender,
    identifiers: subject.identifiers,
  },
})

export const ScreenedBody = z
  .strictObject({
    screened_at: Instant,
    state: z.enum(['ok', 'stale', 'not_configured', 'error']),
    message: z.string().optional(),
    lists: z.array(SearchedList),
    results: z.array(
      z.strictObject({
        reference: z.string().optional(),
        hits: z.array(WatchlistMatch),
        near_misses: z.array(WatchlistMatch).optional(),
      }),
    ),
  })
  .openapi('Screened')
export type ScreenedBody = z.infer<typeof ScreenedBody>

const { subject_date_of_birth: _, ...match } = EXAMPLE_MATCH

export const EXAMPLE_SCREENED: ScreenedBody = {
  screened_at: '2026-11-23T10:30:00.000Z',
  state: 'ok',
  lists: [{ id: 'ofac_sdn', version: '2026-11-20-3f9a01c2' }],
  results: [{ reference: 'customer-17', hits: [match] }],
}
