import { evictDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { describe, expect, it } from 'vitest'
import type { SessionCommand } from '../../../src/domain/session/commands.ts'
import type { RecordedEvent } from '../../../src/domain/session/events.ts'
import { evolve } from '../../../src/domain/session/evolve.ts'
import type { SessionState } from '../../../src/domain/session/state.ts'
import { announceBill, confirm, update } from '../../support/fixtures/session.ts'
import { papersStep, simpleWorkflow, validationConfig, workflowOf } from '../../support/fixtures/workflow.ts'
import {
  asEndUser,
  asTenant,
  composed,
  eventually,
  makeWorld,
  newSession,
  objectOf,
  storedRow,
} from '../../support/world.ts'

/** `papers` documents (may be skipped) → `person` form. */
function twoSteps() {
  const [person] = simpleWorkflow().steps
  if (person === undefined) throw new Error('fixture')
  return workflowOf([papersStep(), { ...person, order: 2 }], {
    validation_config: validationConfig({ run_adverse_media: true }),
  })
}

const confirmBill = (doc_id: string): SessionCommand =>
  confirm(doc_id, { size: 4, sha256: 'ab'.repeat(32), mime_type: 'application/pdf', problem: null })
const LIFE: [who: 'end user' | 'tenant', command: SessionCommand][] = [
  ['end user', { type: 'start', consent: false, consent_version: null }],
  ['end user', announceBill('doc_1')],
  ['end user', confirmBill('doc_1')],
  ['end user', announceBill('doc_2')],
  ['end user', { type: 'remove_document', doc_id: 'doc_2' }],
  ['end user', { type: 'skip_step', step_id: 'papers' }],
  ['end user', { type: 'save_step', step_id: 'person', form_data: { full_name: 'Ada' } }],
  ['tenant', { type: 'extend', ttl_days: 3, expires_at: null }],
  ['end user', { type: 'complete_step', step_id: 'person', form_data: { full_name: 'Ada Lovelace' } }],
  [
    'tenant',
    {
      type: 'request_corrections',
      corrections: [
        {
          correction_id: 'cor_1',
          step_id: 'person',
          field_ids: ['full_name'],
          document_types: [],
          message: 'In full, please.',
        },
      ],
      note: null,
      ttl_days: null,
    },
  ],
  ['end user', { type: 'complete_step', step_id: 'person', form_data: { full_name: 'Augusta Ada Lovelace' } }],
  ['tenant', { type: 'validate', checks: null, explain_misses: false }],
  ['tenant', { type: 'process', rerun: false }],
  ['tenant', update({ status: 'rejected', reason: 'no' })],
  ['tenant', update({ status: 'approved', reason: 'yes after all', metadata: { vip: true } })],
  ['tenant', { type: 'set_legal_hold', held: true, reason: 'case 7' }],
  ['tenant', { type: 'renew_link', ttl_days: 2, nonce_hash: 'cd'.repeat(32) }],
]

describe('an object that is evicted after every write', () => {
  it('has lost nothing: state, trail and D1 row agree after each', async () => {
    const world = await makeWorld({ definition: twoSteps() })
    const session = await newSession(world)
    const id = session.state.session_id
    for (const [who, command] of LIFE) {
      const answer = who === 'tenant' ? await asTenant(world, id, command) : await asEndUser(session, command)
      if (!answer.ok) throw new Error(`${command.type}: ${answer.error.message}`)
      await evictDurableObject(objectOf(id))
      const seen = await objectOf(id).read({ by: 'system' })
      if (seen === 'not_hydrated' || !seen.ok) throw new Error(`${command.type}: gone`)
      expect(seen.value.state.version, command.type).toBeGreaterThanOrEqual(answer.value.state.version)
      await evictDurableObject(objectOf(id))
      const row = await eventually(async () => {
        const stored = await storedRow(id)
        return (stored?.version ?? 0) >= seen.value.state.version && stored
      }, `${command.type} reaches D1`)
      expect(row.owner).toBe('object')
      await eventually(async () => {
        const now = await objectOf(id).read({ by: 'system' })
        return now !== 'not_hydrated' && now.ok && now.value.state.status !== 'processing'
      }, 'no run is under way')
    }
    await composed().deps.sessionObjects.project(id)
    const { results } = await env.DB.prepare(
      'SELECT payload FROM session_events WHERE session_id = ? ORDER BY sequence',
    )
      .bind(id)
      .all<{ payload: string }>()
    const replayed = results
      .map(({ payload }): RecordedEvent => JSON.parse(payload))
      .reduce<SessionState | null>((state, event) => evolve(state, event), null)
    const row = await storedRow(id)
    expect(replayed).toEqual(JSON.parse(row?.state ?? '{}'))
    expect(replayed?.status).toBe('approved')
  })
})
