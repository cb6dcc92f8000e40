// What a tenant may set about itself: which URLs are taken, in which form they are kept, and that a change replaces the
// members it names and leaves the others. Lengths and counts are the schema's matter.

import type { ErrorDetail } from '../errors.ts'
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
export function readTenantChange({ name, settings }: TenantChange): Result<TenantChange, ErrorDetail[]> {
  const problems: ErrorDetail[] = []
  const refuse = (path: string, message: string): string => {
    problems.push({ path, message })
    return ''
  }
  const { branding, allowed_origins, allowed_redirects, retention_days } = settings
  const read: Partial<TenantSettings> = {
    ...(branding === undefined ? {} : { branding: readBranding(branding, refuse) }),
    ...(allowed_origins === undefined ? {} : { allowed_origins: eachOnce(allowed_origins, 'origins', refuse) }),
    ...(allowed_redirects === undefined ? {} : { allowed_redirects: eachOnce(allowed_redirects, 'redirects', refuse) }),
    ...(retention_days === undefined ? {} : { retention_days }),
  }
  return problems.length === 0 ? ok({ name, settings: read }) : err(problems)
}

type Refuse = (path: string, message: string) => string

function readBranding({ display_name, logo_url, color }: Branding, refuse: Refuse): Branding {
  const logo = logo_url === null ? null : webAddress(logo_url)
  const isLogo = logo_url === null || logo !== null
  return {
    display_name,
    logo_url: isLogo ? (logo?.href ?? null) : refuse('branding.logo_url', 'must be an https URL without credentials'),
    color: color?.toLowerCase() ?? null,
  }
}

function eachOnce(texts: readonly string[], list: 'origins' | 'redirects', refuse: Refuse): string[] {
  const path = `allowed_${list}`
  const read = texts.map((text, index) => {
    const found = list === 'origins' ? originOf(text) : redirectOf(text)
    const right =
      list === 'origins'
        ? 'must be an origin such as https://app.example.com: no path, no wildcard; http only for localhost'
        : 'must be an https URL without credentials, query and fragment'
    return found ?? refuse(`${path}[${index}]`, right)
  })
  return [...new Set(read)]
}

/** A browser sends an origin without a path, so one with a path would never match; a wildcard would be taken as a host. */
function originOf(text: string): string | null {
  const url = URL.canParse(text) ? new URL(text) : null
  if (url === null || url.hostname.includes('*') || hasCredentials(url)) return null
  const isWeb = url.protocol === 'https:' || (url.protocol === 'http:' && LOOPBACK_HOSTS.includes(url.hostname))
  return isWeb && url.pathname === '/' && !/[?#]/.test(text) ? url.origin : null
}

function redirectOf(text: string): string | null {
  const url = webAddress(text)
  return url === null || url.hostname.includes('*') || /[?#]/.test(text) ? null : url.href
}

function webAddress(text: string): URL | null {
  const url = URL.canParse(text) ? new URL(text) : null
  return url === null || url.protocol !== 'https:' || hasCredentials(url) ? null : url
}

const hasCredentials = (url: URL): boolean => url.username !== '' || url.password !== ''
