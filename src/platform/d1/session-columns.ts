// What of a session becomes a column: the only place that knows how the narrow row is derived from the state.

import { retentionFrom } from '../../domain/session/retention.ts'
import { sessionRow } from '../../domain/session/views.ts'
import type { SessionState } from '../../domain/session/state.ts'
import type { EpochMs } from '../../domain/time.ts'
import { CHECK_NAMES, type CheckName } from '../../domain/workflow/definition.ts'
import { SPAN_BITS, spanColumn, spanOf } from './update-spans.ts'

/** Indexed text is cut here; a longer search word finds what begins with its first characters. */
export const MAX_SEARCH_CHARACTERS = 256
/** One shard and one jurisdiction so far (application/sessions/create-session.ts). */
const PLACEMENT = 0

export const searchable = (text: unknown): string | null =>
  typeof text === 'string' && text !== '' ? text.toLowerCase().slice(0, MAX_SEARCH_CHARACTERS) : null

/** Sorts like (created_at, session_id). 13 digits last until the year 2286. */
export const createdKey = (createdAt: EpochMs, sessionId: string): string =>
  `${createdKeyPrefix(createdAt)}${sessionId}`
export const createdKeyPrefix = (createdAt: EpochMs): string => String(createdAt).padStart(13, '0')

export const checksBitmask = (checks: readonly CheckName[]): number =>
  checks.reduce((bits, check) => bits | (1 << CHECK_NAMES.indexOf(check)), 0)

export type SqlValue = string | number | null

/** Never change after creation. */
export const fixedColumns = (state: SessionState) => ({
  tenant_id: state.tenant_id,
  mode: state.mode,
  session_id: state.session_id,
  workflow_id: state.workflow_id,
  parent_session_id: state.parent_session_id,
  created_at: state.created_at,
  created_key: createdKey(state.created_at, state.session_id),
  placement: PLACEMENT,
})

/** Change with every projection. */
export const movingColumns = (state: SessionState) => ({
  version: state.version,
  updated_at: state.updated_at,
  row: JSON.stringify(sessionRow(state)),
})

/** The smallest first. Where one changes, all that come before it change too: they nest. */
export const spanColumns = (state: SessionState): Record<string, SqlValue>[] =>
  SPAN_BITS.map((bits) => ({ [spanColumn(bits)]: spanOf(state.updated_at, bits) }))

/**
 * Change now and then. SQLite rewrites the indexes of every column that a statement assigns, equal value or not, so each
 * group is assigned by a statement of its own that runs only where something differs (write-session.ts).
 */
export const seldomColumns = (state: SessionState): Record<string, SqlValue>[] => [
  { status: state.status },
  { final_decision: state.final_decision },
  {
    risk_score: state.risk_score,
    risk_unit: state.risk_score === null ? null : Math.floor(state.risk_score),
    risk_ten: state.risk_score === null ? null : Math.floor(state.risk_score / 10),
  },
  { checks_ended: checksBitmask(state.checks_ended) },
  // A subsession goes with its root.
  { retention_from: state.parent_session_id === null ? retentionFrom(state) : null },
  { client_id: state.client_id, client_id_lower: searchable(state.client_id) },
  {
    user_email_lower: searchable(state.metadata['user_email']),
    user_name_lower: searchable(state.metadata['user_name']),
  },
]

export const sessionColumns = (state: SessionState): Record<string, SqlValue> =>
  Object.assign({}, fixedColumns(state), ...seldomColumns(state), ...spanColumns(state), movingColumns(state))

export const stateColumns = (state: SessionState, owner: 'seed' | 'object'): Record<string, SqlValue> => ({
  session_id: state.session_id,
  tenant_id: state.tenant_id,
  mode: state.mode,
  owner,
  version: state.version,
  status: state.status,
  next_sequence: state.webhook_sequence + 1,
  link_generation: state.link.generation,
  link_nonce_hash: state.link.nonce_hash,
  workflow_id: state.workflow_id,
  workflow_version: state.workflow_version,
  expires_at: state.expires_at,
  state: JSON.stringify(state),
})
