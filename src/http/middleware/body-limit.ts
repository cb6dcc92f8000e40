import type { MiddlewareHandler } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { domainError } from '../../domain/errors.ts'
import { failure } from '../answers.ts'
import type { OpenEnv } from '../api.ts'

export const MAX_JSON_BYTES = 256 * 1024

export const jsonLimit: MiddlewareHandler<OpenEnv> = bodyLimit({
  maxSize: MAX_JSON_BYTES,
  onError: (c) => failure(c, domainError('BODY_TOO_LARGE', `The body must be at most ${MAX_JSON_BYTES} bytes.`)),
})
