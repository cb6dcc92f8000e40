// An endpoint of a tenant put straight into D1, and a receiver that no packet reaches: what is sent to it is kept, and what it says
// is said by the test.

import { webhookSecretOf } from '../../src/application/channels/channel-secrets.ts'
import type { TenantScope } from '../../src/application/actor.ts'
import type { OutboundHttp, OutboundOutcome, OutboundRequest } from '../../src/application/ports.ts'
import { ok } from '../../src/domain/result.ts'
import { composed } from './world.ts'

/** Of the addresses for documentation: the guard refuses it before anything is looked up or called. */
export const URL_OF_TESTS = 'https://192.0.2.1/hooks'

export async function setEndpoint(scope: TenantScope, url: string | null = URL_OF_TESTS): Promise<string> {
  const { deps } = composed()
  const before = await deps.channels.find(scope)
  const secret = deps.webhookSigner.newSecret()
  const saved = await deps.channels.save(
    scope,
    {
      ...before,
      webhook_url: url,
      gone_at: null,
      secret: await deps.secretBox.seal(webhookSecretOf(scope), secret),
      secret_hint: secret.slice(-4),
      version: before.version + 1,
    },
    0,
  )
  if (!saved) throw new Error('the endpoint was changed meanwhile')
  return secret
}

export type FakeReceiver = OutboundHttp & { requests: OutboundRequest[]; sequences(): number[] }

export const answered = (status: number): OutboundOutcome => ({
  outcome: 'answered',
  status,
  headers: {},
  body: new Uint8Array(),
  is_cut: false,
  urls: [URL_OF_TESTS],
})

export function fakeReceiver(
  say: (request: OutboundRequest, count: number) => OutboundOutcome | Promise<OutboundOutcome>,
): FakeReceiver {
  const requests: OutboundRequest[] = []
  return {
    requests,
    sequences: () => requests.map(sequenceOf),
    check: async () => ok(null),
    async send(request) {
      requests.push(request)
      return say(request, requests.length)
    },
    open: () => {
      throw new Error('nothing large was to be asked for')
    },
  }
}

export function sequenceOf({ body }: OutboundRequest): number {
  const event: { data?: { sequence?: number } } = JSON.parse(new TextDecoder().decode(body ?? new Uint8Array()))
  return event.data?.sequence ?? 0
}
