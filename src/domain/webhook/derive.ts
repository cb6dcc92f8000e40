// Which events a tenant is told of when a session changes. A pure view of the trail: the same change gives the same
// events at every replay, which is what keeps `sequence` gap-free. What they say is payload.ts.

import type { RecordedEvent, SessionEvent } from '../session/events.ts'
import type { SessionState } from '../session/state.ts'
import type { WebhookType } from './events.ts'

type StatusChange = Extract<SessionEvent, { type: 'status_changed' }>

/** In the order they are numbered. */
export function webhookTypesOf(recorded: RecordedEvent): WebhookType[] {
  const { event } = recorded
  switch (event.type) {
    case 'session_created':
      return ['kyc.session.created']
    case 'status_changed':
      return [...byTrigger(event), ...byTarget(event)]
    case 'link_ran_out':
      return ['kyc.session.link_expired']
    case 'check_recorded': {
      const hits = 'hits' in event.result ? event.result.hits : []
      return event.check === 'watchlists' && hits.some((hit) => !hit.whitelisted) ? ['kyc.session.watchlist_hit'] : []
    }
    default:
      return []
  }
}

function byTrigger(change: StatusChange): WebhookType[] {
  switch (change.by) {
    case 'first_write':
      return ['kyc.session.started']
    case 'decision':
      return ['kyc.session.processed']
    case 'corrections_request':
      return ['kyc.session.corrections_requested']
    case 'corrections_resolved':
      return ['kyc.session.corrections_resolved']
    case 'link_renewal':
      return ['kyc.session.reactivated']
    case 'patch':
      if (change.from === 'expired' || change.to === 'active') return ['kyc.session.reactivated']
      if (change.to === 'approved') return ['kyc.session.approved']
      return change.to === 'rejected' ? ['kyc.session.rejected'] : []
    default:
      return []
  }
}

function byTarget(change: StatusChange): WebhookType[] {
  if (change.to === 'completed') return ['kyc.session.completed']
  if (change.to === 'manual_review') return ['kyc.session.manual_review']
  return change.to === 'expired' ? ['kyc.session.expired'] : []
}

/** The number of the last webhook event once `recorded` has happened. */
export const webhookSequenceAfter = (before: SessionState | null, recorded: RecordedEvent): number =>
  (before?.webhook_sequence ?? 0) + webhookTypesOf(recorded).length
