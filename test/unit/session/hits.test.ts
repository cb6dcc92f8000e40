import { describe, expect, it } from 'vitest'
import type { WatchlistHit } from '../../../src/domain/decision/check-results.ts'
import { auditView } from '../../../src/domain/session/audit-view.ts'
import type { RecordedEvent } from '../../../src/domain/session/events.ts'
import { evolve } from '../../../src/domain/session/evolve.ts'
import { hitOnRecord } from '../../../src/domain/session/hits-on-record.ts'
import { pendingJobs } from '../../../src/domain/session/pending-jobs.ts'
import type { SessionState } from '../../../src/domain/session/state.ts'
import { listedMatch } from '../../support/fixtures/watchlists.ts'
import { clean, completedSimple, REVIEWER } from '../../support/fixtures/session.ts'
import type { PlayedSession } from '../../support/fixtures/session.ts'
import { automationRules, simpleWorkflow, validationConfig, workflowOf } from '../../support/fixtures/workflow.ts'

const hit = (changes: Partial<WatchlistHit> = {}): WatchlistHit => ({
  ...listedMatch(),
  hit_id: 'hit_1',
  whitelisted: false,
  ...changes,
})

const screened = () =>
  completedSimple(
    workflowOf(simpleWorkflow().steps, {
      validation_config: validationConfig({
        run_lists: true,
        automation_rules: automationRules({ default_action: 'no_action' }),
      }),
    }),
  )

/** A run, or what `ask` starts, whose watchlist check found these. */
function find(session: PlayedSession, hits: WatchlistHit[], rerun = false): void {
  session.do({ type: 'process', rerun })
  answer(session, hits)
}
function answer(session: PlayedSession, hits: WatchlistHit[]): void {
  for (const job of pendingJobs(session.state)) {
    const result = clean(job.check, session.now)
    session.do({ type: 'record_result', ...job, result: 'hits' in result ? { ...result, hits } : result })
  }
}
const whitelist = (session: PlayedSession, reason = 'Another person') =>
  session.do({ type: 'whitelist_hit', hit_id: 'hit_1', reason })
const typesOf = (session: PlayedSession) => session.trail.map(({ event }) => event.type)
const folded = (trail: readonly RecordedEvent[]): SessionState | null =>
  trail.reduce<SessionState | null>((state, recorded) => evolve(state, recorded), null)

describe('a hit on record', () => {
  it('is marked in the run, in the results and in every validation that has it', () => {
    const session = screened()
    find(session, [hit(), hit({ hit_id: 'hit_2', reference: '2' })])
    session.do({ type: 'validate', checks: ['watchlists'], explain_misses: false })
    answer(session, [hit()])
    whitelist(session)
    const { run, processing_results, validations } = session.state
    for (const result of [
      run?.results.watchlists,
      processing_results?.external_validations.watchlists,
      validations[0]?.results.watchlists,
    ])
      expect(result?.hits[0]).toMatchObject({
        whitelisted: true,
        clearing: { session_id: session.state.session_id, at: session.now },
      })
    expect(run?.results.watchlists?.hits[1]?.whitelisted).toBe(false)
    expect([session.state.status, session.state.processing_results?.risk_factors.length]).toEqual(['manual_review', 1])
    expect(folded(session.trail)).toEqual(session.state)
  })

  it('as an earlier result has it, with another entry, stays as it was', () => {
    const session = screened()
    session.do({ type: 'validate', checks: ['watchlists'], explain_misses: false })
    answer(session, [hit({ entry_hash: 'old' })])
    session.wait(1_000)
    find(session, [hit()])
    whitelist(session)
    expect(session.state.validations[0]?.results.watchlists?.hits[0]?.whitelisted).toBe(false)
    expect(hitOnRecord(session.state, 'hit_1')).toMatchObject({ entry_hash: 'e1', whitelisted: true })
  })

  it('that is not there cannot be ruled out, nor opened', () => {
    const session = screened()
    expect(session.refusal({ type: 'whitelist_hit', hit_id: 'hit_1', reason: 'x' }).code).toBe('ROUTE_NOT_FOUND')
    expect(session.refusal({ type: 'reopen_hit', hit_id: 'hit_1', reason: null }).code).toBe('ROUTE_NOT_FOUND')
  })
})

