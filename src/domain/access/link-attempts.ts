// How often one link may be used to write, to start what is costly, and to get a step wrong. The session object keeps the
// counts and asks here inside the transaction of the command, so they are exact. A new link begins at none. Calls that
// only read are not counted here.

import type { DomainError } from '../errors.ts'
import type { SessionCommandType } from '../session/commands.ts'
import type { EpochMs } from '../time.ts'
import { DAY_MS, MINUTE_MS, SECOND_MS } from '../time.ts'

type Limits = { readonly perMinute: number; readonly perDay: number; readonly noun: string }

/** A hurried person stays below a third of these: a form saved at each key press is two writes a second. */
export const ATTEMPT_LIMITS = {
  write: { perMinute: 120, perDay: 3_000, noun: 'changes' },
  failed_step: { perMinute: 20, perDay: 300, noun: 'failed completions' },
  liveness_start: { perMinute: 10, perDay: 60, noun: 'starts of a liveness check' },
  extract: { perMinute: 20, perDay: 200, noun: 'readings of a document' },
  add_subsession: { perMinute: 20, perDay: 200, noun: 'new subsessions' },
  renew_subsession_link: { perMinute: 10, perDay: 100, noun: 'new links of subsessions' },
} as const satisfies Record<string, Limits>
export type AttemptKind = keyof typeof ATTEMPT_LIMITS

/** Of one kind: the present minute and day, each begun by its first attempt. */
export type AttemptCount = {
  kind: AttemptKind
  generation: number
  minute_started_at: EpochMs
  in_minute: number
  day_started_at: EpochMs
  in_day: number
}
type Moment = { generation: number; now: EpochMs }

/** What a command through a link is counted as, before it is decided. */
export function attemptsOf(command: SessionCommandType): AttemptKind[] {
  if (command === 'start_liveness') return ['write', 'liveness_start']
  return command === 'add_subsession' ? ['write', 'add_subsession'] : ['write']
}

/** What stands in a command's way besides: nobody goes on guessing at a form. */
export const watchedBy = (command: SessionCommandType): AttemptKind[] =>
  command === 'complete_step' ? ['failed_step'] : []

export const isFailedStep = (command: SessionCommandType, error: DomainError): boolean =>
  command === 'complete_step' && error.code !== 'SESSION_CLOSED' && error.code !== 'LINK_EXPIRED'

/** Null while each kind has one more; else the longest wait. An attempt that is refused counts for nothing. */
export function attemptRefusal(
  counts: readonly AttemptCount[],
  kinds: readonly AttemptKind[],
  moment: Moment,
): DomainError | null {
  const refusals = kinds.flatMap((kind) => refusalsOf(present(counts, kind, moment), moment.now))
  return refusals.toSorted((a, b) => (b.retryAfterSeconds ?? 0) - (a.retryAfterSeconds ?? 0))[0] ?? null
}

/** The count with one more. */
export function countAttempt(counts: readonly AttemptCount[], kind: AttemptKind, moment: Moment): AttemptCount {
  const count = present(counts, kind, moment)
  return { ...count, in_minute: count.in_minute + 1, in_day: count.in_day + 1 }
}

function present(counts: readonly AttemptCount[], kind: AttemptKind, { generation, now }: Moment): AttemptCount {
  const known = counts.find((count) => count.kind === kind && count.generation === generation)
  const isIn = (start: EpochMs | undefined, length: number): start is EpochMs =>
    start !== undefined && start <= now && now < start + length
  const minute = known?.minute_started_at
  const day = known?.day_started_at
  return {
    kind,
    generation,
    ...(isIn(minute, MINUTE_MS)
      ? { minute_started_at: minute, in_minute: known?.in_minute ?? 0 }
      : { minute_started_at: now, in_minute: 0 }),
    ...(isIn(day, DAY_MS) ? { day_started_at: day, in_day: known?.in_day ?? 0 } : { day_started_at: now, in_day: 0 }),
  }
}

function refusalsOf(count: AttemptCount, now: EpochMs): DomainError[] {
  const { perMinute, perDay, noun } = ATTEMPT_LIMITS[count.kind]
  const refusals: DomainError[] = []
  if (count.in_minute >= perMinute) {
    refusals.push(tooMany(`${perMinute} ${noun} a minute`, perMinute, count.minute_started_at + MINUTE_MS - now))
  }
  if (count.in_day >= perDay) {
    refusals.push(tooMany(`${perDay} ${noun} a day`, perDay, count.day_started_at + DAY_MS - now))
  }
  return refusals
}

function tooMany(what: string, limit: number, leftMs: number): DomainError {
  const retryAfterSeconds = Math.ceil(leftMs / SECOND_MS)
  const message = `This link takes at most ${what}. Wait ${retryAfterSeconds} seconds.`
  return { code: 'RATE_LIMITED', message, retryAfterSeconds, limit }
}
