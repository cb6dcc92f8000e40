// The work of a run or a validation as a small graph: which jobs there are, which may go, what each looks at. A job's id
// is a hash of its owner, its check and its inputs, so a result of anything else never decides. It computes no check.

import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'
import { canonicalJson } from '../canonical-json.ts'
import type { CheckInputs, LivenessResult, ResultsByCheck } from '../decision/check-results.ts'
import { gatherInputs } from '../decision/inputs.ts'
import { dependenciesOf } from '../decision/requested-checks.ts'
import type { EpochMs } from '../time.ts'
import type { CheckName, WorkflowDefinition } from '../workflow/definition.ts'
import type { RunJob, SessionState } from './state.ts'

export type JobOwner = { owner_id: string; jobs: RunJob[]; results: ResultsByCheck; explain_misses: boolean }

const JOB_ID_HEX = 32

/** The jobs of a new owner, those without dependencies on their way. `liveness` is no job: its step made the result. */
export function plannedWork(
  state: SessionState,
  workflow: WorkflowDefinition,
  owner: { owner_id: string; checks: readonly CheckName[]; explain_misses: boolean; now: EpochMs },
): Pick<JobOwner, 'jobs' | 'results'> {
  const results: ResultsByCheck = owner.checks.includes('liveness') ? { liveness: livenessOf(state, owner.now) } : {}
  const jobs = [...new Set(owner.checks)]
    .filter((check) => check !== 'liveness')
    .map((check): RunJob => ({ job_id: '', check, status: 'waiting' }))
  const released = releasedJobs(state, workflow, { ...owner, jobs, results })
  return {
    results,
    jobs: jobs.map((job) => {
      const go = released.find((one) => one.check === job.check)
      return go === undefined ? job : { ...job, status: 'sent', job_id: go.job_id }
    }),
  }
}

/** Waiting jobs whose inputs are all there, with the ids that they go by. */
export function releasedJobs(
  state: SessionState,
  workflow: WorkflowDefinition,
  owner: JobOwner,
): { check: CheckName; job_id: string }[] {
  const checks = owner.jobs.map((job) => job.check)
  return owner.jobs
    .filter((job) => job.status === 'waiting')
    .filter((job) => dependenciesOf(job.check, checks).every((needed) => owner.results[needed] !== undefined))
    .map(({ check }) => ({ check, job_id: jobId(owner.owner_id, check, inputsOf(state, workflow, owner, check)) }))
}

/** A job sees the results it builds on and no others, so its id does not hang on what ended first. */
export function inputsOf(
  state: SessionState,
  workflow: WorkflowDefinition,
  owner: JobOwner,
  check: CheckName,
): CheckInputs {
  const previous = dependenciesOf(
    check,
    owner.jobs.map((job) => job.check),
  ).reduce<ResultsByCheck>((picked, needed) => ({ ...picked, [needed]: owner.results[needed] }), {})
  return gatherInputs({ state, workflow, previous, explainMisses: owner.explain_misses })
}

const jobId = (ownerId: string, check: CheckName, inputs: CheckInputs): string =>
  bytesToHex(sha256(utf8ToBytes(`${ownerId}|${check}|${canonicalJson(inputs)}`))).slice(0, JOB_ID_HEX)

function livenessOf(state: SessionState, now: EpochMs): LivenessResult {
  const attempts = state.steps.flatMap((step) => (step.liveness === null ? [] : [step.liveness]))
  const result = attempts.findLast((attempt) => attempt.result !== null)?.result
  if (result !== undefined && result !== null) return result
  return {
    state: 'no_input',
    checked_at: now,
    provider: 'kyc-sessions/liveness',
    message: 'The liveness step was not done.',
    passed: false,
    confidence: null,
    reasons: [],
    best_frame_doc_id: null,
    attempts: attempts.reduce((sum, attempt) => sum + attempt.used, 0),
  }
}
