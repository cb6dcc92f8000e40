// Whether exported lines of the access log are those that were sealed, and the seals a chain. A seal whose lines are not all
// at hand is broken: who exports a day has its lines.

import type { Result } from '../result.ts'
import { err, ok } from '../result.ts'
import { type AccessRecord, type AccessSeal, type LogOwner, sealGenesis, sealHash } from './seal.ts'

export type SealBreak = { number: number; problem: string }
/** `unsealed`: lines that no seal at hand covers. */
export type SealReport = { seals: number; sealed: number; unsealed: number }

/** Both in their order. Seals may begin anywhere; from there on none may be missing. */
export function verifySeals(
  owner: LogOwner,
  { seals, lines }: { seals: readonly AccessSeal[]; lines: readonly AccessRecord[] },
): Result<SealReport, SealBreak> {
  let [sealed, former]: [number, AccessSeal | null] = [0, null]
  for (const seal of seals) {
    const covered = lines.filter(({ id }) => id > seal.after_id && id <= seal.last_id)
    const problem = chainProblem(owner, former, seal) ?? linesProblem(seal, covered)
    if (problem !== null) return err({ number: seal.number, problem })
    sealed += covered.length
    former = seal
  }
  return ok({ seals: seals.length, sealed, unsealed: lines.length - sealed })
}

function chainProblem(owner: LogOwner, former: AccessSeal | null, seal: AccessSeal): string | null {
  if (seal.number === 1) {
    const isFirst = former === null && seal.previous === sealGenesis(owner) && seal.after_id === 0
    return isFirst ? null : 'it is the first one and does not stand on the genesis'
  }
  if (former === null) return null
  if (seal.number !== former.number + 1) return `seal ${former.number + 1} is missing`
  const follows = seal.previous === former.hash && seal.after_id === former.last_id && seal.day >= former.day
  return follows ? null : 'it does not stand on the seal before it'
}

function linesProblem(seal: AccessSeal, covered: readonly AccessRecord[]): string | null {
  if (covered.length !== seal.lines) return `it covers ${seal.lines} lines, and ${covered.length} are here`
  return sealHash(seal, covered) === seal.hash ? null : 'its hash is not that of its lines'
}
