/** Which sessions this isolate has seen to be owned by their object. Ownership passes once and never back. */
export type KnownOwners = {
  has(sessionId: string): boolean
  remember(sessionId: string): void
  forget(sessionId: string): void
}

/** Bounded: the one asked for longest ago is dropped, and costs one D1 read the next time. */
export function createKnownOwners(maxEntries: number): KnownOwners {
  const owned = new Set<string>()
  const touch = (sessionId: string): void => {
    owned.delete(sessionId)
    owned.add(sessionId)
  }
  return {
    has(sessionId) {
      if (!owned.has(sessionId)) return false
      touch(sessionId)
      return true
    },
    remember(sessionId) {
      touch(sessionId)
      if (owned.size <= maxEntries) return
      for (const oldest of owned) {
        owned.delete(oldest)
        break
      }
    },
    forget: (sessionId) => void owned.delete(sessionId),
  }
}
