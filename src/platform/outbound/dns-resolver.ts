import { z } from 'zod'
import { isPublicAddress } from '../../domain/outbound/public-address.ts'
import type { EpochMs } from '../../domain/time.ts'
import { createShortMemory } from '../d1/short-memory.ts'
import { readBody } from './read-body.ts'

export type Resolution =
  /** All IPv4 and IPv6 addresses of the name, one or more. */
  | { outcome: 'resolved'; addresses: string[] }
  | { outcome: 'not_found' }
  /** The resolver did not say, so nothing is known of the name. */
  | { outcome: 'failed' }

export interface DnsResolver {
  resolve(name: string, signal: AbortSignal): Promise<Resolution>
}

/** Numbers of RFC 1035 and RFC 3596. */
const A = 1
const AAAA = 28
const NO_ERROR = 0
const NAME_ERROR = 3

const MAX_ANSWER_BYTES = 64 * 1024
const MAX_KEPT_MS = 60_000
const MAX_KEPT_NAMES = 500
const DEFAULT_TIMEOUT_MS = 3_000

const answerSchema = z.object({
  Status: z.number().int(),
  TC: z.boolean().default(false),
  Answer: z.array(z.object({ type: z.number().int(), TTL: z.number().nonnegative(), data: z.string() })).default([]),
})

type Records = { addresses: string[]; ttlSeconds: number }

/** DNS over HTTPS in JSON. The resolver follows CNAMEs; what they lead to is in its answer. */
export function createDnsResolver(parts: { url: string; clock: { now(): EpochMs }; timeoutMs?: number }): DnsResolver {
  const kept = createShortMemory<string[]>({ keptMs: MAX_KEPT_MS, maxEntries: MAX_KEPT_NAMES, now: parts.clock.now })
  const timeoutMs = parts.timeoutMs ?? DEFAULT_TIMEOUT_MS

  return {
    async resolve(name, signal) {
      const known = kept.get(name)
      if (known !== null) return { outcome: 'resolved', addresses: known }
      const within = AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)])
      const answers = await Promise.all([A, AAAA].map((type) => ask(parts.url, name, type, within)))
      // Half an answer is none: what was left out may be the private address.
      if (answers.some((answer) => answer === null)) return { outcome: 'failed' }
      const records = answers.filter((answer) => answer !== null)
      const addresses = records.flatMap((answer) => answer.addresses)
      if (addresses.length === 0) return { outcome: 'not_found' }
      // An answer with a private address is never kept: it is refused, and asked for again.
      if (addresses.every(isPublicAddress)) {
        kept.set(name, addresses, Math.min(...records.map((answer) => answer.ttlSeconds)) * 1000)
      }
      return { outcome: 'resolved', addresses }
    },
  }
}

/** Null: no answer that can be relied on. */
async function ask(resolverUrl: string, name: string, type: number, signal: AbortSignal): Promise<Records | null> {
  const url = new URL(resolverUrl)
  url.searchParams.set('name', name)
  url.searchParams.set('type', String(type))
  try {
    const response = await fetch(url, { headers: { accept: 'application/dns-json' }, redirect: 'manual', signal })
    const { body, is_cut } = await readBody(response, MAX_ANSWER_BYTES)
    if (response.status !== 200 || is_cut) return null
    const answer = answerSchema.parse(JSON.parse(new TextDecoder().decode(body)))
    if (answer.TC) return null
    if (answer.Status === NAME_ERROR) return { addresses: [], ttlSeconds: 0 }
    if (answer.Status !== NO_ERROR) return null
    const ttls = answer.Answer.map((record) => record.TTL)
    return {
      addresses: answer.Answer.filter((record) => record.type === A || record.type === AAAA).map((one) => one.data),
      ttlSeconds: Math.min(MAX_KEPT_MS / 1000, ...ttls),
    }
  } catch {
    return null
  }
}
