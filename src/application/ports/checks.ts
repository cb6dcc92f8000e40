import type { CheckInputs, CheckResult } from '../../domain/decision/check-results.ts'
import type { EpochMs } from '../../domain/time.ts'
import type { CheckName } from '../../domain/workflow/definition.ts'

/** A queue message: ids only. `owner_id` is the run or the validation. */
export type CheckJob = { session_id: string; owner_id: string; job_id: string; check: CheckName }

/** Computes a check. Never throws for bad input: that is a result with a state. */
export type CheckEngine = (inputs: CheckInputs, now: EpochMs) => Promise<CheckResult>
export type CheckEngines = Record<CheckName, CheckEngine>

export interface CheckQueues {
  send(jobs: CheckJob[]): Promise<void>
}
