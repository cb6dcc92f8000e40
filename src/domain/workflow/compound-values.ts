// Answers that have parts: a person's name, a wallet, a postal address. On save parts may be missing, on complete not.
// Whether a wallet's checksum holds is the crypto engine's matter.

import type { ErrorDetail } from '../errors.ts'
import { err, ok } from '../result.ts'
import type { JsonValue } from '../session/state.ts'
import { isCountryCode } from './countries.ts'
import type { Checked, ValueContext } from './field-values.ts'

type Part = {
  key: string
  label: string
  required: boolean
  maxLength: number
  check?: (text: string) => string | null
}

const hasLetter = (text: string): string | null => (/\p{L}/u.test(text) ? null : 'Please enter a name with letters.')

const NAME_PARTS: Part[] = [
  { key: 'given', label: 'the given name', required: true, maxLength: 150, check: hasLetter },
  { key: 'family', label: 'the family name', required: true, maxLength: 150, check: hasLetter },
]
const WALLET_PARTS: Part[] = [
  {
    key: 'network',
    label: 'the network',
    required: true,
    maxLength: 32,
    check: (text) =>
      /^[a-z0-9][a-z0-9_-]*$/i.test(text) ? null : 'Please name the network, for example bitcoin or ethereum.',
  },
  {
    key: 'address',
    label: 'the wallet address',
    required: true,
    maxLength: 128,
    check: (text) => (/^[\x21-\x7e]+$/.test(text) ? null : 'Please enter the wallet address without spaces.'),
  },
]
const ADDRESS_PARTS: Part[] = [
  { key: 'line1', label: 'the street and number', required: true, maxLength: 200 },
  { key: 'line2', label: 'the second address line', required: false, maxLength: 200 },
  { key: 'city', label: 'the city', required: true, maxLength: 120 },
  { key: 'region', label: 'the region', required: false, maxLength: 120 },
  { key: 'postal_code', label: 'the postal code', required: false, maxLength: 20 },
  {
    key: 'country',
    label: 'the country',
    required: true,
    maxLength: 2,
    check: (text) =>
      isCountryCode(text.toUpperCase()) ? null : 'Please give the country as its two-letter code, for example GB.',
  },
]

/** Also a company's name: then it is a text. */
export function checkPersonName(value: unknown, path: string, context: ValueContext): Checked {
  if (typeof value !== 'string')
    return checkParts(value, path, NAME_PARTS, 'a name as text or as {given, family}', context)
  const name = value.trim().replace(/\s+/g, ' ')
  if (name.length > 300) return err([{ path, message: 'Please use at most 300 characters.' }])
  const problem = unprintable(name) ?? (/[\p{L}\p{N}]/u.test(name) ? null : 'Please enter a name with letters.')
  return problem === null ? ok(name) : err([{ path, message: problem }])
}

export function checkWallet(value: unknown, path: string, context: ValueContext): Checked {
  const checked = checkParts(value, path, WALLET_PARTS, 'a wallet as {network, address}', context)
  if (!checked.ok || !isObject(checked.value) || typeof checked.value['network'] !== 'string') return checked
  return ok({ ...checked.value, network: checked.value['network'].toLowerCase() })
}

export function checkAddress(value: unknown, path: string, context: ValueContext): Checked {
  const checked = checkParts(
    value,
    path,
    ADDRESS_PARTS,
    'an address as {line1, line2, city, region, postal_code, country}',
    context,
  )
  if (!checked.ok || !isObject(checked.value) || typeof checked.value['country'] !== 'string') return checked
  return ok({ ...checked.value, country: checked.value['country'].toUpperCase() })
}

const isObject = (value: JsonValue): value is { [key: string]: JsonValue } =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const unprintable = (text: string): string | null =>
  /\p{Cc}/u.test(text) || !text.isWellFormed() ? 'This holds characters that cannot be used.' : null

function checkParts(value: unknown, path: string, parts: Part[], shape: string, context: ValueContext): Checked {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return err([{ path, message: `Please give ${shape}.` }])
  const given = new Map<string, unknown>(Object.entries(value))
  const details: ErrorDetail[] = []
  for (const key of given.keys()) {
    if (!parts.some((part) => part.key === key))
      details.push({ path: `${path}.${key}`, message: `There is no such part; please give ${shape}.` })
  }
  const kept: [string, string][] = []
  for (const part of parts) {
    const partPath = `${path}.${part.key}`
    const raw = given.get(part.key)
    const text = typeof raw === 'string' ? raw.trim() : ''
    if (raw !== undefined && raw !== null && typeof raw !== 'string') {
      details.push({ path: partPath, message: `Please enter ${part.label} as text.` })
    } else if (text === '') {
      if (part.required && context.purpose === 'complete')
        details.push({ path: partPath, message: `Please enter ${part.label}.` })
    } else {
      const tooLong = text.length > part.maxLength ? `Please use at most ${part.maxLength} characters.` : null
      const problem = part.check?.(text) ?? tooLong ?? unprintable(text)
      if (problem !== null) details.push({ path: partPath, message: problem })
      kept.push([part.key, text])
    }
  }
  return details.length > 0 ? err(details) : ok(Object.fromEntries(kept))
}
