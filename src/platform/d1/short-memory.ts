import type { EpochMs } from '../../domain/time.ts'

export type ShortMemory<T> = {
  /** Null when it is not there or too old. */
  get(key: string): T | null
  /** Kept for `keptMs` when that is shorter than what is usual here. */
  set(key: string, value: T, keptMs?: number): void
  forget(key: string): void
  forgetWhere(matches: (value: T) => boolean): void
}

/** What an isolate may remember for a while, up to a number of entries: the one that was written longest ago goes first. */
export function createShortMemory<T>(limits: {
  keptMs: number
  maxEntries: number
  now: () => EpochMs
}): ShortMemory<T> {
  const entries = new Map<string, { value: T; until: EpochMs }>()
  return {
    get(key) {
      const entry = entries.get(key)
      if (entry === undefined) return null
      if (limits.now() < entry.until) return entry.value
      entries.delete(key)
      return null
    },
    set(key, value, keptMs = limits.keptMs) {
      entries.delete(key)
      entries.set(key, { value, until: limits.now() + Math.min(keptMs, limits.keptMs) })
      for (const oldest of entries.keys()) {
        if (entries.size <= limits.maxEntries) break
        entries.delete(oldest)
      }
    },
    forget(key) {
      entries.delete(key)
    },
    forgetWhere(matches) {
      for (const [key, { value }] of entries) if (matches(value)) entries.delete(key)
    },
  }
}
