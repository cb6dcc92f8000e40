// What events make of runs, validations and their jobs. Only `run_decided` touches risk and decision; what extraction
// read is also kept with its document.

import type { CheckResult } from '../decision/check-results.ts'
import type { CheckName } from '../workflow/definition.ts'
import { unreachable } from '../result.ts'
import type { EpochMs } from '../time.ts'
import type { SessionEvent } from './events.ts'
import { withExtractions } from './evolve-documents.ts'
import { changeStep } from './evolve-steps.ts'
import { MAX_VALIDATIONS_KEPT } from './state.ts'
import type { RunJob, SessionState, ValidationRecord } from './state.ts'

type CheckEvent = Extract<
  SessionEvent,
  {
    type:
      | 'run_started'
      | 'check_recorded'
      | 'checks_timed_out'
      | 'late_result_kept'
      | 'run_decided'
      | 'validation_started'
      | 'validation_completed'
  }
>

export function evolveChecks(state: SessionState, event: CheckEvent, at: EpochMs): SessionState {
  switch (event.type) {
    case 'run_started':
      return withEnded({ ...state, run: event.run }, Object.entries(event.run.results))
    case 'check_recorded': {
      const next = changeOwner(state, event.owner_id, (owner) => ({
        ...owner,
        results: { ...owner.results, [event.check]: event.result },
        jobs: owner.jobs.map((job): RunJob => {
          if (job.check === event.check) return { ...job, status: 'done' }
          const dispatched = event.dispatched.find((one) => one.check === job.check)
          return dispatched === undefined ? job : { ...job, status: 'sent', job_id: dispatched.job_id }
        }),
      }))
      return withEnded(withRead(next, event.result), [[event.check, event.result]])
    }
    case 'checks_timed_out':
      return changeOwner(state, event.owner_id, (owner) => ({
        ...owner,
        results: { ...owner.results, ...event.results },
        jobs: owner.jobs.map((job) => (event.checks.includes(job.check) ? { ...job, status: 'missed' } : job)),
      }))
    case 'late_result_kept':
      return changeOwner(state, event.owner_id, (owner) => ({
        ...owner,
        jobs: owner.jobs.map((job) => (job.job_id === event.job_id ? { ...job, status: 'done' } : job)),
      }))
    case 'run_decided': {
      const { results } = event
      return {
        ...state,
        run: state.run === null ? null : { ...state.run, closed_at: at },
        processing_results: results,
        final_decision: results.final_decision,
        decision: event.decision,
        risk_score: results.risk_score,
        risk_level: results.risk_level,
        automation_flags: results.automation_flags,
      }
    }
    case 'validation_started': {
      const { step_id, results } = event.validation
      const next = withEnded(
        { ...state, validations: newest([...state.validations, event.validation]) },
        Object.entries(results),
      )
      return step_id === null
        ? next
        : changeStep(next, step_id, (step) => ({ ...step, status: 'in_progress', started_at: step.started_at ?? at }))
    }
    case 'validation_completed':
      return {
        ...state,
        validations: state.validations.map((validation) =>
          validation.validation_id === event.validation_id
            ? { ...validation, status: 'completed', completed_at: at }
            : validation,
        ),
      }
    default:
      return unreachable(event)
  }
}

type OwnedWork = Pick<ValidationRecord, 'jobs' | 'results'>

function changeOwner(state: SessionState, ownerId: string, change: (owner: OwnedWork) => OwnedWork): SessionState {
  if (state.run?.run_id === ownerId) return { ...state, run: { ...state.run, ...change(picked(state.run)) } }
  return {
    ...state,
    validations: state.validations.map((validation) =>
      validation.validation_id === ownerId ? { ...validation, ...change(picked(validation)) } : validation,
    ),
  }
}

const picked = ({ jobs, results }: OwnedWork): OwnedWork => ({ jobs, results })

/** Running ones are never dropped: their results are still to come. */
function newest(validations: ValidationRecord[]): ValidationRecord[] {
  let surplus = validations.length - MAX_VALIDATIONS_KEPT
  return validations.filter((validation) => {
    if (surplus <= 0 || validation.status === 'running') return true
    surplus -= 1
    return false
  })
}

function withEnded(state: SessionState, results: [string, CheckResult][]): SessionState {
  const ended = results
    .filter(([, result]) => result.state === 'ok' || result.state === 'stale')
    .map(([check]) => check)
    .filter((check): check is CheckName => !state.checks_ended.some((known) => known === check))
  return ended.length === 0 ? state : { ...state, checks_ended: [...state.checks_ended, ...ended] }
}

const withRead = (state: SessionState, result: CheckResult): SessionState =>
  'documents' in result ? withExtractions(state, result.documents) : state
