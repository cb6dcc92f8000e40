// Whether a text is an e-mail address, a phone number, a web address or a domain name, by its form alone. Nothing is
// looked up: whether a mailbox or a site exists is web validation's matter.

import { parsePhoneNumberFromString } from 'libphonenumber-js/min'

/**
 * Providers of throw-away mailboxes, the best known of those in github.com/disposable-email-domains (CC0), read 2026.
 * Short on purpose: it stops the careless, and the full list is 4,000 lines that grow stale.
 */
const DISPOSABLE_DOMAINS: ReadonlySet<string> = new Set(
  (
    '10minutemail.com 10minutemail.net 20minutemail.com 33mail.com anonbox.net burnermail.io discard.email dispostable.com ' +
    'dropmail.me emailondeck.com fakeinbox.com fakemail.net getairmail.com getnada.com grr.la guerrillamail.biz ' +
    'guerrillamail.com guerrillamail.de guerrillamail.info guerrillamail.net guerrillamail.org guerrillamailblock.com ' +
    'inboxbear.com inboxkitten.com incognitomail.org jetable.org mail-temp.com mailcatch.com maildrop.cc mailinator.com ' +
    'mailinator.net mailnesia.com mailnull.com mailsac.com mintemail.com moakt.com mohmal.com mytemp.email nada.email ' +
    'pokemail.net sharklasers.com spam4.me spambox.us spamgourmet.com temp-mail.io temp-mail.org tempail.com tempinbox.com ' +
    'tempmail.com tempmail.dev tempmail.net tempmailo.com tempr.email throwaway.email throwawaymail.com trashmail.com ' +
    'trashmail.de trashmail.net yopmail.com yopmail.fr yopmail.net'
  ).split(' '),
)

const LOCAL_PART = /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/
const LABEL = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/

/** A public host name in lower-case ASCII (IDN as punycode), or null. */
export function normalizeDomain(text: string): string | null {
  const candidate = text.trim().replace(/\.$/, '')
  if (candidate === '' || candidate.length > 253 || /[\s/@:?#\\%]/.test(candidate)) return null
  const host = parseUrl(`http://${candidate}`)?.hostname ?? null
  if (host === null) return null
  const labels = host.split('.')
  const top = labels.at(-1) ?? ''
  return labels.length >= 2 && labels.every((label) => LABEL.test(label)) && /[a-z]/.test(top) ? host : null
}

/** `local@domain` per RFC 5321's lengths and RFC 5322's dot-atom; the domain comes back in lower case. */
export function normalizeEmail(text: string): string | null {
  const trimmed = text.trim()
  const split = trimmed.lastIndexOf('@')
  const local = trimmed.slice(0, split)
  if (split < 1 || local.length > 64 || trimmed.length > 254 || !LOCAL_PART.test(local)) return null
  const domain = normalizeDomain(trimmed.slice(split + 1))
  return domain === null ? null : `${local}@${domain}`
}

/** By the domain or any domain above it. */
export function isDisposableEmail(email: string): boolean {
  const labels = email
    .slice(email.lastIndexOf('@') + 1)
    .toLowerCase()
    .split('.')
  return labels.some((_, index) => DISPOSABLE_DOMAINS.has(labels.slice(index).join('.')))
}

/** E.164 from international notation; spaces and the usual separators may be there, the country code must be. */
export function normalizePhone(text: string): string | null {
  const compact = text.trim().replace(/[\s().\-/]/g, '')
  if (!/^\+[1-9]\d{6,14}$/.test(compact)) return null
  const number = parsePhoneNumberFromString(compact)
  return number !== undefined && number.isValid() ? number.number : null
}

/** An absolute http(s) address of a public-looking host, without user name or password. */
export function normalizeUrl(text: string): string | null {
  const trimmed = text.trim()
  if (trimmed.length > 2_048 || !/^https?:\/\//i.test(trimmed)) return null
  const url = parseUrl(trimmed)
  if (url === null || url.username !== '' || url.password !== '') return null
  return normalizeDomain(url.hostname) === null ? null : url.href
}

function parseUrl(text: string): URL | null {
  try {
    return new URL(text)
  } catch {
    return null
  }
}
