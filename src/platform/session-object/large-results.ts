// Check results that would crowd the state get rows of their own. The state row then holds a reference, put back when
// the session is loaded.

import type { SessionState } from '../../domain/session/state.ts'

export const LARGE_RESULT_BYTES = 64 * 1024

type Reference = { $result: string }

const isReference = (value: unknown): value is Reference =>
  typeof value === 'object' && value !== null && '$result' in value && typeof value.$result === 'string'

/** The state as JSON without its large results, and those by key. */
export function splitLargeResults(state: SessionState): { json: string; results: Map<string, string> } {
  const results = new Map<string, string>()
  if (!slotsOf(state).some((slot) => isLarge(slot.result))) return { json: JSON.stringify(state), results }
  const copy = structuredClone(state)
  for (const slot of slotsOf(copy)) {
    if (!isLarge(slot.result)) continue
    results.set(slot.key, JSON.stringify(slot.result))
    slot.replace({ $result: slot.key } satisfies Reference)
  }
  return { json: JSON.stringify(copy), results }
}

export function joinLargeResults(json: string, read: (key: string) => string | null): SessionState {
  const state: SessionState = JSON.parse(json)
  for (const slot of slotsOf(state)) {
    if (!isReference(slot.result)) continue
    const body = read(slot.result.$result)
    if (body === null) throw new Error('a large result has no row')
    slot.replace(JSON.parse(body))
  }
  return state
}

const isLarge = (result: unknown): boolean =>
  typeof result === 'object' && result !== null && JSON.stringify(result).length > LARGE_RESULT_BYTES

type Slot = { key: string; result: unknown; replace: (value: object) => void }

const PROCESSING_SLOTS = [
  'extraction_results',
  'cross_validation',
  'face_match_result',
  'liveness_result',
  'web_validation_results',
] as const

/** Every place of the state that holds a check result. */
function slotsOf(state: SessionState): Slot[] {
  const slots = state.validations.flatMap((validation) => entriesOf(validation.validation_id, validation.results))
  if (state.run !== null) slots.push(...entriesOf(state.run.run_id, state.run.results))
  const processed = state.processing_results
  if (processed !== null) {
    slots.push(...entriesOf('processing', processed, PROCESSING_SLOTS))
    slots.push(...entriesOf('processing', processed.external_validations))
  }
  return slots
}

const entriesOf = (owner: string, holder: object, names?: readonly string[]): Slot[] =>
  Object.entries(holder)
    .filter(([name]) => names === undefined || names.includes(name))
    .map(([name, result]: [string, unknown]) => ({
      key: `${owner}:${name}`,
      result,
      replace: (value) => Object.assign(holder, { [name]: value }),
    }))
