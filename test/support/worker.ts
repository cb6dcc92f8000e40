// The Worker that the tests in workerd run: the real one behind counting bindings, and the objects that only tests bind.

import type { QueueMessage } from '../../src/application/ports.ts'
import worker, { SessionObject as RealSessionObject } from '../../src/worker.ts'
import { instrument } from './instrument.ts'

export {
  IttyCounter,
  IttyHydratingCounter,
  IttyPresence,
  NativeCounter,
} from '../worker/itty-durable/counter-object.ts'

export class SessionObject extends RealSessionObject {
  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, instrument(env, 'object'))
  }
}

export default {
  fetch: (request, env, ctx) => worker.fetch(request, instrument(env, 'worker'), ctx),
  queue: (batch, env, ctx) => worker.queue(batch, instrument(env, 'worker'), ctx),
  scheduled: (controller, env) => worker.scheduled(controller, instrument(env, 'worker')),
} satisfies ExportedHandler<Env, QueueMessage>
