import { PENDING_UPLOAD_MS } from '../../domain/document/document.ts'
import { MINUTE_MS } from '../../domain/time.ts'
import { SYSTEM_ACTOR } from '../actor.ts'
import type { Deps, ErasurePhase, Tombstone } from '../ports.ts'

export type ErasureDeps = Pick<
  Deps,
  'erasures' | 'tombstoneCopies' | 'sessionObjects' | 'documents' | 'clock' | 'ids' | 'log'
>

const RESUME_BATCH = 100
/** Cron leaves a phase that began just now to the request that began it. */
export const RESUME_AFTER_MS = MINUTE_MS
/** A hundred deletions that fail must not keep the next hundred waiting. */
const TRY_AGAIN_MS = 5 * MINUTE_MS
/** An upload URL signed before the deletion may still put bytes until it runs out. */
const LATE_FILES_AFTER_MS = PENDING_UPLOAD_MS + MINUTE_MS

type Phase = Exclude<ErasurePhase, 'done'>
type Step = { run: (deps: ErasureDeps, sessionId: string) => Promise<unknown>; next: ErasurePhase }

/** Each step can be repeated: it finds less to do, never something to undo. */
const STEPS: Record<Phase, Step> = {
  copy: { run: copyTombstone, next: 'objects' },
  objects: { run: eraseObject, next: 'files' },
  files: { run: ({ documents }, id) => documents.eraseSession(id), next: 'rows' },
  rows: { run: forgetAndEraseRows, next: 'late_files' },
  late_files: { run: ({ documents }, id) => documents.eraseSession(id), next: 'done' },
}

/** Before anything is erased: no D1 of an earlier day may bring back what is gone. */
async function copyTombstone({ erasures, tombstoneCopies }: ErasureDeps, sessionId: string): Promise<void> {
  const tombstone = await erasures.tombstone(sessionId)
  if (tombstone === null) throw new Error('erasure: there is no tombstone')
  await tombstoneCopies.put(tombstone)
}

/** What stays of the trail is its head: the object's own, which D1's copy may lag behind. */
async function eraseObject(deps: ErasureDeps, sessionId: string): Promise<void> {
  const head = await deps.sessionObjects.erase(sessionId)
  if (head !== null) await deps.erasures.keepHead(sessionId, head)
}

/** The rows say who the parent is, so they go last: until the parent was told, the phase is tried again. */
async function forgetAndEraseRows(deps: ErasureDeps, sessionId: string): Promise<void> {
  const parentId = await deps.erasures.parentOf(sessionId)
  if (parentId !== null) {
    // A refusal means that the parent has forgotten it already, or is gone itself.
    await deps.sessionObjects.execute(parentId, {
      grant: { by: 'system' },
      command: { type: 'remove_subsession', session_id: sessionId },
      actor: SYSTEM_ACTOR,
      request_id: null,
      id: deps.ids.short(),
      expected_version: null,
      awaits_projection: true,
    })
  }
  await deps.erasures.eraseRows(sessionId)
}

/** Takes one session through the phases that are due now. */
export async function continueErasure(
  deps: ErasureDeps,
  tombstone: Pick<Tombstone, 'session_id' | 'phase' | 'erased_at'>,
): Promise<void> {
  let { phase } = tombstone
  const { session_id, erased_at } = tombstone
  while (phase !== 'done') {
    const lateFilesAt = erased_at + LATE_FILES_AFTER_MS
    if (phase === 'late_files' && deps.clock.system() < lateFilesAt) return
    const step: Step = STEPS[phase]
    await step.run(deps, session_id)
    phase = step.next
    const resumeAt = phase === 'late_files' ? lateFilesAt : deps.clock.system() + RESUME_AFTER_MS
    await deps.erasures.advance(session_id, phase, resumeAt)
  }
}

/** Cron: takes up every deletion that stopped between two phases. */
export async function resumeErasures(deps: ErasureDeps): Promise<void> {
  for (const tombstone of await deps.erasures.pending(deps.clock.system(), RESUME_BATCH)) {
    try {
      await continueErasure(deps, tombstone)
    } catch (cause) {
      const error_name = cause instanceof Error ? cause.name : typeof cause
      deps.log.error('erasure.phase_failed', { session_id: tombstone.session_id, phase: tombstone.phase, error_name })
      await deps.erasures.postpone(tombstone.session_id, deps.clock.system() + TRY_AGAIN_MS)
    }
  }
}
