// Whether exported events of one session are the ones that were chained. It trusts nothing but the head that the reader has
// from elsewhere: who can write all of the database can make a whole new chain, but not one that ends in a known link.

import type { Result } from '../result.ts'
import { err, ok } from '../result.ts'
import { isHash } from './bytes.ts'
import { type AuditHead, type ChainedEvent, genesisOf, isForgotten, linkOf } from './chain.ts'

export type ChainBreak = { sequence: number; problem: string }
/** `unchained`: how many events stand before the chain began; `forgotten`: how many had to forget a person. */
export type ChainReport = { length: number; unchained: number; forgotten: number; link: string | null }

/** `heads`: places of the chain that are known, from the export itself or from an earlier one. */
export function verifyChain({
  sessionId,
  events,
  heads,
}: {
  sessionId: string
  events: readonly ChainedEvent[]
  heads: readonly AuditHead[]
}): Result<ChainReport, ChainBreak> {
  const report: ChainReport = { length: 0, unchained: 0, forgotten: 0, link: null }
  for (const event of events) {
    const { sequence } = event
    const problem = placeProblem(report, event) ?? textProblem(event) ?? linkProblem(sessionId, report, event)
    if (problem !== null) return err({ sequence, problem })
    report.length = sequence
    report.link = event.link
    if (event.link === null) report.unchained = sequence
    if (isForgotten(event)) report.forgotten += 1
    const head = heads.find(({ length, link }) => length === sequence && link !== event.link)
    if (head !== undefined)
      return err({ sequence, problem: `its link is not the head that was exported, ${head.link}` })
  }
  const missing = heads.find(({ length }) => length > report.length)
  return missing === undefined
    ? ok(report)
    : err({ sequence: report.length + 1, problem: `missing: the trail has ${missing.length} events` })
}

function placeProblem(before: ChainReport, { sequence }: ChainedEvent): string | null {
  if (sequence === before.length + 1) return null
  return sequence <= before.length
    ? 'stands there twice, differently'
    : `events ${before.length + 1} to ${sequence - 1} are missing`
}

/** Only what a parent's trail says of a subsession is ever edited (session/forget-subsession.ts). */
const MAY_FORGET: readonly string[] = ['subsession_added', 'subsession_noted']

/** What stands beside the text must be what the text says. */
function textProblem({ sequence, at, type, payload }: ChainedEvent): string | null {
  const said = parse(payload)
  if (said === null) return 'its payload is no JSON object'
  const event = said['event']
  const saidType = typeof event === 'object' && event !== null && 'type' in event ? event.type : undefined
  const isSame = said['sequence'] === sequence && said['at'] === at && saidType === type
  return isSame ? null : 'its sequence, instant or type is not that of its payload'
}

function linkProblem(sessionId: string, before: ChainReport, event: ChainedEvent): string | null {
  const { sequence, payload, salt, link } = event
  if (salt === null && link === null) return before.link === null ? null : 'it has no link, and the one before it has'
  if (salt === null || !/^(?:(?:[0-9a-f]{2}){16}|leaf:(?:[0-9a-f]{2}){32})$/.test(salt) || !isHash(link))
    return 'its salt or link is malformed'
  if (isForgotten(event) && !MAY_FORGET.includes(event.type))
    return 'its salt is gone, and it speaks of nobody who was erased'
  const expected = linkOf(before.link ?? genesisOf(sessionId), { sequence, payload, salt })
  return link === expected ? null : 'its link does not follow from the link before it, its salt and its payload'
}

function parse(payload: string): Partial<Record<string, unknown>> | null {
  try {
    const said: unknown = JSON.parse(payload)
    return typeof said === 'object' && said !== null ? said : null
  } catch {
    return null
  }
}
