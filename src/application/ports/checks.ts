import type { CheckInputs, CheckResult, LivenessVerdict } from '../../domain/decision/check-results.ts'
import type { EpochMs } from '../../domain/time.ts'
import type { CheckName } from '../../domain/workflow/definition.ts'

/** A queue message: ids only. `owner_id` is the run or the validation. */
export type CheckJob = { session_id: string; owner_id: string; job_id: string; check: CheckName }

/** Computes a check. Never throws for bad input: that is a result with a state. */
export type CheckEngine = (inputs: CheckInputs, now: EpochMs) => Promise<CheckResult>
export type CheckEngines = Record<CheckName, CheckEngine>

/** Frames of one challenge in order of time. Rejects when the engine itself breaks down. */
export interface LivenessJudge {
  judge(input: {
    session_id: string
    frame_doc_ids: readonly string[]
    challenges: readonly string[]
    min_confidence: number
  }): Promise<LivenessVerdict>
}

export interface CheckQueues {
  send(jobs: CheckJob[]): Promise<void>
}
