// A run from start to decision. It decides when the decision is made and where it takes the session; what the decision
// is, is decision/decide-outcome.ts.

import { decideOutcome } from '../decision/decide-outcome.ts'
import { requestedChecks } from '../decision/requested-checks.ts'
import { plannedWork } from './job-graph.ts'
import { RUN_DEADLINE_MS } from './state.ts'
import type { CheckRun, Decision, ProcessingResults, SessionState } from './state.ts'
import { subsessionCounts } from './subsession-counts.ts'
import type { Trigger } from './transitions.ts'
import { emit, moveTo } from './turn.ts'
import type { Refusal, Turn } from './turn.ts'

export function startRun(turn: Turn, by: Extract<Trigger, 'process' | 'auto_process' | 'rerun'>): Refusal {
  const { now, workflow, actor, id } = turn.context
  const startedFrom = turn.state.status
  const refusal = moveTo(turn, 'processing', by)
  if (refusal !== null) return refusal
  if (turn.state.decision !== null || turn.state.final_decision !== null)
    emit(turn, { type: 'decision_cleared', risk: false })
  const run_id = `run_${id}`
  const work = plannedWork(turn.state, workflow, {
    owner_id: run_id,
    checks: requestedChecks(workflow),
    explain_misses: false,
    now,
  })
  emit(turn, {
    type: 'run_started',
    run: {
      run_id,
      started_at: now,
      deadline_at: now + RUN_DEADLINE_MS,
      ...work,
      closed_at: null,
      started_from: startedFrom,
      requested_by: actor,
    },
  })
  return settleRun(turn)
}

/** Decides the open run once none of its jobs is outstanding. */
export function settleRun(turn: Turn): Refusal {
  const { run } = turn.state
  if (run === null || run.closed_at !== null) return null
  if (run.jobs.some((job) => job.status === 'waiting' || job.status === 'sent')) return null
  const { now, workflow } = turn.context
  const outcome = decideOutcome({ state: turn.state, workflow, results: run.results, now })
  const decision: Decision | null =
    outcome.final_decision === null
      ? null
      : { by: 'automation', reviewer: null, on_behalf_of: null, reason: null, decided_at: now }
  emit(turn, {
    type: 'run_decided',
    run_id: run.run_id,
    results: processingResults(turn.state, run, outcome, now),
    decision,
  })
  return moveTo(turn, outcome.status, 'decision')
}

function processingResults(
  state: SessionState,
  run: CheckRun,
  outcome: ReturnType<typeof decideOutcome>,
  now: number,
): ProcessingResults {
  const { results } = run
  const rejected = state.subsessions.filter((child) => child.status === 'rejected').length
  const notApproved = state.subsessions.filter((child) => child.status !== 'approved').length
  return {
    extraction_results: results.extraction ?? null,
    cross_validation: results.cross_validation ?? null,
    face_match_result: results.face_match ?? null,
    liveness_result: results.liveness ?? null,
    external_validations: {
      watchlists: results.watchlists ?? null,
      crypto: results.crypto ?? null,
      adverse_media: results.adverse_media ?? null,
    },
    web_validation_results: results.web_validation ?? null,
    subsessions: { ...subsessionCounts(state), rejected, not_approved: notApproved },
    final_decision: outcome.final_decision,
    risk_score: outcome.risk_score,
    risk_level: outcome.risk_level,
    risk_factors: outcome.risk_factors,
    automation_flags: outcome.automation_flags,
    started_at: run.started_at,
    completed_at: now,
    superseded_at: null,
  }
}
