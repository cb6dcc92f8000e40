// When time alone will change a session, and whether it has already. The commands that act on it are `expire`,
// `sweep_uploads` and `close_overdue_runs`; this file only tells the alarm and the lazy check on access.

import { PENDING_UPLOAD_MS } from '../document/document.ts'
import type { EpochMs } from '../time.ts'
import type { SessionState } from './state.ts'

/** Time still has something to say about the link: later statuses never expire, and an expiry is said once. */
const linkIsWatched = (state: SessionState): boolean =>
  state.status === 'draft' ||
  state.status === 'active' ||
  (state.status === 'awaiting_client_correction' && !state.link_expiry_noted)

/** True when `expire` would change the session. */
export const isExpiryDue = (state: SessionState, now: EpochMs): boolean =>
  linkIsWatched(state) && now >= state.expires_at

/** The instant from which an upload may be swept. */
export const uploadDeadline = (document: { created_at: EpochMs }): EpochMs => document.created_at + PENDING_UPLOAD_MS

/** The earliest instant at which something is due; null when time will change nothing. */
export function nextDeadline(state: SessionState): EpochMs | null {
  const deadlines = state.documents.filter((document) => document.status === 'pending_upload').map(uploadDeadline)
  if (linkIsWatched(state)) deadlines.push(state.expires_at)
  if (state.run !== null && state.run.closed_at === null) deadlines.push(state.run.deadline_at)
  for (const validation of state.validations) {
    if (validation.status === 'running') deadlines.push(validation.deadline_at)
  }
  return deadlines.length === 0 ? null : Math.min(...deadlines)
}
