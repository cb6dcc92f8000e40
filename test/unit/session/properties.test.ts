import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { requestedChecks } from '../../../src/domain/decision/requested-checks.ts'
import { isCurrent } from '../../../src/domain/document/document.ts'
import { ERROR_CODES } from '../../../src/domain/errors.ts'
import { isExpiryDue, nextDeadline } from '../../../src/domain/session/deadlines.ts'
import { evolve } from '../../../src/domain/session/evolve.ts'
import type { RecordedEvent } from '../../../src/domain/session/events.ts'
import { publicView } from '../../../src/domain/session/public-view.ts'
import type { SessionState } from '../../../src/domain/session/state.ts'
import { findTransition } from '../../../src/domain/session/transitions.ts'
import type { WorkflowDefinition } from '../../../src/domain/workflow/definition.ts'
import { PlayedSession, completedRich } from '../../support/fixtures/session.ts'
import type { Move } from '../../support/fixtures/random-life.ts'
import { commandOf, moves, workflows } from '../../support/fixtures/random-life.ts'

/** More by hand: `LIVES=20000 SEED=7 vitest run …`. */
const RUNS = Number(process.env['LIVES'] ?? 300)
vi.setConfig({ testTimeout: 60_000 })

const COMMANDS_AT_LEAST = 100_000
let commandsGiven = 0
const SEED = Number(process.env['SEED'] ?? 20_261_123)

/** Random moves seldom get through six steps: where the first one says so, the flow is played to its end before them. */
function begun(workflow: WorkflowDefinition, life: Move[]): PlayedSession {
  const playsFlow = (life[0]?.a ?? 0) % 2 === 0
  return playsFlow && workflow.steps.length === 6 ? completedRich(workflow) : new PlayedSession(workflow)
}

function play(
  workflow: WorkflowDefinition,
  life: Move[],
  afterEach: (
    session: PlayedSession,
    result: ReturnType<PlayedSession['try']>,
    before: SessionState,
  ) => void = () => {},
): PlayedSession {
  const session = begun(workflow, life)
  for (const move of life) {
    const command = commandOf(session, move)
    // What is due happens first, as in the object; what is asserted is the command's own effect.
    if (isExpiryDue(session.state, session.now)) session.do({ type: 'expire' })
    const before = session.state
    const result = session.try(command)
    commandsGiven += 1
    afterEach(session, result, before)
  }
  return session
}

/** Each property has lives of its own. */
let properties = 0
const holds = (check: (workflow: WorkflowDefinition, life: Move[]) => void) => {
  properties += 1
  fc.assert(fc.property(workflows, moves(90), check), { numRuns: RUNS, seed: SEED + properties })
}

/** The trail with the state before and after each event. */
function steps(
  trail: readonly RecordedEvent[],
): { recorded: RecordedEvent; before: SessionState | null; after: SessionState }[] {
  let before: SessionState | null = null
  return trail.map((recorded) => {
    const step = { recorded, before, after: evolve(before, recorded) }
    before = step.after
    return step
  })
}

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value)
    Object.values(value).forEach(deepFreeze)
  }
  return value
}

