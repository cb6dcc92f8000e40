// What a tenant may set about itself: which URLs are taken, in which form they are kept, and that a change replaces the
// members it names and leaves the others. Lengths and counts are the schema's matter.

import type { ErrorDetail } from '../errors.ts'
import { parseOutboundUrl, type UrlRules } from '../outbound/parse-url.ts'
import { err, ok, type Result } from '../result.ts'

export type Branding = { display_name: string | null; logo_url: string | null; color: string | null }

export type TenantSettings = {
  branding: Branding
  /** Origins that may call the public API from a browser. */
  allowed_origins: string[]
  /** Prefixes that `redirect_url` must start with; empty = any https URL. */
  allowed_redirects: string[]
  retention_days: number | null
}

/** Members that are not there stay as they are. */
export type TenantChange = {
  name?: string | undefined
  settings: { [Member in keyof TenantSettings]?: TenantSettings[Member] | undefined }
}

export const DEFAULT_SETTINGS: TenantSettings = {
  branding: { display_name: null, logo_url: null, color: null },
  allowed_origins: [],
  allowed_redirects: [],
  retention_days: null,
}

const LOOPBACK_HOSTS: readonly string[] = ['localhost', '127.0.0.1', '[::1]']

/** Every place that is wrong, or the change with its URLs in the form that they are compared in. */
export function readTenantChange(
  { name, settings }: TenantChange,
  rules: UrlRules,
): Result<TenantChange, ErrorDetail[]> {
  const problems: ErrorDetail[] = []
  const read = <T>(path: string, found: Result<T, string>, instead: T): T => {
    if (found.ok) return found.value
    problems.push({ path, message: found.error })
    return instead
  }
  const eachOnce = (list: string, texts: readonly string[], readOne: (text: string) => Result<string, string>) => [
    ...new Set(texts.map((text, index) => read(`${list}[${index}]`, readOne(text), ''))),
  ]
  const { branding, allowed_origins, allowed_redirects, retention_days } = settings
  const changed: Partial<TenantSettings> = {}
  if (branding !== undefined) {
    const { display_name, logo_url, color } = branding
    const logo = logo_url === null ? null : read('branding.logo_url', readPublicUrl(logo_url, rules), null)
    changed.branding = { display_name, logo_url: logo, color: color?.toLowerCase() ?? null }
  }
  if (allowed_origins !== undefined) changed.allowed_origins = eachOnce('allowed_origins', allowed_origins, readOrigin)
  if (allowed_redirects !== undefined) {
    const readOne = (text: string) => readRedirect(text, rules)
    changed.allowed_redirects = eachOnce('allowed_redirects', allowed_redirects, readOne)
  }
  if (retention_days !== undefined) changed.retention_days = retention_days
  return problems.length === 0 ? ok({ name, settings: changed }) : err(problems)
}

/** A browser sends an origin without a path, so one with a path would never match; a wildcard would be taken as a host. */
function readOrigin(text: string): Result<string, string> {
  const url = URL.parse(text)
  const isWeb =
    url !== null && (url.protocol === 'https:' || (url.protocol === 'http:' && LOOPBACK_HOSTS.includes(url.hostname)))
  const isBare = url?.pathname === '/' && url.username === '' && url.password === '' && !/[?#*@]/.test(text)
  return isWeb && isBare
    ? ok(url.origin)
    : err('must be an origin such as https://app.example.com: no path, no wildcard; http only for localhost')
}

function readRedirect(text: string, rules: UrlRules): Result<string, string> {
  if (/[?#*]/.test(text)) return err('must have no query, no fragment and no wildcard: it is the start of a URL')
  return readPublicUrl(text, rules)
}

function readPublicUrl(text: string, rules: UrlRules): Result<string, string> {
  const parsed = parseOutboundUrl(text, rules)
  return parsed.ok ? ok(parsed.value.url.href) : err(parsed.error.message)
}
