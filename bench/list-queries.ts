import type { SessionFilter, SessionListQuery } from '../src/application/ports.ts'

export const SESSIONS = 200_000
/** The first session's time; one a minute follows. */
export const BEGUN = Date.UTC(2026, 0, 1)
export const END = BEGUN + SESSIONS * 60_000

/** Each on its own, newest first. */
export const SINGLES: readonly [string, SessionFilter][] = [
  ['status=approved', { status: ['approved'] }],
  ['status of two values', { status: ['approved', 'draft'] }],
  ['compliance_status=incomplete', { compliance_status: ['incomplete'] }],
  ['final_decision=approved', { final_decision: ['approved'] }],
  ['final_decision=none', { final_decision: ['none'] }],
  ['workflow_id', { workflow_id: ['workflow-2'] }],
  ['client_id', { client_id: ['Client-7'] }],
  ['client_id of twelve values', { client_id: Array.from({ length: 12 }, (_, number) => `Client-${number}`) }],
  ['parent_session_id', { parent_session_id: '01950000-0000-7000-8000-000000000001' }],
  ['parent_session_id=none', { parent_session_id: 'none' }],
  ['tag=vip', { tag: ['vip'] }],
  ['risk_min=70', { risk_min: 70 }],
  ['risk_max=30', { risk_max: 30 }],
  ['created_from and created_to', { created_from: BEGUN + 60_000_000, created_to: BEGUN + 6_000_000_000 }],
  ['q that finds few', { q: 'user199999' }],
]

export const COMBINATIONS: readonly [string, Partial<SessionListQuery>][] = [
  ['status and workflow_id', { filter: { status: ['approved'], workflow_id: ['workflow-2'] } }],
  ['status, tag and risk_min', { filter: { status: ['manual_review'], tag: ['vip'], risk_min: 70 } }],
  ['final_decision=none and client_id', { filter: { final_decision: ['none'], client_id: ['Client-7'] } }],
  ['q that finds many', { filter: { q: 'name' } }],
  ['q that finds many, and a status', { filter: { q: 'user1', status: ['rejected'] } }],
  ['sort=risk_score, highest first', { sort: { column: 'risk_score', descends: true } }],
  ['sort=updated_at', { sort: { column: 'updated_at', descends: true } }],
  [
    'sort=updated_at and a status',
    { sort: { column: 'updated_at', descends: true }, filter: { status: ['approved'] } },
  ],
]
