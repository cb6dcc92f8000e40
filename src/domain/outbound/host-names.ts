// Which names are never asked for: those that the public DNS does not serve, and the service's own. It does not decide
// about the addresses behind a name.

import type { Result } from '../result.ts'
import { err, ok } from '../result.ts'
import type { UrlRefusal } from './refusal.ts'
import { refusal } from './refusal.ts'

/**
 * Special-use names (IANA registry, RFC 6761 and those it lists), ICANN's private-use `internal`, and the names that home
 * and company networks use without leave: RFC 6762 appendix G, those ICANN will not delegate, and `localdomain`.
 */
const RESERVED_SUFFIXES = [
  'localhost',
  'local',
  'internal',
  'test',
  'invalid',
  'example',
  'onion',
  'alt',
  'arpa',
  'intranet',
  'private',
  'corp',
  'home',
  'lan',
  'mail',
  'localdomain',
]

/** RFC 1035 section 2.3.4. */
const MAX_NAME_LENGTH = 253
const LABEL = /^[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?$/

/** `host` is a name as the URL parser gives it: lower case, punycode. */
export function checkHostName(host: string, ownHosts: readonly string[]): Result<string, UrlRefusal> {
  const name = host.endsWith('.') ? host.slice(0, -1) : host
  if (isUnderAny(name, RESERVED_SUFFIXES))
    return err(refusal('reserved_name', 'must not name a reserved or local host'))
  if (isUnderAny(name, ownHosts)) return err(refusal('own_host', 'must not lead back to this service'))
  if (!name.includes('.')) return err(refusal('single_label', 'must name a host with a full domain name'))
  const labels = name.split('.')
  if (host !== name || name.length > MAX_NAME_LENGTH || !labels.every((label) => LABEL.test(label))) {
    return err(refusal('host', 'must name a host that DNS can know, without a dot at its end'))
  }
  return ok(name)
}

const isUnderAny = (name: string, suffixes: readonly string[]): boolean =>
  suffixes.some((suffix) => name === suffix || name.endsWith(`.${suffix}`))
