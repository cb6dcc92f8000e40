import { z } from '@hono/zod-openapi'
import type { SessionFilter, SessionSort } from '../../application/ports.ts'
import { COMPLIANCE_STATUSES, FINAL_DECISIONS, SESSION_STATUSES } from '../../domain/session/status.ts'
import { CHECK_NAMES } from '../../domain/workflow/definition.ts'
import { Pagination } from './envelope.ts'
import { SessionId, WorkflowId } from './ids.ts'
import { Cursor, Limit, commaList, decimal, flag, instantParameter } from './query.ts'
import { SessionRowBody } from './session.ts'

const SORTS = ['created_at', '-created_at', 'updated_at', '-updated_at', 'risk_score', '-risk_score'] as const

export const SessionListParameters = z.strictObject({
  limit: Limit,
  cursor: Cursor,
  sort: z.enum(SORTS).optional().openapi({
    description:
      'What to sort by; `-` in front sorts downwards. Sessions without a risk score come last. Left out: `-created_at`, the newest first',
  }),
  status: commaList(z.enum(SESSION_STATUSES)).optional(),
  compliance_status: commaList(z.enum(COMPLIANCE_STATUSES)).optional(),
  final_decision: commaList(z.enum([...FINAL_DECISIONS, 'none'])).optional(),
  workflow_id: commaList(WorkflowId).optional(),
  client_id: commaList(z.string().min(1).max(200)).optional(),
  parent_session_id: z
    .union([z.literal('none'), SessionId])
    .optional()
    .openapi({
      type: 'string',
      description:
        'Only subsessions of this session, or with `none` only sessions that are no subsession. Left out: both',
    }),
  tag: commaList(z.string().min(1).max(100)).optional(),
  risk_min: decimal(0, 100).optional(),
  risk_max: decimal(0, 100).optional(),
  created_from: instantParameter.optional().openapi({ description: 'Only sessions made at this instant or later' }),
  created_to: instantParameter.optional().openapi({ description: 'Only sessions made before this instant' }),
  updated_from: instantParameter
    .optional()
    .openapi({ description: 'Only sessions last changed at this instant or later' }),
  updated_to: instantParameter.optional().openapi({ description: 'Only sessions last changed before this instant' }),
  q: z.string().trim().min(2).max(200).optional().openapi({
    description:
      'Only sessions whose id, client id, `metadata.user_email` or `metadata.user_name` begins with this; upper and lower case are the same. At least 2 characters',
  }),
  include_summary: flag.optional(),
})
export type SessionListParameters = z.output<typeof SessionListParameters>

const count = z.number().int()
const countsOf = <K extends string>(keys: readonly K[]) => z.record(z.enum(keys), count)

export const SessionSummaryBody = z
  .strictObject({
    status_counts: countsOf(SESSION_STATUSES),
    inbox_counts: countsOf(COMPLIANCE_STATUSES),
    total: count,
    avg_risk_score: z.number().nullable(),
    sessions_with_risk_score: count,
    validation_counts: countsOf(CHECK_NAMES),
  })
  .openapi('SessionSummary')

export const SessionListBody = z
  .strictObject({
    sessions: z.array(SessionRowBody),
    pagination: Pagination,
    summary: SessionSummaryBody.optional(),
  })
  .openapi('SessionList')

export const filterOf = (query: SessionListParameters): SessionFilter => ({
  ...(query.status === undefined ? {} : { status: query.status }),
  ...(query.compliance_status === undefined ? {} : { compliance_status: query.compliance_status }),
  ...(query.final_decision === undefined ? {} : { final_decision: query.final_decision }),
  ...(query.workflow_id === undefined ? {} : { workflow_id: query.workflow_id }),
  ...(query.client_id === undefined ? {} : { client_id: query.client_id }),
  ...(query.parent_session_id === undefined ? {} : { parent_session_id: query.parent_session_id }),
  ...(query.tag === undefined ? {} : { tag: query.tag }),
  ...(query.risk_min === undefined ? {} : { risk_min: query.risk_min }),
  ...(query.risk_max === undefined ? {} : { risk_max: query.risk_max }),
  ...(query.created_from === undefined ? {} : { created_from: query.created_from }),
  ...(query.created_to === undefined ? {} : { created_to: query.created_to }),
  ...(query.updated_from === undefined ? {} : { updated_from: query.updated_from }),
  ...(query.updated_to === undefined ? {} : { updated_to: query.updated_to }),
  ...(query.q === undefined ? {} : { q: query.q }),
})

export function sortOf(name: SessionListParameters['sort']): SessionSort {
  switch (name) {
    case 'created_at':
    case 'updated_at':
    case 'risk_score':
      return { column: name, descends: false }
    case '-updated_at':
      return { column: 'updated_at', descends: true }
    case '-risk_score':
      return { column: 'risk_score', descends: true }
    case '-created_at':
    case undefined:
      return { column: 'created_at', descends: true }
  }
}
