import type { QueueMessage } from './application/ports.ts'
import { handleSchedule } from './cron/handle-schedule.ts'
import { createApp } from './http/app.ts'
import { compose, type Composed } from './platform/compose.ts'
import { handleBatch } from './queue/handle-batch.ts'

export { SessionObject } from './platform/session-object/session-object.ts'

const apps = new WeakMap<Composed, ReturnType<typeof createApp>>()

function appOf(composed: Composed): ReturnType<typeof createApp> {
  const known = apps.get(composed)
  if (known !== undefined) return known
  const app = createApp(composed.deps)
  apps.set(composed, app)
  return app
}

export default {
  fetch: (request, env, ctx) => appOf(compose(env)).fetch(request, env, ctx),
  queue: (batch, env, ctx) => handleBatch(compose(env).deps, batch, (work) => ctx.waitUntil(work)),
  scheduled: (controller, env) => handleSchedule(compose(env).deps, controller.scheduledTime),
} satisfies ExportedHandler<Env, QueueMessage>
