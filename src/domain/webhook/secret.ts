// What a webhook secret must be like, and how it is shown once it is kept. Standard Webhooks: `whsec_` and the base64 of 24 to
// 64 random bytes. It makes none and keeps none.

import { err, ok, type Result } from '../result.ts'

export const SECRET_PREFIX = 'whsec_'
export const SECRET_BYTES = 32
const MIN_BYTES = 24
const MAX_BYTES = 64
/** Of 24 random bytes fewer than this many differ once in 10^9 secrets; a word typed over and over has fewer. */
const MIN_DIFFERENT_BYTES = 12
const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/
const MASK = '*'.repeat(28)
const SHOWN_CHARACTERS = 4

/** What would be right, when it is not. `bytesOf` reads base64. */
export function checkSecret(text: string, bytesOf: (base64: string) => Uint8Array): Result<null, string> {
  const base64 = text.startsWith(SECRET_PREFIX) ? text.slice(SECRET_PREFIX.length) : ''
  const form = `must be ${SECRET_PREFIX} and the base64 of ${MIN_BYTES} to ${MAX_BYTES} random bytes`
  if (base64 === '' || !BASE64.test(base64)) return err(form)
  const bytes = bytesOf(base64)
  if (bytes.length < MIN_BYTES || bytes.length > MAX_BYTES) return err(`${form}, this has ${bytes.length}`)
  if (new Set(bytes).size < MIN_DIFFERENT_BYTES) return err(`${form}; these bytes repeat too often to be random`)
  return ok(null)
}

export const hintOf = (secret: string): string => secret.slice(-SHOWN_CHARACTERS)
export const masked = (hint: string): string => `${MASK}${hint}`
