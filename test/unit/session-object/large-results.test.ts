import { describe, expect, it } from 'vitest'
import type { ProcessingResults, SessionState } from '../../../src/domain/session/state.ts'
import type { AdverseMediaResult } from '../../../src/domain/decision/check-results.ts'
import {
  joinLargeResults,
  LARGE_RESULT_BYTES,
  splitLargeResults,
} from '../../../src/platform/session-object/large-results.ts'

const media = (articles: number): AdverseMediaResult => ({
  state: 'ok',
  checked_at: 1,
  provider: 'test',
  level: 'high',
  articles: Array.from({ length: articles }, (_, index) => ({
    title: `Article ${index} ${'x'.repeat(80)}`,
    url: `https://news.example/${index}`,
    published_at: null,
    score: 0.5,
  })),
})

const processed = (adverse_media: AdverseMediaResult): ProcessingResults => ({
  extraction_results: null,
  cross_validation: null,
  face_match_result: null,
  liveness_result: null,
  external_validations: { watchlists: null, crypto: null, adverse_media },
  web_validation_results: null,
  subsessions: { total: 0, completed: 0, rejected: 0, not_approved: 0 },
  final_decision: 'manual_review',
  risk_score: 10,
  risk_level: 'low',
  risk_factors: [],
  automation_flags: [],
  started_at: 1,
  completed_at: 2,
  superseded_at: null,
})

const stateWith = (result: AdverseMediaResult): Pick<SessionState, 'run' | 'validations' | 'processing_results'> => ({
  run: null,
  validations: [
    {
      validation_id: 'val_1',
      step_id: null,
      status: 'completed',
      explain_misses: false,
      jobs: [],
      results: { adverse_media: result },
      started_at: 1,
      deadline_at: 2,
      completed_at: 2,
    },
  ],
  processing_results: processed(result),
})

describe('results that would crowd the state', () => {
  it('small ones stay in it', () => {
    const state = stateWith(media(3))
    const { json, results } = splitLargeResults(state as SessionState)
    expect(results.size).toBe(0)
    expect(JSON.parse(json)).toEqual(state)
  })

  it('large ones get rows of their own and come back whole', () => {
    const state = stateWith(media(1_000))
    const { json, results } = splitLargeResults(state as SessionState)
    expect([...results.keys()]).toEqual(['val_1:adverse_media', 'processing:adverse_media'])
    expect(json.length).toBeLessThan(LARGE_RESULT_BYTES)
    expect(joinLargeResults(json, (key) => results.get(key) ?? null)).toEqual(state)
  })

  it('splitting leaves the state in memory as it was', () => {
    const state = stateWith(media(1_000))
    const before = structuredClone(state)
    splitLargeResults(state as SessionState)
    expect(state).toEqual(before)
  })

  it('a reference without its row is a bug that is told, not a result that is empty', () => {
    const { json } = splitLargeResults(stateWith(media(1_000)) as SessionState)
    expect(() => joinLargeResults(json, () => null)).toThrow('no row')
  })
})
