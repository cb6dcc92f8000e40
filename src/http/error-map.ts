// The one place where a refusal gets its HTTP status and type. A code without a row does not compile.

import type { ErrorCode } from '../domain/errors.ts'

export const ERROR_STATUSES = [400, 401, 403, 404, 412, 429, 500] as const
export type ErrorStatus = (typeof ERROR_STATUSES)[number]

export const ERROR_TYPES = [
  'ValidationError',
  'AuthenticationError',
  'PermissionError',
  'NotFoundError',
  'ConflictError',
  'RateLimitError',
  'InternalError',
] as const
export type ErrorType = (typeof ERROR_TYPES)[number]

export type HttpError = { readonly status: ErrorStatus; readonly type: ErrorType }

const validation: HttpError = { status: 400, type: 'ValidationError' }
const authentication: HttpError = { status: 401, type: 'AuthenticationError' }
const permission: HttpError = { status: 403, type: 'PermissionError' }
const notFound: HttpError = { status: 404, type: 'NotFoundError' }

export const ERROR_MAP: Readonly<Record<ErrorCode, HttpError>> = {
  INVALID_REQUEST: validation,
  INVALID_JSON: validation,
  BODY_TOO_LARGE: validation,
  INVALID_CURSOR: validation,
  INVALID_STATUS_TRANSITION: validation,
  SESSION_NOT_COMPLETED: validation,
  STEP_INCOMPLETE: validation,
  STEP_LOCKED: validation,
  FIELD_NOT_OPEN_FOR_CORRECTION: validation,
  FILE_REJECTED: validation,
  UPLOAD_INCOMPLETE: validation,
  LINK_EXPIRED: validation,
  IDEMPOTENCY_KEY_REUSED: validation,
  MISSING_TOKEN: authentication,
  INVALID_TOKEN: authentication,
  TOKEN_EXPIRED: authentication,
  MISSING_PERMISSION: permission,
  LEGAL_HOLD: permission,
  SESSION_CLOSED: permission,
  SESSION_NOT_FOUND: notFound,
  WORKFLOW_NOT_FOUND: notFound,
  DOCUMENT_NOT_FOUND: notFound,
  SUBSESSION_NOT_FOUND: notFound,
  STEP_NOT_FOUND: notFound,
  LINK_NOT_FOUND: notFound,
  ROUTE_NOT_FOUND: notFound,
  VERSION_CONFLICT: { status: 412, type: 'ConflictError' },
  RATE_LIMITED: { status: 429, type: 'RateLimitError' },
  INTERNAL_ERROR: { status: 500, type: 'InternalError' },
}

/** What reads otherwise on the end user's side: there a link out of time is a door that is shut. */
export const PUBLIC_ERROR_MAP: Readonly<Partial<Record<ErrorCode, HttpError>>> = {
  LINK_EXPIRED: permission,
}

export type Surface = 'tenant' | 'public'

export const httpErrorOf = (code: ErrorCode, surface: Surface): HttpError =>
  (surface === 'public' ? PUBLIC_ERROR_MAP[code] : undefined) ?? ERROR_MAP[code]
