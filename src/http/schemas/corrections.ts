import { z } from '@hono/zod-openapi'
import { EXAMPLE_SESSION } from './examples.ts'
import { StepId } from './ids.ts'
import type { SessionBody } from './session.ts'
import { TtlDays } from './workflow.ts'

const MAX_ITEMS = 50
const MAX_NAMES = 100
const Names = z.array(z.string().min(1).max(200)).max(MAX_NAMES)

export const RequestCorrectionsInput = z
  .strictObject({
    corrections: z
      .array(
        z.strictObject({
          step_id: StepId,
          field_ids: Names.optional().openapi({
            description:
              'The fields to correct, by `field_id` or `field_key`. Left out, with no `document_types` either: the whole step',
          }),
          document_types: Names.optional(),
          message: z
            .string()
            .trim()
            .min(1)
            .max(1_000)
            .openapi({ description: 'What the person is told to correct, and why' }),
        }),
      )
      .min(1)
      .max(MAX_ITEMS),
    note: z
      .string()
      .trim()
      .min(1)
      .max(1_000)
      .optional()
      .openapi({ description: 'Your own remark. The person never sees it' }),
    ttl_days: TtlDays.optional().openapi({
      description:
        'More time for the link, in days from the later of now and the present expiry. Needed when the link has run out',
    }),
  })
  .openapi('RequestCorrections')

const MESSAGE = 'The name on the document reads otherwise: please correct it.'

/** The session of the examples, sent back to the person. */
export const EXAMPLE_IN_CORRECTION: SessionBody = {
  ...EXAMPLE_SESSION,
  status: 'awaiting_client_correction',
  compliance_status: 'remediation',
  open_corrections: 1,
  steps_data: EXAMPLE_SESSION.steps_data.map((step, index) =>
    index === 0 ? { ...step, status: 'needs_correction' } : step,
  ),
  corrections: [
    {
      correction_id: 'cor_01kb2v8x5nf6b8m1q4r7t0w3y6',
      round: 1,
      step_id: 'your_details',
      field_ids: ['full_name'],
      document_types: [],
      message: MESSAGE,
      note: null,
      status: 'open',
      requested_at: '2026-11-23T11:00:00.000Z',
      requested_by: { type: 'user', id: 'reviewer-7', name: null },
      resolved_at: null,
      changes: [],
    },
  ],
}

export const EXAMPLE_CORRECTIONS = {
  corrections: [{ step_id: 'your_details', field_ids: ['full_name'], message: MESSAGE }],
}
