// Runs and validations: started, fed with results, closed at their deadline. A result decides only under the id of a
// job that its owner still waits for.

import { domainError } from '../errors.ts'
import type { CheckResult, ResultsByCheck } from '../decision/check-results.ts'
import { requestedChecks } from '../decision/requested-checks.ts'
import { unavailableResult } from '../decision/unavailable-result.ts'
import { withClearings } from '../screening/clearing.ts'
import { checkOwners, findCheckOwner } from './check-owners.ts'
import type { SessionCommand } from './commands.ts'
import { evolve } from './evolve.ts'
import type { SessionEvent } from './events.ts'
import { finishValidation } from './flow.ts'
import { releasedJobs } from './job-graph.ts'
import { settleRun, startRun } from './run.ts'
import { sizeRefusal } from './size.ts'
import { allStepsDone } from './steps.ts'
import { emit } from './turn.ts'
import type { Refusal, Turn } from './turn.ts'
import { joinableValidation, startValidation } from './validation.ts'

type Command<T extends SessionCommand['type']> = Extract<SessionCommand, { type: T }>

export function decideProcess(turn: Turn, command: Command<'process'>): Refusal {
  const { status } = turn.state
  switch (status) {
    case 'completed':
      return startRun(turn, 'process')
    case 'processed':
    case 'manual_review':
      if (!command.rerun) return null
      return allStepsDone(turn.state) ? startRun(turn, 'rerun') : notCompleted(status)
    case 'processing':
    case 'approved':
    case 'rejected':
      return null
    default:
      return notCompleted(status)
  }
}

const notCompleted = (status: string): Refusal =>
  domainError('SESSION_NOT_COMPLETED', `The session is ${status}; it can be processed once every step of it is done.`)

export function decideValidate(turn: Turn, command: Command<'validate'>): Refusal {
  if (turn.state.status === 'processing') {
    return domainError(
      'INVALID_REQUEST',
      'The session is being processed, and its checks run already. Wait for its end.',
    )
  }
  const checks = command.checks ?? requestedChecks(turn.context.workflow)
  if (checks.length === 0) {
    const message = 'must name at least one check: this workflow asks for none by itself'
    return domainError('INVALID_REQUEST', `validations ${message}.`, [{ path: 'validations', message }])
  }
  if (joinableValidation(turn.state, turn.context.workflow, command) !== null) return null
  const id = startValidation(turn, { checks, explain_misses: command.explain_misses, step_id: null })
  return finishValidation(turn, id)
}

export function decideRecordResult(turn: Turn, command: Command<'record_result'>): Refusal {
  const owner = findCheckOwner(turn.state, command.owner_id)
  const job = owner?.jobs.find((one) => one.check === command.check && one.job_id === command.job_id)
  if (owner === null || job === undefined) return null
  const { owner_id, job_id, check } = command
  const result = withWords(turn, command)
  if (job.status === 'missed') {
    emit(turn, { type: 'late_result_kept', owner_id, job_id, check, result })
    return null
  }
  if (job.status !== 'sent' || !owner.is_open) return null
  const recorded = checkRecorded(turn, command, result)
  const isTooBig = sizeRefusal(applied(turn, recorded)) !== null
  emit(turn, isTooBig ? checkRecorded(turn, command, tooBig(turn, command)) : recorded)
  if (!isTooBig) noteUses(turn, owner_id, result)
  return settleOwner(turn, owner_id)
}

/** What reviewers said of its hits, here and in other sessions of the person. */
function withWords({ state }: Turn, { result, words }: Command<'record_result'>): CheckResult {
  if (!('hits' in result)) return result
  return withClearings(result, { session_id: state.session_id, own: state.hit_marks ?? [], found: words ?? [] })
}

function noteUses(turn: Turn, owner_id: string, result: CheckResult): void {
  const hits = 'hits' in result ? result.hits : []
  const uses = hits.flatMap(({ hit_id, clearing }) => (clearing === undefined ? [] : [{ hit_id, ...clearing }]))
  if (uses.length > 0) emit(turn, { type: 'clearings_used', owner_id, uses })
}

function checkRecorded(turn: Turn, command: Command<'record_result'>, result: CheckResult): SessionEvent {
  const { owner_id, job_id, check } = command
  const plain = { type: 'check_recorded' as const, owner_id, job_id, check, result, dispatched: [] }
  const next = applied(turn, plain)
  const owner = findCheckOwner(next, owner_id)
  return { ...plain, dispatched: owner === null ? [] : releasedJobs(next, turn.context.workflow, owner) }
}

function applied(turn: Turn, event: SessionEvent): Turn['state'] {
  const { now, actor } = turn.context
  return evolve(turn.state, { sequence: turn.state.version + 1, at: now, actor, request_id: null, event })
}

/** A result that the session cannot hold ends as an error, or its run would never end. */
const tooBig = (turn: Turn, command: Command<'record_result'>): CheckResult =>
  unavailableResult(command.check, {
    state: 'error',
    checked_at: turn.context.now,
    provider: command.result.provider,
    message: 'The result was larger than what the session can still hold.',
  })

export function decideCloseOverdue(turn: Turn): Refusal {
  const { now } = turn.context
  for (const owner of checkOwners(turn.state)) {
    if (!owner.is_open || now < deadlineOf(turn, owner.owner_id)) continue
    const checks = owner.jobs.filter((job) => job.status === 'waiting' || job.status === 'sent').map((job) => job.check)
    const results = checks.reduce<ResultsByCheck>(
      (all, check) => ({
        ...all,
        [check]: unavailableResult(check, {
          state: 'error',
          checked_at: now,
          provider: 'kyc-sessions',
          message: 'The time for this check ran out before it had a result.',
        }),
      }),
      {},
    )
    emit(turn, { type: 'checks_timed_out', owner_id: owner.owner_id, checks, results })
    const refusal = settleOwner(turn, owner.owner_id)
    if (refusal !== null) return refusal
  }
  return null
}

function deadlineOf(turn: Turn, ownerId: string): number {
  const { run, validations } = turn.state
  if (run?.run_id === ownerId) return run.deadline_at
  return validations.find((one) => one.validation_id === ownerId)?.deadline_at ?? Infinity
}

const settleOwner = (turn: Turn, ownerId: string): Refusal =>
  turn.state.run?.run_id === ownerId ? settleRun(turn) : finishValidation(turn, ownerId)
