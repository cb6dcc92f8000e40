import { z } from '@hono/zod-openapi'
import type { ErrorCode } from '../../domain/errors.ts'
import { ERROR_CODES } from '../../domain/errors.ts'
import type { ErrorStatus, Surface } from '../error-map.ts'
import { ERROR_TYPES, httpErrorOf } from '../error-map.ts'
import { Meta } from './envelope.ts'
import { errorExample } from './error-examples.ts'
import type { ErrorExample } from './error-examples.ts'

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

/** Every operation may answer these; their codes need no naming at the route. */
const EVERYWHERE: readonly ErrorCode[] = ['INVALID_REQUEST', 'RATE_LIMITED', 'INTERNAL_ERROR']
const ON_TENANT_ROUTES: readonly ErrorCode[] = ['MISSING_TOKEN', 'INVALID_TOKEN', 'TOKEN_EXPIRED', 'MISSING_PERMISSION']
const ON_LINK_ROUTES: readonly ErrorCode[] = ['LINK_NOT_FOUND', 'LINK_EXPIRED']

type ErrorAnswer = {
  description: string
  content: { 'application/json': { schema: typeof ErrorBody; examples: Record<string, ErrorExample> } }
}

/** The error answers of a tenant route: what each has, and the codes of its own. */
export const tenantErrors = (...codes: ErrorCode[]): Record<ErrorStatus, ErrorAnswer> =>
  errorAnswers('tenant', [...EVERYWHERE, ...ON_TENANT_ROUTES, ...codes])

export const linkErrors = (...codes: ErrorCode[]): Record<ErrorStatus, ErrorAnswer> =>
  errorAnswers('public', [...EVERYWHERE, ...ON_LINK_ROUTES, ...codes])

export const openErrors = (): Record<ErrorStatus, ErrorAnswer> => errorAnswers('tenant', EVERYWHERE)

/** Each status is there for the types; one that no code leads to has no examples, and the document leaves it out. */
function errorAnswers(surface: Surface, codes: readonly ErrorCode[]): Record<ErrorStatus, ErrorAnswer> {
  const codesOf = (status: ErrorStatus): ErrorCode[] =>
    [...new Set(codes)].filter((code) => httpErrorOf(code, surface).status === status)
  // Read when the document is written, and not at every start.
  const answer = (status: ErrorStatus): ErrorAnswer => ({
    get description() {
      const own = codesOf(status)
      return own.length === 0 ? 'Not given by this operation.' : own.map((code) => `\`${code}\``).join(', ')
    },
    content: {
      'application/json': {
        schema: ErrorBody,
        get examples() {
          return Object.fromEntries(codesOf(status).map((code) => [code, errorExample(code, surface)]))
        },
      },
    },
  })
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
