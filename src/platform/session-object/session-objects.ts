import type { SessionObjects } from '../../application/ports.ts'
import type { SessionObject } from './session-object.ts'

const MAX_TRIES = 3

/** Calls session objects by name. A call that died with its object is made again: commands know their own id. */
export function createSessionObjects(namespace: DurableObjectNamespace<SessionObject>): SessionObjects {
  const call = async <T>(sessionId: string, method: (stub: DurableObjectStub<SessionObject>) => Promise<T>): Promise<T> => {
    for (let tries = 1; ; tries += 1) {
      try {
        return await method(namespace.getByName(sessionId))
      } catch (cause) {
        if (tries >= MAX_TRIES || !mayBeTriedAgain(cause)) throw cause
      }
    }
  }
  return {
    execute: (sessionId, envelope) => call(sessionId, (stub) => stub.execute(envelope)),
    read: (sessionId, grant) => call(sessionId, (stub) => stub.read(grant)),
    awaitChecks: (sessionId, grant, ownerId, waitMs) => call(sessionId, (stub) => stub.awaitChecks(grant, ownerId, waitMs)),
    events: (sessionId, grant, page) => call(sessionId, (stub) => stub.events(grant, page)),
    jobInputs: (sessionId, job) => call(sessionId, (stub) => stub.jobInputs(job)),
    erase: (sessionId) => call(sessionId, (stub) => stub.erase()),
    project: (sessionId) => call(sessionId, (stub) => stub.project()),
  }
}

/** https://developers.cloudflare.com/durable-objects/best-practices/error-handling/ */
function mayBeTriedAgain(cause: unknown): boolean {
  if (!(cause instanceof Error)) return false
  const flags: { retryable?: unknown; overloaded?: unknown } = { ...cause }
  return flags.retryable === true && flags.overloaded !== true
}
