// The life of a session as one table. Every change of status names the trigger that makes it, and a pair that is not
// here does not happen. `GET /kyc/meta/transitions` serves these rows.

import type { SessionStatus } from './status.ts'

export const TRIGGERS = [
  'create',
  'first_write',
  'all_steps_done',
  'blocking_result',
  'process',
  'auto_process',
  'rerun',
  'decision',
  'link_time_out',
  'link_renewal',
  'corrections_request',
  'corrections_resolved',
  'patch',
] as const
export type Trigger = (typeof TRIGGERS)[number]

/** `reopens_steps_if_none_left` is something that happens, the others must hold; decide checks them. */
export type TransitionCondition =
  | 'all_steps_done'
  | 'reason_required'
  | 'reopens_steps_if_none_left'
  | 'returns_to_status_before_expiry'
  | 'required_steps_done'

export type Transition = {
  from: SessionStatus | null
  to: SessionStatus
  by: Trigger
  conditions: readonly TransitionCondition[]
}

const rows = (
  from: readonly (SessionStatus | null)[],
  to: readonly SessionStatus[],
  by: Trigger,
  ...conditions: TransitionCondition[]
): Transition[] =>
  from.flatMap((source) =>
    to.filter((target) => target !== source).map((target) => ({ from: source, to: target, by, conditions })),
  )

export const TRANSITIONS: readonly Transition[] = [
  ...rows([null], ['draft'], 'create'),
  ...rows(['draft'], ['active'], 'first_write'),
  ...rows(['active'], ['completed'], 'all_steps_done'),
  ...rows(['active'], ['manual_review'], 'blocking_result'),
  ...rows(['completed'], ['processing'], 'process'),
  ...rows(['completed'], ['processing'], 'auto_process'),
  ...rows(['processed', 'manual_review'], ['processing'], 'rerun', 'all_steps_done'),
  ...rows(['processing'], ['approved', 'rejected', 'manual_review', 'processed'], 'decision'),
  ...rows(['draft', 'active'], ['expired'], 'link_time_out'),
  ...rows(['draft', 'active', 'awaiting_client_correction'], ['expired'], 'patch'),
  ...rows(
    ['expired'],
    ['draft', 'active', 'awaiting_client_correction'],
    'link_renewal',
    'returns_to_status_before_expiry',
  ),
  ...rows(['expired'], ['draft', 'active', 'awaiting_client_correction'], 'patch', 'returns_to_status_before_expiry'),
  ...rows(
    ['completed', 'processed', 'manual_review', 'approved', 'rejected'],
    ['awaiting_client_correction'],
    'corrections_request',
  ),
  { from: 'awaiting_client_correction', to: 'awaiting_client_correction', by: 'corrections_request', conditions: [] },
  ...rows(['awaiting_client_correction'], ['completed', 'active'], 'corrections_resolved'),
  ...rows(
    ['completed', 'processed', 'manual_review', 'awaiting_client_correction'],
    ['manual_review', 'rejected'],
    'patch',
  ),
  ...rows(
    ['completed', 'processed', 'manual_review', 'awaiting_client_correction'],
    ['approved'],
    'patch',
    'required_steps_done',
  ),
  ...rows(['approved', 'rejected'], ['rejected', 'manual_review'], 'patch', 'reason_required'),
  ...rows(['rejected'], ['approved'], 'patch', 'reason_required', 'required_steps_done'),
  ...rows(['draft', 'active'], ['rejected'], 'patch'),
  ...rows(['rejected', 'manual_review'], ['active'], 'patch', 'reopens_steps_if_none_left'),
]

/** The row for a move, or null when the table has none. */
export const findTransition = (from: SessionStatus | null, to: SessionStatus, by: Trigger): Transition | null =>
  TRANSITIONS.find((row) => row.from === from && row.to === to && row.by === by) ?? null

/** Where a trigger can lead from here, each target once. */
export const allowedTargets = (from: SessionStatus, by: Trigger): SessionStatus[] => [
  ...new Set(TRANSITIONS.filter((row) => row.from === from && row.by === by).map((row) => row.to)),
]
