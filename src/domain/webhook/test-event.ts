// The event of `POST /kyc/webhooks/test`: signed and sent as any other, of no session, and kept nowhere.

import { isoInstant, SECOND_MS, type EpochMs } from '../time.ts'

export const TEST_TYPE = 'kyc.webhook.test'

export function testEventBody(input: { eventId: string; at: EpochMs }): string {
  const { eventId, at } = input
  const data = { message: 'This is a test: nothing happened.', occurred_at: isoInstant(at) }
  return JSON.stringify({ id: eventId, type: TEST_TYPE, created: Math.floor(at / SECOND_MS), data })
}
