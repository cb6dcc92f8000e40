import type { WatchlistMatch } from '../../domain/decision/check-results.ts'
import type { DomainError } from '../../domain/errors.ts'
import { domainError } from '../../domain/errors.ts'
import type { Result } from '../../domain/result.ts'
import { err, ok } from '../../domain/result.ts'
import { matchOf, MAX_MISSES_OF_A_SUBJECT } from '../../domain/screening/hits.ts'
import type { ScreeningSubject } from '../../domain/screening/screening.ts'
import type { EpochMs } from '../../domain/time.ts'
import { permit } from '../access/permit.ts'
import type { TenantCall } from '../call.ts'
import type { Deps, WatchlistAnswer } from '../ports.ts'
import { accessLine } from '../sessions/access-line.ts'

export type AskedSubject = { subject: ScreeningSubject; reference: string | null }
type ScreenInput = TenantCall & {
  asked: readonly AskedSubject[]
  lists: readonly string[]
  threshold: number
  limit: number
  explainMisses: boolean
}

export type ScreenedSubject = { reference: string | null; hits: WatchlistMatch[]; near_misses: WatchlistMatch[] | null }
export type Screened = Pick<WatchlistAnswer, 'state' | 'message'> & {
  screened_at: EpochMs
  lists: { id: string; version: string }[]
  /** In the order of the subjects; empty where nothing could be searched. */
  results: ScreenedSubject[]
}

/** Names held against the lists beside any session. Nothing of it is kept but a line that says who asked about how many. */
export async function screenSubjects(
  deps: Pick<Deps, 'watchlists' | 'accessLog' | 'clock'>,
  input: ScreenInput,
): Promise<Result<Screened, DomainError>> {
  const permitted = permit(input.actor, 'kyc:session')
  if (!permitted.ok) return permitted
  const { asked, threshold, limit, explainMisses } = input
  const lists = input.lists.map((list) => list.toLowerCase())
  const [answer] = await Promise.all([
    deps.watchlists.screen(
      asked.map((one) => one.subject),
      { lists, threshold, limit, misses: explainMisses ? MAX_MISSES_OF_A_SUBJECT : 0 },
    ),
    deps.accessLog.note(accessLine(deps, input, `screening.run:${asked.length}`, null)),
  ])
  const unknown = answer.state === 'error' ? await unknownLists(deps, lists) : null
  if (unknown !== null) return err(unknown)
  return ok({
    screened_at: deps.clock.now(input.actor.scope),
    state: answer.state,
    message: answer.message,
    lists: answer.lists.map(({ id, version }) => ({ id, version })),
    results: answer.results.map((screening, index) => ({
      reference: asked[index]?.reference ?? null,
      hits: screening.hits.map((hit) => matchOf(hit, {})),
      near_misses: explainMisses ? screening.near_misses.map((miss) => matchOf(miss, {})) : null,
    })),
  })
}

async function unknownLists(
  { watchlists }: Pick<Deps, 'watchlists'>,
  lists: readonly string[],
): Promise<DomainError | null> {
  if (lists.length === 0) return null
  const known = await watchlists.knownLists()
  const message = `is not a list of this deployment: use ${known.join(', ')}`
  const details = lists.flatMap((list, index) => (known.includes(list) ? [] : [{ path: `lists[${index}]`, message }]))
  const [first] = details
  if (first === undefined || known.length === 0) return null
  return domainError('INVALID_REQUEST', `The body is not valid: ${first.path} ${message}.`, details)
}