describe('ruling out', () => {
  it('keeps what the reviewer saw, who it was and why', () => {
    const session = screened()
    find(session, [hit({ subject_date_of_birth: '1974-08-12' })])
    whitelist(session)
    expect(session.state.hit_marks).toEqual([
      {
        hit_id: 'hit_1',
        list: 'ofac_sdn',
        reference: '7771',
        entry_hash: 'e1',
        had_identifier: false,
        subject_name: 'Anna Eriksson',
        subject_date_of_birth: '1974-08-12',
        verdict: 'cleared',
        reason: 'Another person',
        by: REVIEWER,
        at: session.now,
      },
    ])
  })

  it('is no event when nothing new is said, and one when the reason is another', () => {
    const session = screened()
    find(session, [hit()])
    expect(whitelist(session)).toHaveLength(1)
    expect(whitelist(session)).toEqual([])
    expect(whitelist(session, 'For another reason')).toHaveLength(1)
    expect(session.state.hit_marks).toHaveLength(1)
  })

  it('of what another session had cleared is a word of this one', () => {
    const session = screened()
    session.do({ type: 'process', rerun: false })
    const words = [
      { hit_id: 'hit_1', entry_hash: 'e1', had_identifier: false, verdict: 'cleared', session_id: 'other', at: 1 },
    ] as const
    for (const job of pendingJobs(session.state))
      session.do({
        type: 'record_result',
        ...job,
        result: { state: 'ok', checked_at: session.now, provider: 'test', hits: [hit()] },
        words,
      })
    expect(session.state.status).toBe('processed')
    expect(session.trail.map(({ event }) => event).find(({ type }) => type === 'clearings_used')).toMatchObject({
      uses: [{ hit_id: 'hit_1', session_id: 'other', at: 1 }],
    })
    expect(whitelist(session)).toHaveLength(1)
    expect(hitOnRecord(session.state, 'hit_1')?.clearing?.session_id).toBe(session.state.session_id)
  })

  it('counts in the next run, whose trail says so, and makes no webhook', () => {
    const session = screened()
    find(session, [hit()])
    whitelist(session)
    find(session, [hit()], true)
    expect(session.state.status).toBe('processed')
    const { uses, owner_id } = session.trail
      .map(({ event }) => event)
      .find((event) => event.type === 'clearings_used') ?? { uses: [], owner_id: '' }
    expect([owner_id, uses.length]).toEqual([session.state.run?.run_id, 1])
    expect(session.webhooks.filter(({ type }) => type === 'kyc.session.watchlist_hit')).toHaveLength(1)
    expect(folded(session.trail)).toEqual(session.state)
  })

  it('does not count when the birth date has been corrected since', () => {
    const session = screened()
    find(session, [hit({ subject_date_of_birth: '1974-08-12' })])
    whitelist(session)
    find(session, [hit({ subject_date_of_birth: '1971-01-01' })], true)
    expect(session.state.status).toBe('manual_review')
  })
})

describe('opening again', () => {
  it('takes the word back, once', () => {
    const session = screened()
    find(session, [hit()])
    expect(session.do({ type: 'reopen_hit', hit_id: 'hit_1', reason: null })).toEqual([])
    whitelist(session)
    expect(session.do({ type: 'reopen_hit', hit_id: 'hit_1', reason: 'Forged' })).toHaveLength(1)
    expect(session.do({ type: 'reopen_hit', hit_id: 'hit_1', reason: 'Forged' })).toEqual([])
    expect(hitOnRecord(session.state, 'hit_1')).toEqual(hit())
    find(session, [hit()], true)
    expect(session.state.status).toBe('manual_review')
    expect(typesOf(session).filter((type) => type === 'clearings_used')).toEqual([])
  })

  it('takes it back also when the latest results do not hold the hit any more', () => {
    const session = screened()
    find(session, [hit()])
    whitelist(session)
    find(session, [], true)
    expect(hitOnRecord(session.state, 'hit_1')).toBeNull()
    session.do({ type: 'reopen_hit', hit_id: 'hit_1', reason: null })
    expect(session.state.hit_marks).toMatchObject([{ verdict: 'open' }])
  })
})

describe('the trail', () => {
  it('says what was said, taken back and used, in words without the name', () => {
    const session = screened()
    find(session, [hit()])
    whitelist(session)
    find(session, [hit()], true)
    session.do({ type: 'reopen_hit', hit_id: 'hit_1', reason: null })
    const views = session.trail.map(auditView).filter(({ type }) => /^(hit_|clearings)/.test(type))
    expect(views.map(({ type, data }) => [type, data])).toEqual([
      [
        'hit_whitelisted',
        {
          from: null,
          to: null,
          reason: 'Another person',
          changes: [{ path: 'hits.hit_1.whitelisted', from: false, to: true }],
        },
      ],
      [
        'clearings_used',
        {
          from: null,
          to: null,
          reason: null,
          changes: [
            {
              path: `${session.state.run?.run_id}.watchlists.hits.hit_1.whitelisted`,
              from: null,
              to: session.state.session_id,
            },
          ],
        },
      ],
      [
        'hit_reopened',
        { from: null, to: null, reason: null, changes: [{ path: 'hits.hit_1.whitelisted', from: true, to: false }] },
      ],
    ])
  })
})
