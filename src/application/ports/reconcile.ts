import type { EpochMs } from '../../domain/time.ts'

/** What D1 holds in full of a session that its object owns: the lowest version that its state, its row and its trail all have. */
export type HeldCopy = { session_id: string; version: number }

export interface SessionCopies {
  /** Reads `limit` sessions after one, in the order of their ids; those of them that objects own. `last` is null at the end. */
  after(sessionId: string, limit: number): Promise<{ owned: HeldCopy[]; last: string | null }>
}

/** Where the next run of a walk goes on, and not before when. */
export type CursorPosition = { after: string; due_at: EpochMs }
export interface Cursors {
  /** Null when the walk never ran, or when what is there cannot be read. */
  read(name: string): Promise<CursorPosition | null>
  move(name: string, to: CursorPosition): Promise<void>
}

/** `level`: D1 has all that it acknowledged. `written`: it had less. `owed`: it has less still, and the object will try again. */
export type CopyOutcome = 'not_hydrated' | 'level' | 'written' | 'owed'
