import type { SessionSnapshot } from '../../application/ports.ts'
import type { SessionDocument } from '../../domain/document/document.ts'
import type { PublicDocument } from '../../domain/session/public-view.ts'
import { publicDocument, publicView } from '../../domain/session/public-view.ts'
import type { EpochMs } from '../../domain/time.ts'
import type { ConfirmedDocumentBody, PublicDocumentBody, PublicSessionBody } from '../schemas/public-session.ts'
import { iso, isoOrNull } from './time.ts'

export function presentPublicSession({ state, workflow }: SessionSnapshot, now: EpochMs): PublicSessionBody {
  const view = publicView(state, workflow, now)
  return {
    session_id: view.session_id,
    workflow_name: view.workflow_name,
    status: view.status,
    current_step_index: view.current_step_index,
    total_steps: view.total_steps,
    steps_data: view.steps_data.map((step) => ({
      ...step,
      started_at: isoOrNull(step.started_at),
      completed_at: isoOrNull(step.completed_at),
      documents: step.documents.map(presentPublicDocument),
    })),
    corrections: view.corrections.map((correction) => ({ ...correction, requested_at: iso(correction.requested_at) })),
    consent:
      view.consent === null ? null : { version: view.consent.version, accepted_at: iso(view.consent.accepted_at) },
    expires_at: iso(view.expires_at),
    language: view.language,
    redirect_url: view.redirect_url,
    next_action: view.next_action,
  }
}

export const presentConfirmed = (document: SessionDocument): ConfirmedDocumentBody => ({
  ...presentPublicDocument(publicDocument(document)),
  sha256: document.sha256,
})

const presentPublicDocument = (document: PublicDocument): PublicDocumentBody => ({
  ...document,
  uploaded_at: isoOrNull(document.uploaded_at),
})
