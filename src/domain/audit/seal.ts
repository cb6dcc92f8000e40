// Seals of the access log: which lines the next one covers, and its hash, which stands on the seal before it. A seal covers
// a range of line numbers, never a time: a line that comes late is in the next seal, and no line is in two or in none.

import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, concatBytes, hexToBytes } from '@noble/hashes/utils.js'
import type { Mode } from '../session/state.ts'
import { civilDateAt, civilDateToDays, DAY_MS, type EpochMs } from '../time.ts'
import { uint64, utf8 } from './bytes.ts'

const GENESIS_TAG = 'kyc-sessions access genesis v1\n'
const SEAL_TAG = 'kyc-sessions access seal v1\n'
/** A day with more lines gets several seals. */
export const MAX_LINES_PER_SEAL = 10_000

export type AccessRecord = {
  id: number
  at: EpochMs
  actor_type: string
  actor_id: string
  request_id: string
  operation: string
  session_id: string | null
}
export type AccessSeal = {
  /** From 1, without a gap. */
  number: number
  /** UTC, `YYYY-MM-DD`. */
  day: string
  /** It covers the lines with `after_id` < id ≤ `last_id`. */
  after_id: number
  last_id: number
  lines: number
  /** Hash of the seal before, or the genesis. */
  previous: string
  hash: string
}
export type LogOwner = { tenantId: string; mode: Mode }

/** What the first seal of a tenant and mode stands on. */
export const sealGenesis = ({ tenantId, mode }: LogOwner): string =>
  bytesToHex(sha256(utf8(`${GENESIS_TAG}${tenantId}\n${mode}`)))

export function sealHash(seal: Omit<AccessSeal, 'hash' | 'lines'>, lines: readonly AccessRecord[]): string {
  const digest = sha256.create()
  for (const line of lines) digest.update(utf8(textOfLine(line)))
  return bytesToHex(
    sha256(
      concatBytes(
        utf8(SEAL_TAG),
        hexToBytes(seal.previous),
        uint64(seal.number),
        utf8(seal.day),
        uint64(seal.after_id),
        uint64(seal.last_id),
        uint64(lines.length),
        digest.digest(),
      ),
    ),
  )
}

/** A line as it is hashed: a JSON array without spaces, and a line feed. */
const textOfLine = ({ id, at, actor_type, actor_id, request_id, operation, session_id }: AccessRecord): string =>
  `${JSON.stringify([id, at, actor_type, actor_id, request_id, operation, session_id])}\n`

/**
 * The seal after `former`, or null while its day goes on. `unsealed`: the owner's first lines after it, in the order of
 * their ids, at most MAX_LINES_PER_SEAL. `today` is the day that is not over.
 */
export function nextSeal(
  owner: LogOwner,
  former: AccessSeal | null,
  unsealed: readonly AccessRecord[],
  today: string,
): AccessSeal | null {
  const first = unsealed[0]
  if (first === undefined) return null
  const day = dayOfNext(former, first)
  if (day >= today) return null
  const end = unsealed.findLastIndex(({ at }) => civilDateAt(at) <= day)
  const covered = unsealed.slice(0, end + 1)
  const last = covered.at(-1)
  if (last === undefined) return null
  const seal = {
    number: (former?.number ?? 0) + 1,
    day,
    after_id: former?.last_id ?? 0,
    last_id: last.id,
    previous: former?.hash ?? sealGenesis(owner),
  }
  return { ...seal, lines: covered.length, hash: sealHash(seal, covered) }
}

/** A day that was sealed in full is over: what came late counts to the day after it. */
function dayOfNext(former: AccessSeal | null, first: AccessRecord): string {
  const day = civilDateAt(first.at)
  if (former === null) return day
  const earliest = former.lines < MAX_LINES_PER_SEAL ? dayAfter(former.day) : former.day
  return day > earliest ? day : earliest
}

export const startOf = (day: string): EpochMs => (civilDateToDays(day) ?? 0) * DAY_MS

export const dayAfter = (day: string): string => civilDateAt(startOf(day) + DAY_MS)
