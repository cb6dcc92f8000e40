import type { DomainError } from '../../domain/errors.ts'
import { domainError } from '../../domain/errors.ts'
import { parseOutboundUrl } from '../../domain/outbound/parse-url.ts'
import type { UrlRules } from '../../domain/outbound/parse-url.ts'
import type { Result } from '../../domain/result.ts'
import { err, ok } from '../../domain/result.ts'

/**
 * Where the person may be sent afterwards: by its form a URL that the service itself would call, though only a browser
 * goes there. Compared as URLs, not as text: `https://a.example` must not let `https://a.example.evil.test` or
 * `https://a.example@evil.test` through.
 */
export function checkRedirect(
  redirectUrl: string,
  allowed: readonly string[],
  rules: UrlRules,
): Result<string, DomainError> {
  // A page may be named by its fragment. The first # ends the rest for every parser.
  const [withoutFragment = ''] = redirectUrl.split('#', 1)
  const parsed = parseOutboundUrl(withoutFragment, rules)
  if (!parsed.ok) return err(refusal(parsed.error.message))
  const { url } = parsed.value
  if (allowed.length === 0 || allowed.some((prefix) => isWithin(url, prefix))) return ok(redirectUrl)
  return err(refusal('must be within one of the redirects allowed in the tenant settings (allowed_redirects)'))
}

function isWithin(url: URL, prefix: string): boolean {
  const base = URL.parse(prefix)
  if (base === null || base.origin !== url.origin) return false
  const basePath = base.pathname.endsWith('/') ? base.pathname : `${base.pathname}/`
  return url.pathname === base.pathname || url.pathname.startsWith(basePath)
}

const refusal = (message: string): DomainError =>
  domainError('INVALID_REQUEST', `redirect_url ${message}.`, [{ path: 'redirect_url', message }])
