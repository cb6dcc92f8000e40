import { expect, test } from 'vitest'
import { keepReading } from '../../../src/application/end-user/keep-reading.ts'
import type { CheckEngines, SessionSnapshot } from '../../../src/application/ports.ts'
import { completedSimple } from '../../support/fixtures/session.ts'
import { simpleWorkflow } from '../../support/fixtures/workflow.ts'
import { unaskedDeps } from '../../support/unasked-deps.ts'

test('an engine that breaks down is a check that says so: nothing is kept, and its message is not logged', async () => {
  const { state, workflow } = completedSimple(simpleWorkflow())
  const lines: unknown[] = []
  const note = (...line: unknown[]) => void lines.push(line)
  const extraction = () => Promise.reject(new RangeError('Eriksson'))
  const deps = unaskedDeps({
    clock: { now: () => 1, system: () => 1 },
    log: { info: note, warn: note, error: note },
    engines: { extraction } as Partial<CheckEngines> as CheckEngines,
  })
  const link = { session_id: state.session_id, generation: 1, nonce_hash: 'h', placement: 0 }
  const snapshot = { state, workflow } as Partial<SessionSnapshot> as SessionSnapshot
  const read = await keepReading(deps, { link, requestId: 'r' }, snapshot, 'doc_1')
  expect(read).toMatchObject({ ok: true, value: { extraction: null, check: { state: 'error' } } })
  expect(lines).toEqual([['document.not_read', { session_id: state.session_id, error_name: 'RangeError' }]])
})
