// Whether a URL that a user named may be kept and called, by its form alone: scheme, port, credentials, host. What it
// does not decide: where the name leads; for that its addresses are looked up before each call.

import type { Result } from '../result.ts'
import { err, ok } from '../result.ts'
import { checkHostName } from './host-names.ts'
import { isPublicAddress } from './public-address.ts'
import type { UrlRefusal } from './refusal.ts'
import { refusal } from './refusal.ts'

export type UrlRules = {
  /** Development alone: loopback is allowed, over http too and on every port. Nothing else private is. */
  allowLocal: boolean
  /** Host names of this deployment, as a URL parser gives them; what is under them is its own as well. */
  ownHosts: readonly string[]
}

export type OutboundHost =
  | { kind: 'name'; name: string }
  /** A public address; IPv6 without brackets. */
  | { kind: 'address'; address: string }
  | { kind: 'local' }

export type OutboundUrl = { url: URL; host: OutboundHost }

export const MAX_URL_LENGTH = 2048

/** The ports on which Cloudflare's own edge speaks https. Mail, databases and what else listens elsewhere is not knocked at. */
export const ALLOWED_PORTS: readonly string[] = ['443', '2053', '2083', '2087', '2096', '8443']

/** The text is judged as well as what the parser makes of it: another parser may read the same text differently. */
export function parseOutboundUrl(text: string, rules: UrlRules): Result<OutboundUrl, UrlRefusal> {
  if (text.length > MAX_URL_LENGTH) return err(refusal('too_long', `must have at most ${MAX_URL_LENGTH} characters`))
  // oxlint-disable-next-line eslint/no-control-regex -- parsers drop tabs and line ends silently, and take \ for /
  if (/[\u0000-\u0020\u007f\\]/.test(text)) {
    return err(refusal('malformed', 'must not hold spaces, control characters or backslashes'))
  }
  if (text.includes('#')) return err(refusal('fragment', 'must not have a fragment'))
  const authority = /^[a-z][a-z0-9+.-]*:\/\/([^/?]+)/i.exec(text)?.[1]
  if (authority === undefined) return err(refusal('malformed', 'must be a whole URL, like https://example.com/path'))
  if (authority.includes('@')) return err(refusal('credentials', 'must not hold credentials'))
  if (authority.includes('%')) return err(refusal('host', 'must name its host without percent signs'))
  const url = URL.parse(text)
  if (url === null) return err(refusal('malformed', 'must be a URL'))

  if (rules.allowLocal && isLocal(url)) return ok({ url, host: { kind: 'local' } })
  if (url.protocol !== 'https:') return err(refusal('scheme', 'must be https'))
  const host = checkHost(url, rules)
  if (!host.ok) return host
  const port = url.port === '' ? '443' : url.port
  if (!ALLOWED_PORTS.includes(port))
    return err(refusal('port', `must use one of the ports ${ALLOWED_PORTS.join(', ')}`))
  return ok({ url, host: host.value })
}

function checkHost(url: URL, rules: UrlRules): Result<OutboundHost, UrlRefusal> {
  const address = addressOf(url)
  if (address === null) {
    const name = checkHostName(url.hostname, rules.ownHosts)
    return name.ok ? ok({ kind: 'name', name: name.value }) : name
  }
  if (rules.ownHosts.includes(url.hostname)) return err(refusal('own_host', 'must not lead back to this service'))
  if (!isPublicAddress(address)) return err(refusal('not_public', 'must not lead to an address that is not public'))
  return ok({ kind: 'address', address })
}

/** The parser has already turned octal, hexadecimal, short and full-width spellings into four decimal numbers. */
function addressOf(url: URL): string | null {
  if (url.hostname.startsWith('[')) return url.hostname.slice(1, -1)
  return /^\d+\.\d+\.\d+\.\d+$/.test(url.hostname) ? url.hostname : null
}

function isLocal({ protocol, hostname }: URL): boolean {
  if (protocol !== 'http:' && protocol !== 'https:') return false
  return (
    hostname === 'localhost' ||
    hostname.endsWith('.localhost') ||
    /^127\.\d+\.\d+\.\d+$/.test(hostname) ||
    hostname === '[::1]'
  )
}
