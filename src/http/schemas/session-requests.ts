import { z } from '@hono/zod-openapi'
import { SESSION_STATUSES } from '../../domain/session/status.ts'
import { WorkflowId } from './ids.ts'
import { JsonObject } from './json.ts'
import { Language } from './language.ts'
import { ProcessingResultsBody, SessionStatusName } from './session.ts'
import { TtlDays } from './workflow.ts'

const ClientId = z.string().min(1).max(200)
/** Holds metadata of at most 16 KiB; the use case measures it. */
export const Metadata = JsonObject.openapi({
  description:
    'Your own data about the session, at most 16 KiB of JSON. `user_name` and `user_email` can be searched for',
})

export const CreateSessionInput = z
  .strictObject({
    workflow_id: WorkflowId,
    ttl_days: TtlDays.optional(),
    metadata: Metadata.optional(),
    client_id: ClientId.nullish(),
    language: Language.nullish(),
    redirect_url: z.string().max(2_048).nullish().openapi({
      description:
        "Where the page sends the person at the end. https, and within the tenant's `allowed_redirects` where there are any",
    }),
  })
  .openapi('CreateSession')

export const UpdateSessionInput = z
  .strictObject({
    status: z.enum(SESSION_STATUSES).optional().openapi({
      description:
        'The status to move to: `approved`, `rejected`, `manual_review`, `active` (go on) or `expired` (end it). The present status again changes nothing; for the other words the refusal names the route that leads there',
    }),
    reason: z.string().trim().min(1).max(1_000).optional(),
    notes: z.string().trim().min(1).max(10_000).optional(),
    ttl_days: TtlDays.optional(),
    metadata: Metadata.optional().openapi({
      description:
        'Members to change: each replaces the one of its name, null removes it, the others stay. At most 16 KiB together. `relationship_ended_on` (YYYY-MM-DD) starts the retention time of an approved session',
    }),
    client_id: ClientId.nullish(),
    on_behalf_of: z.string().trim().min(1).max(200).optional(),
  })
  .openapi('UpdateSession')

export const ProcessSessionInput = z
  .strictObject({
    wait_seconds: z.number().int().min(0).max(25).optional(),
    rerun: z.boolean().optional(),
  })
  .openapi('ProcessSession')

export const ProcessedSessionBody = z
  .strictObject({
    session_id: z.string(),
    status: SessionStatusName,
    processing_results: ProcessingResultsBody.nullable(),
  })
  .openapi('ProcessedSession')
export type ProcessedSessionBody = z.infer<typeof ProcessedSessionBody>

export const ErasedSessionBody = z
  .strictObject({
    session_id: z.string(),
    deleted: z.literal(true),
    documents_deleted: z.number().int(),
    subsessions_deleted: z.number().int(),
  })
  .openapi('ErasedSession')

/** Null when the caller did not ask. A version is sent as the ETag has it: `"12"`. */
export const IfMatchHeader = z.object({
  'If-Match': z
    .string()
    .regex(/^"[1-9][0-9]{0,14}"$/, 'must be one ETag of the session as it was given, for example "12" with its quotes')
    .transform((etag) => Number(etag.slice(1, -1)))
    .optional()
    .openapi({
      type: 'string',
      description:
        'The `ETag` that came with the session when you read it. If the session has changed since, the call is refused with 412 and changes nothing. Left out: no such check',
      example: '"12"',
    }),
})
