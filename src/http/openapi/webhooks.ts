// The events that a tenant is told of, as the document's `webhooks`: one shape for all but the last word on a session.

import { OpenAPIHono, z } from '@hono/zod-openapi'
import { WEBHOOK_TYPES } from '../../domain/webhook/events.ts'
import type { WebhookType } from '../../domain/webhook/events.ts'
import { TEST_TYPE, testEventBody } from '../../domain/webhook/test-event.ts'
import type { OpenEnv } from '../api.ts'
import { Instant } from '../schemas/envelope.ts'
import { EXAMPLE_SESSION_ID, EXAMPLE_WORKFLOW_ID } from '../schemas/ids.ts'
import { Json as AnyJson } from '../schemas/json.ts'
import { ComplianceStatusName, DecisionBody, FinalDecisionName, SessionStatusName } from '../schemas/session.ts'
import type { JsonObject } from './json.ts'
import { asJson, objectAt } from './json.ts'
import { nameSchemas } from './name-schemas.ts'
import { shareParameters } from './share.ts'

const sequence = z.number().int().openapi({ description: 'Counts the events of this session, without a gap' })

const WebhookDataBody = z
  .strictObject({
    session_id: z.string(),
    workflow_id: z.string(),
    workflow_name: z.string(),
    status: SessionStatusName,
    compliance_status: ComplianceStatusName,
    previous_status: SessionStatusName.nullable(),
    custom_tags: z.array(z.string()),
    metadata: z.record(z.string(), AnyJson),
    client_id: z.string().nullable(),
    parent_session_id: z.string().nullable(),
    final_decision: FinalDecisionName.nullable(),
    decision: DecisionBody.nullable(),
    risk_score: z.number().nullable(),
    form_data: z.record(z.string(), AnyJson).openapi({ description: 'By field_key, of the forms that were completed' }),
    sequence,
    occurred_at: Instant,
  })
  .openapi('WebhookData')

const DeletedDataBody = z
  .strictObject({
    session_id: z.string(),
    workflow_id: z.string(),
    parent_session_id: z.string().nullable(),
    custom_tags: z.array(z.string()),
    client_id: z.string().nullable(),
    sequence,
    occurred_at: Instant,
  })
  .openapi('WebhookDeletedData')

const created = z.number().int().openapi({ description: 'Unix seconds', example: 1_795_430_400 })
const EXAMPLE_EVENT_ID = 'evt_01kb2v8x5nf6b8m1q4r7t0w3y6'
const eventId = z.string().openapi({ example: EXAMPLE_EVENT_ID })

/** Both shapes a delivery can have; tests hold the payloads of domain/webhook against them. */
export const WebhookBody = z
  .strictObject({ id: eventId, type: z.enum(WEBHOOK_TYPES), created, data: WebhookDataBody })
  .openapi('WebhookEvent')
export const DeletedWebhookBody = z
  .strictObject({ id: eventId, type: z.literal('kyc.session.deleted'), created, data: DeletedDataBody })
  .openapi('WebhookDeletedEvent')

const TestWebhookBody = z
  .strictObject({
    id: eventId,
    type: z.literal(TEST_TYPE),
    created,
    data: z.strictObject({ message: z.string(), occurred_at: Instant }),
  })
  .openapi('WebhookTestEvent')

type Told = { summary: string; description: string; schema: z.ZodType; example: object }
type Telling = {
  summary: string
  description: string
  at: Pick<z.input<typeof WebhookDataBody>, 'status' | 'compliance_status' | 'previous_status'>
}

const TELLINGS: Readonly<Record<WebhookType, Telling>> = {
  'kyc.session.created': {
    summary: 'A session was created',
    description: 'Sent once, for subsessions too.',
    at: { status: 'draft', compliance_status: 'incomplete', previous_status: null },
  },
  'kyc.session.started': {
    summary: 'The person began',
    description: 'Sent at the first write of the person, not when the link is opened.',
    at: { status: 'active', compliance_status: 'pending', previous_status: 'draft' },
  },
  'kyc.session.completed': {
    summary: 'Every step is done',
    description: 'Sent each time that the last step is done, after corrections again.',
    at: { status: 'completed', compliance_status: 'completed', previous_status: 'active' },
  },
  'kyc.session.processed': {
    summary: 'A run of the checks ended',
    description: 'Sent at the end of each run, with what automation decided.',
    at: { status: 'approved', compliance_status: 'approved', previous_status: 'processing' },
  },
  'kyc.session.approved': {
    summary: 'A reviewer approved',
    description: 'Sent for a decision of a reviewer only; those of automation are in `kyc.session.processed`.',
    at: { status: 'approved', compliance_status: 'approved', previous_status: 'manual_review' },
  },
  'kyc.session.rejected': {
    summary: 'A reviewer rejected',
    description: 'Sent for a decision of a reviewer only; those of automation are in `kyc.session.processed`.',
    at: { status: 'rejected', compliance_status: 'rejected', previous_status: 'manual_review' },
  },
  'kyc.session.manual_review': {
    summary: 'A person has to look',
    description: 'Sent whenever this status is entered, by whom ever.',
    at: { status: 'manual_review', compliance_status: 'manual_review', previous_status: 'processing' },
  },
  'kyc.session.corrections_requested': {
    summary: 'Corrections were asked for',
    description: 'Sent when steps were opened again for the person.',
    at: { status: 'awaiting_client_correction', compliance_status: 'remediation', previous_status: 'manual_review' },
  },
  'kyc.session.corrections_resolved': {
    summary: 'The last correction was closed',
    description: 'Sent when nothing is open any more; `kyc.session.completed` follows if every step is done.',
    at: { status: 'completed', compliance_status: 'completed', previous_status: 'awaiting_client_correction' },
  },
  'kyc.session.reactivated': {
    summary: 'A closed session was opened again',
    description: 'Sent when a rejected, reviewed or expired session goes on.',
    at: { status: 'active', compliance_status: 'pending', previous_status: 'rejected' },
  },
  'kyc.session.link_expired': {
    summary: 'The link ran out',
    description: 'Sent when the time of the link is over, whatever the status.',
    at: { status: 'expired', compliance_status: 'incomplete', previous_status: 'active' },
  },
  'kyc.session.expired': {
    summary: 'The session expired',
    description: 'Sent when an unfinished session ended with its time, or was ended by the tenant.',
    at: { status: 'expired', compliance_status: 'incomplete', previous_status: 'active' },
  },
  'kyc.session.watchlist_hit': {
    summary: 'A list has this name',
    description: 'Sent when a search of the watchlists ended with a hit at or over the threshold.',
    at: { status: 'processing', compliance_status: 'pending', previous_status: 'completed' },
  },
  'kyc.session.deleted': {
    summary: 'A session was erased',
    description: 'The last event of a session: ids, tags and client_id only.',
    at: { status: 'completed', compliance_status: 'completed', previous_status: null },
  },
}

