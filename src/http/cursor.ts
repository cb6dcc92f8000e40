// An opaque place in a list. It is bound to the tenant, the list, its filters and its sort by a hash: a cursor that is
// carried over to another question is refused instead of giving a page with gaps. It opens nothing, so it needs no MAC.

import { sha256 } from '@noble/hashes/sha2.js'
import { base64urlnopad, hex } from '@scure/base'
import type { z } from 'zod'
import { canonicalJson } from '../domain/canonical-json.ts'
import type { DomainError } from '../domain/errors.ts'
import { domainError } from '../domain/errors.ts'
import type { Result } from '../domain/result.ts'
import { err, ok } from '../domain/result.ts'

export function encodeCursor(question: object, position: object): string {
  return base64urlnopad.encode(bytesOf(JSON.stringify({ q: bindingOf(question), p: position })))
}

export function decodeCursor<S extends z.ZodType>(
  question: object,
  cursor: string | undefined,
  position: S,
): Result<z.output<S> | null, DomainError> {
  if (cursor === undefined) return ok(null)
  const content = parse(cursor)
  if (content === null || content.q !== bindingOf(question)) return err(invalidCursor())
  const parsed = position.safeParse(content.p)
  return parsed.success ? ok(parsed.data) : err(invalidCursor())
}

function parse(cursor: string): { q?: unknown; p?: unknown } | null {
  try {
    const content: unknown = JSON.parse(new TextDecoder().decode(base64urlnopad.decode(cursor)))
    return typeof content === 'object' ? content : null
  } catch {
    return null
  }
}

const bindingOf = (question: object): string => hex.encode(sha256(bytesOf(canonicalJson(question))).subarray(0, 8))

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text)

const invalidCursor = (): DomainError =>
  domainError('INVALID_CURSOR', 'This cursor is not of this list with these filters and this sort: begin without one.')
