// Every refusal the service can give, as the contract's table names it. What HTTP status a code gets is decided
// in http/error-map.ts, not here.

export const ERROR_CODES = [
  'INVALID_REQUEST',
  'INVALID_JSON',
  'BODY_TOO_LARGE',
  'INVALID_CURSOR',
  'INVALID_STATUS_TRANSITION',
  'SESSION_NOT_COMPLETED',
  'STEP_INCOMPLETE',
  'STEP_LOCKED',
  'FIELD_NOT_OPEN_FOR_CORRECTION',
  'FILE_REJECTED',
  'UPLOAD_INCOMPLETE',
  'LINK_EXPIRED',
  'IDEMPOTENCY_KEY_REUSED',
  'MISSING_TOKEN',
  'INVALID_TOKEN',
  'TOKEN_EXPIRED',
  'MISSING_PERMISSION',
  'LEGAL_HOLD',
  'SESSION_CLOSED',
  'SESSION_NOT_FOUND',
  'WORKFLOW_NOT_FOUND',
  'DOCUMENT_NOT_FOUND',
  'SUBSESSION_NOT_FOUND',
  'STEP_NOT_FOUND',
  'LINK_NOT_FOUND',
  'ROUTE_NOT_FOUND',
  'VERSION_CONFLICT',
  'RATE_LIMITED',
  'INTERNAL_ERROR',
] as const

export type ErrorCode = (typeof ERROR_CODES)[number]

/** One place that is wrong: `path` as in `steps[2].custom_fields[0].type`, `message` says what would be right. */
export type ErrorDetail = { readonly path: string; readonly message: string }

export type DomainError = {
  readonly code: ErrorCode
  readonly message: string
  readonly details?: readonly ErrorDetail[]
  /** Facts for the machine beside the words; only INVALID_STATUS_TRANSITION has them today. */
  readonly transition?: { readonly from: string; readonly to: string; readonly allowed: readonly string[] }
  readonly retryAfterSeconds?: number
  /** How many there may be; only RATE_LIMITED has it. */
  readonly limit?: number
}

export const domainError = (code: ErrorCode, message: string, details?: readonly ErrorDetail[]): DomainError =>
  details === undefined ? { code, message } : { code, message, details }