describe('in every life of a session', () => {
  it('no path leaves the table', () => {
    const seen = new Set<string>()
    holds((workflow, life) => {
      for (const { recorded, before, after } of steps(play(workflow, life).trail)) {
        const { event } = recorded
        if (event.type !== 'status_changed') {
          if (before !== null) expect(after.status).toBe(before.status)
          continue
        }
        expect(before?.status).toBe(event.from)
        expect(after.status).toBe(event.to)
        expect(findTransition(event.from, event.to, event.by)).not.toBeNull()
        seen.add(`${event.from}>${event.to}`)
      }
    })
    // The lives are worth something only if they get around.
    expect(seen.size).toBeGreaterThan(25)
  })

  it('replaying the trail gives the state, also after a trip through storage', () => {
    holds((workflow, life) => {
      const session = play(workflow, life)
      const stored: RecordedEvent[] = JSON.parse(JSON.stringify(session.trail))
      const replayed = stored.reduce<SessionState | null>(evolve, null)
      expect(replayed).toStrictEqual(session.state)
      expect(session.state.version).toBe(session.trail.length)
      expect(session.trail.map((one) => one.sequence)).toEqual(session.trail.map((_, index) => index + 1))
    })
  })

  it('a step is never complete with a required thing missing', () => {
    holds((workflow, life) => {
      const session = play(workflow, life)
      for (const { recorded, after } of steps(session.trail)) {
        if (recorded.event.type === 'step_completed') expectComplete(workflow, after, recorded.event.step_id)
        if (recorded.event.type === 'status_changed' && recorded.event.to === 'completed') {
          expect(after.steps.every((step) => step.status === 'completed' || step.status === 'skipped')).toBe(true)
        }
      }
      // Not by the way of a cancelled correction or a removed document either.
      for (const step of session.state.steps.filter(
        (one) => one.status === 'completed' && one.type !== 'subsession_collection',
      )) {
        expectComplete(workflow, session.state, step.step_id)
      }
    })
  })

  it('a check that could not run never leads to approved by automation', () => {
    let approvals = 0
    holds((workflow, life) => {
      for (const { recorded, before, after } of steps(play(workflow, life).trail)) {
        const { event } = recorded
        if (event.type !== 'status_changed' || event.by !== 'decision' || event.to !== 'approved') continue
        approvals += 1
        const results = before?.run?.results ?? {}
        for (const check of requestedChecks(workflow)) expect(results[check]?.state).toBe('ok')
        expect(after.decision?.by).toBe('automation')
      }
    })
    expect(approvals).toBeGreaterThan(0)
  })

  it('a refusal changes nothing, and no decision touches the state it was given', () => {
    let refusals = 0
    holds((workflow, life) => {
      play(workflow, life, (session, { ok }, before) => {
        if (!ok) {
          refusals += 1
          expect(session.state).toBe(before)
        }
        deepFreeze(session.state)
      })
    })
    expect(refusals).toBeGreaterThan(0)
  })

  it('webhook events are numbered without a gap', () => {
    holds((workflow, life) => {
      const session = play(workflow, life)
      expect(session.webhooks.map((one) => one.sequence)).toEqual(session.webhooks.map((_, index) => index + 1))
      expect(session.state.webhook_sequence).toBe(session.webhooks.length)
    })
  })

  it('open corrections exist exactly while the person has something to correct', () => {
    holds((workflow, life) => {
      play(workflow, life, ({ state }) => {
        const status = state.status === 'expired' ? state.status_before_expiry : state.status
        const open = state.corrections.filter((item) => item.status === 'open').map((item) => item.step_id)
        const marked = state.steps.filter((step) => step.status === 'needs_correction').map((step) => step.step_id)
        expect([...new Set(open)].toSorted()).toEqual(marked.toSorted())
        expect(open.length > 0).toBe(status === 'awaiting_client_correction')
      })
    })
  })

  it('a run is open exactly while the session is processing, and the alarm knows its end', () => {
    holds((workflow, life) => {
      play(workflow, life, ({ state }) => {
        const isOpen = state.run !== null && state.run.closed_at === null
        expect(isOpen).toBe(state.status === 'processing')
        if (isOpen) expect(nextDeadline(state)).toBeLessThanOrEqual(state.run?.deadline_at ?? 0)
      })
    })
  })

  it("an active session is never stuck: its current step is the person's, or its checks run", () => {
    holds((workflow, life) => {
      play(workflow, life, ({ state }) => {
        if (state.status !== 'active') return
        const step = state.steps.find((one) => one.status !== 'completed' && one.status !== 'skipped')
        expect(step).toBeDefined()
        if (step?.type !== 'validation') return
        expect(state.validations.some((one) => one.status === 'running' && one.step_id === step.step_id)).toBe(true)
      })
    })
  })

  it('the end user never sees a later status, a decision or a hash', () => {
    holds((workflow, life) => {
      const session = play(workflow, life)
      const view = publicView(session.state, workflow, session.now)
      // A refused file is the person's to know.
      const steps = view.steps_data.map((step) => ({
        ...step,
        documents: step.documents.map((one) => ({ ...one, status: '' })),
      }))
      const text = JSON.stringify({ ...view, steps_data: steps })
      expect(text).not.toMatch(/"(approved|rejected|manual_review|processed|processing|expired)"/)
      expect(text).not.toMatch(/risk|decision|sha256|tenant|reviewer/)
    })
  })
})

describe('a command', () => {
  it('is taken or refused with a code and words, and never throws', () => {
    const codes = new Set<string>()
    holds((workflow, life) => {
      play(workflow, life, (_session, result) => {
        if (result.ok) return
        codes.add(result.error.code)
        expect(ERROR_CODES).toContain(result.error.code)
        expect(result.error.code).not.toBe('INTERNAL_ERROR')
        expect(result.error.message.length).toBeGreaterThan(10)
      })
    })
    expect(codes.size).toBeGreaterThan(8)
  })

  it('was given often enough for all of this to mean something', () => {
    expect(commandsGiven).toBeGreaterThan((COMMANDS_AT_LEAST * RUNS) / 300)
  })
})

/** Written apart from the code it judges. */
function expectComplete(workflow: WorkflowDefinition, state: SessionState, stepId: string): void {
  const definition = workflow.steps.find((step) => step.step_id === stepId)
  const step = state.steps.find((one) => one.step_id === stepId)
  const current = state.documents.filter((document) => document.step_id === stepId && isCurrent(document))
  switch (definition?.type) {
    case 'form_fill': {
      const data = step?.form_data ?? {}
      const owed = definition.custom_fields.filter(
        (field) => field.required && (field.conditional_logic === undefined || data['is_pep'] === true),
      )
      expect(owed.filter((field) => (data[field.field_id] ?? null) === null).map((field) => field.field_id)).toEqual([])
      if (data['is_pep'] !== true) expect(data).not.toHaveProperty('pep_role')
      break
    }
    case 'document_upload': {
      const sides = current.filter((document) => document.document_type === 'id').map((document) => document.side)
      const hasPassport = current.some((document) => document.document_type === 'passport')
      expect(hasPassport || (sides.includes('front') && sides.includes('back'))).toBe(true)
      break
    }
    case 'selfie':
      expect(current.length).toBe(1)
      break
    case 'liveness':
      expect(step?.liveness?.result ?? null).not.toBeNull()
      break
    case 'subsession_collection':
      expect(state.subsessions.some((child) => child.step_id === stepId)).toBe(true)
      break
    default:
      expect(state.validations.some((one) => one.step_id === stepId && one.status === 'completed')).toBe(true)
  }
}
