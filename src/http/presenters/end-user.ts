import type { ExtractedDocument } from '../../application/end-user/extract-document.ts'
import type { StartedLiveness } from '../../application/end-user/start-liveness.ts'
import type { CreatedSession } from '../../application/sessions/create-session.ts'
import type { Relationship } from '../../domain/workflow/definition.ts'
import type { SubsessionRef } from '../../domain/session/state.ts'
import { isSubsessionCompleted } from '../../domain/session/subsession-counts.ts'
import type {
  CreatedPublicSubsessionBody,
  ExtractedDocumentBody,
  LivenessChallengeBody,
  PublicSubsessionBody,
} from '../schemas/end-user.ts'
import { presentConfirmed } from './public-session.ts'
import { iso, isoOrNull } from './time.ts'

export const presentExtracted = ({ document, extraction, check }: ExtractedDocument): ExtractedDocumentBody => ({
  ...presentConfirmed(document),
  extraction,
  extraction_check: { state: check.state, checked_at: iso(check.checked_at), message: check.message ?? null },
})

export const presentChallenge = ({ stepId, open, attemptsLeft }: StartedLiveness): LivenessChallengeBody => ({
  step_id: stepId,
  nonce: open?.nonce ?? null,
  challenges: open?.challenges ?? [],
  expires_at: isoOrNull(open?.expires_at ?? null),
  attempts_left: attemptsLeft,
})

/** Never another person's status, decision or score. */
export const presentPublicSubsession = (child: SubsessionRef): PublicSubsessionBody => ({
  session_id: child.session_id,
  relationship: child.relationship,
  name: child.name,
  is_completed: isSubsessionCompleted(child.status),
  completed_steps: child.completed_steps,
  total_steps: child.total_steps,
})

export const presentCreatedSubsession = (
  { state, accessToken, accessLink }: CreatedSession,
  asked: { relationship: Relationship; name: string | null },
): CreatedPublicSubsessionBody => ({
  session_id: state.session_id,
  ...asked,
  is_completed: false,
  completed_steps: 0,
  total_steps: state.steps.length,
  access_token: accessToken,
  access_link: accessLink,
  expires_at: iso(state.expires_at),
})
