import type { UrlRefusal } from '../../domain/outbound/refusal.ts'
import type { Result } from '../../domain/result.ts'

export type { UrlRefusal }

export type OutboundRequest = {
  url: string
  method: 'GET' | 'HEAD' | 'POST'
  /** Printable ASCII. A caller may have a `user-agent` of its own; `host`, `cookie` and those of the transport are dropped. */
  headers: Record<string, string>
  body: Uint8Array | null
  /** `never`: a redirect is an answer like any other. `checked`: each hop passes the guard before it is called. */
  redirects: 'never' | 'checked'
}

export type OutboundOutcome =
  /** `body` is cut at the limit; `urls` are all that were called, the last one answered. */
  | {
      outcome: 'answered'
      status: number
      headers: Record<string, string>
      body: Uint8Array
      is_cut: boolean
      urls: string[]
    }
  /** The guard said no, before the first call or before a redirect was followed. */
  | { outcome: 'refused'; refusal: UrlRefusal; urls: string[] }
  | { outcome: 'timed_out' }
  | { outcome: 'unreachable' }

/** Why a body ended before its end. */
export type BodyBreak = 'too_large' | 'timed_out' | 'broken_off'

export type OutboundStream =
  /** `body` errors when it breaks off; `broken` then tells why. Whoever does not want it all cancels it. */
  | {
      outcome: 'answered'
      status: number
      headers: Record<string, string>
      body: ReadableStream<Uint8Array>
      broken: () => BodyBreak | null
      urls: string[]
    }
  | Exclude<OutboundOutcome, { outcome: 'answered' }>

/** Every call to a URL that a user named goes through here: 10 s and 1 MiB at most, never into a private network. */
export interface OutboundHttp {
  /** For the moment a URL is saved: form and resolved addresses. */
  check(url: string): Promise<Result<null, UrlRefusal>>
  send(request: OutboundRequest): Promise<OutboundOutcome>
  /** For what is larger: the body as it comes, within limits of its own. */
  open(request: OutboundRequest, limits: { maxBytes: number; timeoutMs: number }): Promise<OutboundStream>
}
