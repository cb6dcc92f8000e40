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

export const MAX_UPLOAD_FILE_BYTES = 4 * 1024 * 1024
/** The file as base64, and some room for what is beside it. */
const MAX_UPLOAD_BODY_BYTES = 6 * 1024 * 1024

const uploadLimit: MiddlewareHandler<OpenEnv> = bodyLimit({
  maxSize: MAX_UPLOAD_BODY_BYTES,
  onError: (c) => failure(c, fileTooLarge()),
})

export const fileTooLarge = () =>
  domainError(
    'BODY_TOO_LARGE',
    `The file must be at most ${MAX_UPLOAD_FILE_BYTES} bytes here; POST /upload/init takes up to 15 MiB.`,
  )

const WITH_FILE = /^\/public\/sessions\/[^/]+\/(?:upload|documents)$/

/** The end user's side: JSON, but for the two paths that take a file in the body. */
export const linkBodyLimit: MiddlewareHandler<OpenEnv> = (c, next) =>
  WITH_FILE.test(c.req.path) ? uploadLimit(c, next) : jsonLimit(c, next)
