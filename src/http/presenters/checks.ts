import type { CheckBase, ResultsByCheck } from '../../domain/decision/check-results.ts'
import type { ProcessingResults, SessionState, ValidationRecord } from '../../domain/session/state.ts'
import type { ProcessingResultsBody, ResultsByCheckBody, ValidationBody } from '../schemas/session.ts'
import type { ProcessedSessionBody } from '../schemas/session-requests.ts'
import type { ValidatedBody } from '../schemas/validation.ts'
import { iso, isoOrNull } from './time.ts'
import { presentWatchlists } from './watchlists.ts'

const dated = <T extends CheckBase>(result: T): Omit<T, 'checked_at'> & { checked_at: string } => ({
  ...result,
  checked_at: iso(result.checked_at),
})

const datedOrNull = <T extends CheckBase>(result: T | null): (Omit<T, 'checked_at'> & { checked_at: string }) | null =>
  result === null ? null : dated(result)

/** A run's jobs and ids stay inside. */
export function presentProcessingResults(results: ProcessingResults): ProcessingResultsBody {
  const { watchlists, crypto, adverse_media } = results.external_validations
  return {
    extraction_results: datedOrNull(results.extraction_results),
    cross_validation: datedOrNull(results.cross_validation),
    face_match_result: datedOrNull(results.face_match_result),
    liveness_result: datedOrNull(results.liveness_result),
    external_validations: {
      watchlists: watchlists === null ? null : presentWatchlists(watchlists),
      crypto: datedOrNull(crypto),
      adverse_media: datedOrNull(adverse_media),
    },
    web_validation_results: datedOrNull(results.web_validation_results),
    subsessions: results.subsessions,
    final_decision: results.final_decision,
    risk_score: results.risk_score,
    risk_level: results.risk_level,
    risk_factors: results.risk_factors,
    automation_flags: results.automation_flags,
    started_at: iso(results.started_at),
    completed_at: iso(results.completed_at),
    superseded_at: isoOrNull(results.superseded_at),
  }
}

export const presentValidation = (validation: ValidationRecord): ValidationBody => ({
  validation_id: validation.validation_id,
  step_id: validation.step_id,
  status: validation.status,
  results: presentResults(validation.results),
  started_at: iso(validation.started_at),
  completed_at: isoOrNull(validation.completed_at),
})

/** As the call that asked for it reads it: such a validation belongs to no step. */
export function presentValidated(validation: ValidationRecord): ValidatedBody {
  const { step_id: _, ...answer } = presentValidation(validation)
  return answer
}

function presentResults(results: ResultsByCheck): ResultsByCheckBody {
  const { watchlists, crypto, adverse_media, face_match, liveness, web_validation, extraction, cross_validation } =
    results
  return {
    ...(watchlists === undefined ? {} : { watchlists: presentWatchlists(watchlists) }),
    ...(crypto === undefined ? {} : { crypto: dated(crypto) }),
    ...(adverse_media === undefined ? {} : { adverse_media: dated(adverse_media) }),
    ...(face_match === undefined ? {} : { face_match: dated(face_match) }),
    ...(liveness === undefined ? {} : { liveness: dated(liveness) }),
    ...(web_validation === undefined ? {} : { web_validation: dated(web_validation) }),
    ...(extraction === undefined ? {} : { extraction: dated(extraction) }),
    ...(cross_validation === undefined ? {} : { cross_validation: dated(cross_validation) }),
  }
}

export const presentProcessed = (state: SessionState): ProcessedSessionBody => ({
  session_id: state.session_id,
  status: state.status,
  processing_results: state.processing_results === null ? null : presentProcessingResults(state.processing_results),
})