const HEADERS = z.object({
  'X-Webhook-ID': z.string().openapi({ description: 'The id of the event', example: EXAMPLE_EVENT_ID }),
  'X-Webhook-Timestamp': z
    .string()
    .openapi({ description: '`created` of the body, the same in every attempt', example: '1795430400' }),
  'X-Webhook-Signature': z.string().openapi({
    description:
      '`sha256=` and the hex HMAC-SHA256 of `{X-Webhook-Timestamp}.{body}`, keyed with the secret as text. While a rotation overlaps: two, with a comma between',
    example: 'sha256=5a0f3b7e6f7cbb1d0ad4b0ce5a4a8c1e0c4d3f8d2f0b9a7c6e5d4c3b2a190807',
  }),
  'webhook-id': z.string().openapi({ description: 'Standard Webhooks: the id of the event' }),
  'webhook-timestamp': z.string().openapi({ description: 'Standard Webhooks: the time of this attempt' }),
  'webhook-signature': z.string().openapi({
    description:
      'Standard Webhooks: `v1,` and base64 of the HMAC-SHA256 of `{webhook-id}.{webhook-timestamp}.{body}`. While a rotation overlaps: two, with a space between',
  }),
})

function exampleOf(type: WebhookType): object {
  const envelope = { id: EXAMPLE_EVENT_ID, type, created: 1_795_430_400 }
  const ids = {
    session_id: EXAMPLE_SESSION_ID,
    workflow_id: EXAMPLE_WORKFLOW_ID,
    parent_session_id: null,
    custom_tags: ['retail'],
    client_id: 'client-81',
    sequence: 4,
    occurred_at: '2026-11-23T10:40:00.000Z',
  }
  if (type === 'kyc.session.deleted') return { ...envelope, data: ids }
  const { status } = TELLINGS[type].at
  return {
    ...envelope,
    data: {
      ...ids,
      ...TELLINGS[type].at,
      workflow_name: 'Basic KYC',
      metadata: { user_email: 'anna@example.com' },
      final_decision: status === 'approved' || status === 'rejected' || status === 'manual_review' ? status : null,
      decision: null,
      risk_score: null,
      form_data: { full_name: 'Anna Maria Eriksson' },
    },
  }
}

/** `webhooks` of the document, and what they refer to. */
export function webhookPart(): { webhooks: JsonObject; schemas: JsonObject; parameters: JsonObject } {
  const hooks = new OpenAPIHono<OpenEnv>()
  nameSchemas(hooks)
  // As paths: the generator reads webhooks before it reads the names of schemas.
  const tell = (type: string, { summary, description, schema, example }: Told): void =>
    hooks.openAPIRegistry.registerPath({
      operationId: `on_${type.replaceAll('.', '_')}`,
      method: 'post',
      path: `/${type}`,
      tags: ['Webhooks'],
      summary,
      description,
      security: [],
      request: {
        headers: HEADERS,
        body: { required: true, content: { 'application/json': { schema, example } } },
      },
      responses: {
        '2XX': { description: 'Any 2xx within ten seconds acknowledges the event.' },
        '4XX': {
          description:
            'Not acknowledged: sent again with growing delay, for 72 hours. After 410 nothing more is sent until the URL is set again.',
        },
        '5XX': { description: 'Not acknowledged: sent again with growing delay, for 72 hours.' },
      },
    })
  for (const type of WEBHOOK_TYPES) {
    const schema = type === 'kyc.session.deleted' ? DeletedWebhookBody : WebhookBody
    const { summary, description } = TELLINGS[type]
    tell(type, { summary, description, schema, example: exampleOf(type) })
  }
  tell(TEST_TYPE, {
    summary: 'A test',
    description: 'Sent by `POST /kyc/webhooks/test`, once; of no session, and in no list.',
    schema: TestWebhookBody,
    example: JSON.parse(testEventBody({ eventId: EXAMPLE_EVENT_ID, at: 1_795_430_400_000 })),
  })
  const part = asJson(hooks.getOpenAPI31Document({ openapi: '3.1.0', info: { title: 'webhooks', version: '1' } }))
  const webhooks: JsonObject = Object.fromEntries(
    Object.entries(objectAt(part, 'paths')).map(([path, item]) => [path.slice(1), item]),
  )
  const parameters = shareParameters(Object.keys(webhooks).map((type) => objectAt(objectAt(webhooks, type), 'post')))
  return { webhooks, schemas: objectAt(objectAt(part, 'components'), 'schemas'), parameters }
}
