// What is sent next when a server answers with a redirect (RFC 9110 section 15.4), and what is never sent on: a body or a
// secret to another origin. It does not decide whether the new URL may be called; the guard does, as for the first one.

import type { Result } from '../result.ts'
import { err, ok } from '../result.ts'
import type { UrlRefusal } from './refusal.ts'
import { refusal } from './refusal.ts'

export type Hop = {
  url: string
  method: 'GET' | 'HEAD' | 'POST'
  headers: Record<string, string>
  body: Uint8Array | null
}

export const MAX_REDIRECTS = 5

const REDIRECTS = new Set([301, 302, 303, 307, 308])
const KEEPS_METHOD = new Set([307, 308])
/** Headers that say nothing of the caller. Signatures, tokens and all that a caller makes up stay with the first origin. */
const CROSS_ORIGIN_HEADERS = new Set(['accept', 'accept-language', 'user-agent'])

/** Null: the answer is no redirect. `visited` are the URLs called so far, the last one answered. */
export function nextHop(
  hop: Hop,
  answer: { status: number; location: string | null },
  visited: readonly string[],
): Result<Hop | null, UrlRefusal> {
  if (!REDIRECTS.has(answer.status) || answer.location === null) return ok(null)
  if (visited.length > MAX_REDIRECTS) {
    return err(refusal('too_many_redirects', `must answer after at most ${MAX_REDIRECTS} redirects`))
  }
  const target = URL.parse(answer.location, hop.url)
  if (target === null) return err(refusal('redirect_malformed', 'must not redirect to what is no URL'))
  target.hash = ''
  const keepsMethod = KEEPS_METHOD.has(answer.status) || hop.method !== 'POST'
  const isSameOrigin = target.origin === new URL(hop.url).origin
  if (keepsMethod && hop.body !== null && !isSameOrigin) {
    return err(refusal('redirect_with_body', 'must not redirect what is sent to it to another origin'))
  }
  if (keepsMethod && visited.includes(target.href))
    return err(refusal('redirect_loop', 'must not redirect in a circle'))
  return ok({
    url: target.href,
    method: keepsMethod ? hop.method : 'GET',
    headers: headersFor(hop, { isSameOrigin, keepsBody: keepsMethod }),
    body: keepsMethod ? hop.body : null,
  })
}

function headersFor(hop: Hop, next: { isSameOrigin: boolean; keepsBody: boolean }): Record<string, string> {
  return Object.fromEntries(
    Object.entries(hop.headers).filter(([name]) => {
      const lower = name.toLowerCase()
      if (!next.isSameOrigin) return CROSS_ORIGIN_HEADERS.has(lower)
      return next.keepsBody || !lower.startsWith('content-')
    }),
  )
}
