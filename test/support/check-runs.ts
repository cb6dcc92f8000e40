// A session whose run has two jobs of the light queue: the crypto check, which has an engine, and adverse media, which has none.

import type { CheckJob } from '../../src/application/ports.ts'
import type { SessionState } from '../../src/domain/session/state.ts'
import { formField, simpleWorkflow, validationConfig, workflowOf } from './fixtures/workflow.ts'
import { asEndUser, eventually, newSession, objectOf, type World } from './world.ts'

export const WALLET = { network: 'eth', address: '0x52908400098527886E0F7030069857D2E4169EE7' }

export const cryptoWorkflow = () => {
  const [step] = simpleWorkflow().steps
  if (step?.type !== 'form_fill') throw new Error('fixture')
  const custom_fields = [...step.custom_fields, formField('wallet', 'wallet')]
  return workflowOf([{ ...step, custom_fields }], {
    validation_config: validationConfig({ run_crypto: true, run_adverse_media: true }),
  })
}

/** Every step is done; nothing is processed yet. */
export async function completedSession(world: World, wallet = WALLET): Promise<string> {
  const session = await newSession(world)
  const form_data = { full_name: 'Anna Eriksson', wallet }
  const done = await asEndUser(session, { type: 'complete_step', step_id: 'person', form_data })
  if (!done.ok) throw new Error(done.error.message)
  return session.state.session_id
}

export async function stateOf(sessionId: string): Promise<SessionState> {
  const seen = await objectOf(sessionId).read({ by: 'system' })
  if (seen === 'not_hydrated' || !seen.ok) throw new Error('no state')
  return seen.value.state
}

export const decided = (sessionId: string): Promise<SessionState> =>
  eventually(async () => {
    const state = await stateOf(sessionId)
    return state.processing_results !== null && state.status !== 'processing' && state
  }, 'the run is decided')

/** The messages of the run that is open, as the queue hands them over. */
export async function jobsOf(sessionId: string): Promise<CheckJob[]> {
  const { run } = await stateOf(sessionId)
  if (run === null) throw new Error('no run')
  return run.jobs.map(({ job_id, check }) => ({ session_id: sessionId, owner_id: run.run_id, job_id, check }))
}

export type Fate = 'acked' | 'retried'
/** A batch of these jobs; what becomes of each message is in `fates`, in their order, null while it is open. */
export function batchOf(queue: string, jobs: readonly CheckJob[], attempts = 1) {
  const fates: (Fate | null)[] = jobs.map(() => null)
  const messages = jobs.map((body, index): Message<CheckJob> => ({
    id: body.job_id,
    timestamp: new Date(),
    attempts,
    body,
    ack: () => void (fates[index] = 'acked'),
    retry: () => void (fates[index] = 'retried'),
  }))
  const batch: MessageBatch<CheckJob> = {
    queue,
    messages,
    metadata: { metrics: { backlogCount: 0, backlogBytes: 0 } },
    ackAll: () => undefined,
    retryAll: () => undefined,
  }
  return { batch, fates }
}
