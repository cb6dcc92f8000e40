import type { ErrorCode } from '../../domain/errors.ts'
import type { Surface } from '../error-map.ts'
import { httpErrorOf } from '../error-map.ts'
import type { ErrorBody } from './errors.ts'

type Words = Pick<ErrorBody['error'], 'message' | 'details' | 'retry_after'> & {
  /** When it is given; docs/errors.md says it in the same words. */
  when: string
}

const WORDS: Readonly<Record<ErrorCode, Words>> = {
  INVALID_REQUEST: {
    when: 'a field, a query parameter or a header is wrong, missing or unknown; `details` names it',
    message: 'The request is not valid. ttl_days: must be a whole number from 1 to 365.',
    details: [{ path: 'ttl_days', message: 'must be a whole number from 1 to 365' }],
  },
  INVALID_JSON: {
    when: 'the body is no JSON, or the content type is missing or not `application/json`',
    message: 'The body must be JSON, sent as application/json.',
  },
  BODY_TOO_LARGE: {
    when: "the body is over the route's limit (256 KiB of JSON)",
    message: 'The body must be at most 262144 bytes.',
  },
  INVALID_CURSOR: {
    when: 'the cursor is damaged, or was made for other filters or another sort',
    message: 'This cursor belongs to other filters or another sort: begin again without it.',
  },
  INVALID_STATUS_TRANSITION: {
    when: "the session's status does not allow this; `details` holds from, to and what is allowed",
    message: 'A session that is draft cannot become approved this way; from here it may become: expired, rejected.',
    details: [
      {
        path: 'status',
        message: 'A session that is draft cannot become approved this way; from here it may become: expired, rejected.',
        from: 'draft',
        to: 'approved',
        allowed: ['expired', 'rejected'],
      },
    ],
  },
  SESSION_NOT_COMPLETED: {
    when: '`process` before every step is done',
    message: 'The session is active; it can be processed once every step of it is done.',
  },
  STEP_INCOMPLETE: {
    when: 'a required field or document is missing; `details` names each',
    message: 'The step is not complete.',
    details: [{ path: 'documents.id.back', message: 'Please upload the back of Identity document.' }],
  },
  STEP_LOCKED: {
    when: 'an earlier required step is not done',
    message: 'Complete the steps before this one first.',
  },
  FIELD_NOT_OPEN_FOR_CORRECTION: {
    when: 'in a correction, something that was not asked for was changed',
    message: 'Only what was asked to be corrected may be changed; see details.',
    details: [{ path: 'form_data.date_of_birth', message: 'is not open for correction' }],
  },
  FILE_REJECTED: {
    when: 'the uploaded bytes are not what was announced: type by content, size or hash',
    message: 'The file is not the image/jpeg that was announced.',
  },
  UPLOAD_INCOMPLETE: {
    when: 'the document was announced, but its bytes are not there',
    message: 'The file is not there yet. PUT it to upload_url first, then confirm.',
  },
  LINK_EXPIRED: {
    when: "the link's time has run out",
    message: 'This link has run out. Ask the company that sent it for a new one.',
  },
  IDEMPOTENCY_KEY_REUSED: {
    when: 'the key was used for another request within 24 hours',
    message: 'This Idempotency-Key was used for another request: use a new key for a new request.',
  },
  MISSING_TOKEN: {
    when: 'no `Authorization: Bearer`',
    message: 'Send an API key or a JWT in the header `Authorization: Bearer <token>`.',
  },
  INVALID_TOKEN: {
    when: 'the key or the token is unknown, revoked or not valid here',
    message: 'The token is not valid here: use an API key of this service, or a JWT it accepts.',
  },
  TOKEN_EXPIRED: { when: "the JWT's time has run out", message: 'The token has expired: get a new one.' },
  MISSING_PERMISSION: {
    when: 'the credential may not do this; the message names the permission',
    message: 'This credential lacks kyc:read: use one that holds kyc:read.',
  },
  LEGAL_HOLD: {
    when: 'the session, or one of its family, must not be deleted now',
    message: 'A legal hold keeps this session: lift the hold first.',
  },
  SESSION_CLOSED: {
    when: 'the end user writes to a session that takes nothing more',
    message: 'Everything was handed in; nothing can be changed unless corrections are asked for.',
  },
  SESSION_NOT_FOUND: {
    when: 'no such session for this credential',
    message: 'There is no session with this id in your tenant.',
  },
  WORKFLOW_NOT_FOUND: {
    when: 'no such workflow for this credential, or it was deleted',
    message: 'There is no workflow with this id in your tenant.',
  },
  DOCUMENT_NOT_FOUND: {
    when: 'no such document in this session, or its bytes were erased',
    message: 'There is no document with this id in this session.',
  },
  SUBSESSION_NOT_FOUND: {
    when: 'no such child of this session',
    message: 'There is no subsession with this id in this session.',
  },
  STEP_NOT_FOUND: { when: 'the workflow has no such step', message: 'This session has no step with this id.' },
  LINK_NOT_FOUND: {
    when: 'the access token was never issued, was replaced, or its session is gone',
    message: 'This link is not valid: ask whoever sent it for a new one.',
  },
  ROUTE_NOT_FOUND: {
    when: 'no such path, or not with this method; or it ends in the id of an API key or a delivery that is not there',
    message: 'There is no such route: look at the path and the method.',
  },
  VERSION_CONFLICT: {
    when: '`If-Match` names another version than the present one',
    message: 'The session is at another version by now: read it again and decide anew.',
  },
  RATE_LIMITED: {
    when: 'too many calls by token, link or address, or too many attempts with one link ([limits](limits.md)); `retry_after` and `Retry-After` say how long',
    message: 'Too many requests: wait as long as Retry-After says.',
    retry_after: 12,
  },
  INTERNAL_ERROR: {
    when: 'our fault; nothing of the cause is shown',
    message: 'Something went wrong on our side. Try again; if it stays, tell us the request id.',
  },
}

export type ErrorExample = { summary: string; value: ErrorBody }

export function errorExample(code: ErrorCode, surface: Surface): ErrorExample {
  const { when, ...words } = WORDS[code]
  const { type } = httpErrorOf(code, surface)
  return {
    summary: when,
    value: { status: 'error', error: { type, code, ...words }, meta: { request_id: 'req_01kb2v8x5nf6b8m1q4r7t0w3y6' } },
  }
}
