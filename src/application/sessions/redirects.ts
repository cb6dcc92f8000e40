import type { DomainError } from '../../domain/errors.ts'
import { domainError } from '../../domain/errors.ts'
import type { Result } from '../../domain/result.ts'
import { err, ok } from '../../domain/result.ts'

/**
 * Where the person may be sent afterwards. Compared as URLs, not as text: `https://a.example` must not let
 * `https://a.example.evil.test` or `https://a.example@evil.test` through.
 */
export function checkRedirect(redirectUrl: string, allowed: readonly string[]): Result<string, DomainError> {
  const url = parseUrl(redirectUrl)
  if (url === null || url.protocol !== 'https:' || url.username !== '' || url.password !== '') {
    return err(refusal('must be an https URL without credentials in it'))
  }
  if (allowed.length === 0 || allowed.some((prefix) => isWithin(url, prefix))) return ok(redirectUrl)
  return err(refusal('must be within one of the redirects allowed in the tenant settings (allowed_redirects)'))
}

function isWithin(url: URL, prefix: string): boolean {
  const base = parseUrl(prefix)
  if (base === null || base.origin !== url.origin) return false
  const basePath = base.pathname.endsWith('/') ? base.pathname : `${base.pathname}/`
  return url.pathname === base.pathname || url.pathname.startsWith(basePath)
}

const parseUrl = (text: string): URL | null => (URL.canParse(text) ? new URL(text) : null)

const refusal = (message: string): DomainError =>
  domainError('INVALID_REQUEST', `redirect_url ${message}.`, [{ path: 'redirect_url', message }])
