import type { Log, OutboundHttp, OutboundOutcome, OutboundRequest, UrlRefusal } from '../../application/ports.ts'
import { boundedBody } from './bounded-body.ts'
import { parseOutboundUrl } from '../../domain/outbound/parse-url.ts'
import type { UrlRules } from '../../domain/outbound/parse-url.ts'
import { isPublicAddress } from '../../domain/outbound/public-address.ts'
import { nextHop } from '../../domain/outbound/redirect.ts'
import type { Hop } from '../../domain/outbound/redirect.ts'
import { refusal } from '../../domain/outbound/refusal.ts'
import { err, ok } from '../../domain/result.ts'
import { describeError } from '../log.ts'
import type { DnsResolver } from './dns-resolver.ts'
import { answerHeaders, requestHeaders } from './headers.ts'
import { letGo, readBody } from './read-body.ts'

export const OUTBOUND_TIMEOUT_MS = 10_000
export const MAX_BODY_BYTES = 1024 * 1024

/** Null: it may be called. */
type Verdict = UrlRefusal | null
type Unanswered = Exclude<OutboundOutcome, { outcome: 'answered' }>
type Arrived = { outcome: 'arrived'; response: Response; urls: string[] }

/**
 * fetch() resolves the name once more by itself and cannot be told an address: a name that changes between the look-up
 * and the call gets through (docs/security.md).
 */
export function createOutboundHttp(parts: {
  rules: UrlRules
  resolver: DnsResolver
  log: Log
  userAgent: string
  timeoutMs?: number
}): OutboundHttp {
  const timeoutMs = parts.timeoutMs ?? OUTBOUND_TIMEOUT_MS

  async function judge(text: string, signal: AbortSignal): Promise<Verdict> {
    const parsed = parseOutboundUrl(text, parts.rules)
    if (!parsed.ok) return parsed.error
    if (parsed.value.host.kind !== 'name') return null
    const resolution = await parts.resolver.resolve(parsed.value.host.name, signal)
    if (resolution.outcome === 'failed')
      return refusal('resolver_down', 'could not be looked up in DNS; try again later')
    if (resolution.outcome === 'not_found')
      return refusal('name_not_found', 'must name a host that has an address in DNS')
    if (resolution.addresses.every(isPublicAddress)) return null
    return refusal('resolves_to_not_public', 'must not name a host that has an address that is not public')
  }

  async function follow(request: OutboundRequest, signal: AbortSignal): Promise<Arrived | Unanswered> {
    const urls: string[] = []
    let hop: Hop = { ...request, headers: requestHeaders(request.headers, parts.userAgent) }
    for (;;) {
      const verdict = await judge(hop.url, signal)
      if (verdict !== null) return notCalled(verdict, urls)
      urls.push(hop.url)
      const { url, method, headers, body } = hop
      const response = await fetch(url, { method, headers, body, redirect: 'manual', signal })
      const location = request.redirects === 'checked' ? response.headers.get('location') : null
      const next = nextHop(hop, { status: response.status, location }, urls)
      if (next.ok && next.value === null) return { outcome: 'arrived', response, urls }
      letGo(response.body)
      if (!next.ok) return { outcome: 'refused', refusal: next.error, urls }
      if (next.value !== null) hop = next.value
    }
  }

  async function within<Outcome extends { outcome: string }>(
    limitMs: number,
    call: (signal: AbortSignal) => Promise<Outcome | Unanswered>,
  ): Promise<Outcome | Unanswered> {
    const signal = AbortSignal.timeout(limitMs)
    try {
      const outcome = await call(signal)
      return signal.aborted && outcome.outcome === 'unreachable' ? { outcome: 'timed_out' } : outcome
    } catch (cause) {
      if (signal.aborted) return { outcome: 'timed_out' }
      parts.log.info('outbound.unreachable', describeError(cause))
      return { outcome: 'unreachable' }
    }
  }

  return {
    async check(url) {
      const verdict = await judge(url, AbortSignal.timeout(timeoutMs))
      return verdict === null ? ok(null) : err(verdict)
    },
    send(request) {
      return within(timeoutMs, async (signal) => {
        const outcome = await follow(request, signal)
        if (outcome.outcome !== 'arrived') return outcome
        const { response, urls } = outcome
        const read = await readBody(response, MAX_BODY_BYTES)
        return { outcome: 'answered', status: response.status, headers: answerHeaders(response.headers), ...read, urls }
      })
    },
    open(request, limits) {
      return within(limits.timeoutMs, async (signal) => {
        const outcome = await follow(request, signal)
        if (outcome.outcome !== 'arrived') return outcome
        const { response, urls } = outcome
        const bounded = boundedBody(response.body, limits.maxBytes, signal)
        return {
          outcome: 'answered',
          status: response.status,
          headers: answerHeaders(response.headers),
          ...bounded,
          urls,
        }
      })
    },
  }
}

/** A name that could not be looked up, or that has no address now, may be there at the next try. */
function notCalled(refused: UrlRefusal, urls: string[]): Unanswered {
  if (refused.reason === 'resolver_down' || refused.reason === 'name_not_found') return { outcome: 'unreachable' }
  return { outcome: 'refused', refusal: refused, urls }
}
