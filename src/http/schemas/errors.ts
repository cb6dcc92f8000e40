import { z } from '@hono/zod-openapi'
import type { ErrorCode } from '../../domain/errors.ts'
import { ERROR_CODES } from '../../domain/errors.ts'
import type { ErrorStatus, Surface } from '../error-map.ts'
import { ERROR_TYPES, httpErrorOf } from '../error-map.ts'
import { Meta } from './envelope.ts'

export const ErrorDetailBody = z
  .strictObject({
    path: z.string().openapi({ example: 'steps[2].name' }),
    message: z.string().openapi({ example: 'is required' }),
    from: z.string().optional().openapi({ description: 'INVALID_STATUS_TRANSITION: the present status' }),
    to: z.string().optional().openapi({ description: 'INVALID_STATUS_TRANSITION: the status that was asked for' }),
    allowed: z
      .array(z.string())
      .optional()
      .openapi({ description: 'INVALID_STATUS_TRANSITION: statuses that can be asked for from here' }),
  })
  .openapi('ErrorDetail')

export const ErrorBody = z
  .strictObject({
    status: z.literal('error'),
    error: z.strictObject({
      type: z.enum(ERROR_TYPES),
      code: z.enum(ERROR_CODES),
      message: z.string(),
      details: z.array(ErrorDetailBody).optional(),
      retry_after: z.number().int().optional().openapi({ description: 'Seconds; RATE_LIMITED only' }),
    }),
    meta: Meta,
  })
  .openapi('Error')
export type ErrorBody = z.infer<typeof ErrorBody>

const MESSAGES: Readonly<Partial<Record<ErrorCode, string>>> = {
  INVALID_REQUEST: 'The request is not valid. ttl_days: must be a whole number from 1 to 365.',
  INVALID_JSON: 'The body must be JSON, sent as application/json.',
  BODY_TOO_LARGE: 'The body must be at most 262144 bytes.',
  INVALID_CURSOR: 'This cursor belongs to other filters or another sort: begin again without it.',
  MISSING_TOKEN: 'Send an API key or a JWT in the header `Authorization: Bearer <token>`.',
  INVALID_TOKEN: 'The token is not valid here: use an API key of this service, or a JWT it accepts.',
  TOKEN_EXPIRED: 'The token has expired: get a new one.',
  SESSION_NOT_FOUND: 'There is no session with this id in your tenant.',
  WORKFLOW_NOT_FOUND: 'There is no workflow with this id in your tenant.',
  LINK_NOT_FOUND: 'This link is not valid: ask whoever sent it for a new one.',
  VERSION_CONFLICT: 'The session is at another version by now: read it again and decide anew.',
  RATE_LIMITED: 'Too many requests: wait as long as Retry-After says.',
  INTERNAL_ERROR: 'Something went wrong on our side. Try again; if it stays, tell us the request id.',
}

/** Every operation may answer these; their codes need no naming at the route. */
const EVERYWHERE: readonly ErrorCode[] = ['INVALID_REQUEST', 'RATE_LIMITED', 'INTERNAL_ERROR']
const ON_TENANT_ROUTES: readonly ErrorCode[] = ['MISSING_TOKEN', 'INVALID_TOKEN', 'TOKEN_EXPIRED', 'MISSING_PERMISSION']
const ON_LINK_ROUTES: readonly ErrorCode[] = ['LINK_NOT_FOUND', 'LINK_EXPIRED']

type ErrorAnswer = {
  description: string
  content: { 'application/json': { schema: typeof ErrorBody; examples: Record<string, { value: ErrorBody }> } }
}

/** The error answers of a tenant route: what each has, and the codes of its own. */
export const tenantErrors = (...codes: ErrorCode[]): Record<ErrorStatus, ErrorAnswer> =>
  errorAnswers('tenant', [...EVERYWHERE, ...ON_TENANT_ROUTES, ...codes])

export const linkErrors = (...codes: ErrorCode[]): Record<ErrorStatus, ErrorAnswer> =>
  errorAnswers('public', [...EVERYWHERE, ...ON_LINK_ROUTES, ...codes])

export const openErrors = (): Record<ErrorStatus, ErrorAnswer> => errorAnswers('tenant', EVERYWHERE)

/** Each status is there for the types; one that no code leads to has no examples, and the document leaves it out. */
function errorAnswers(surface: Surface, codes: readonly ErrorCode[]): Record<ErrorStatus, ErrorAnswer> {
  const answer = (status: ErrorStatus): ErrorAnswer => {
    const own = [...new Set(codes)].filter((code) => httpErrorOf(code, surface).status === status)
    const examples = Object.fromEntries(own.map((code) => [code, { value: exampleError(code, surface) }]))
    const description = own.length === 0 ? 'Not given by this operation.' : own.map((code) => `\`${code}\``).join(', ')
    return { description, content: { 'application/json': { schema: ErrorBody, examples } } }
  }
  return {
    400: answer(400),
    401: answer(401),
    403: answer(403),
    404: answer(404),
    412: answer(412),
    429: answer(429),
    500: answer(500),
  }
}

function exampleError(code: ErrorCode, surface: Surface): ErrorBody {
  return {
    status: 'error',
    error: {
      type: httpErrorOf(code, surface).type,
      code,
      message: MESSAGES[code] ?? 'What was wrong, and what would be right.',
      ...(code === 'RATE_LIMITED' ? { retry_after: 12 } : {}),
    },
    meta: { request_id: 'req_01kb2v8x5nf6b8m1q4r7t0w3y6' },
  }
}
