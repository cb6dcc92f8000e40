import type { SessionObjects } from '../../application/ports.ts'
import type { SessionObject } from './session-object.ts'

const MAX_TRIES = 3

type SessionObjectRpc = Pick<
  SessionObject,
  | 'execute'
  | 'read'
  | 'awaitChecks'
  | 'events'
  | 'attempt'
  | 'jobInputs'
  | 'erase'
  | 'project'
  | 'projectIfBehind'
  | 'ping'
>

/** Calls session objects by name. A call that died with its object is made again: commands know their own id. */
export function createSessionObjects(namespace: DurableObjectNamespace<SessionObject>): SessionObjects {
  const call = async <T>(sessionId: string, method: (stub: SessionObjectRpc) => Promise<T>): Promise<T> => {
    for (let tries = 1; ; tries += 1) {
      try {
        return await method(stubOf(namespace, sessionId))
      } catch (cause) {
        if (tries >= MAX_TRIES || !mayBeTriedAgain(cause)) throw cause
      }
    }
  }
  return {
    execute: async (sessionId, envelope) => {
      const executed = await call(sessionId, (stub) => stub.execute(envelope))
      if (executed.kept !== undefined && envelope.grant.by === 'tenant' && envelope.grant.idempotency !== undefined) {
        Object.assign(envelope.grant.idempotency, executed.kept, { is_kept: true })
      }
      return executed
    },
    read: (sessionId, grant) => call(sessionId, (stub) => stub.read(grant)),
    awaitChecks: (sessionId, grant, ownerId, waitMs) =>
      call(sessionId, (stub) => stub.awaitChecks(grant, ownerId, waitMs)),
    events: (sessionId, grant, page) => call(sessionId, (stub) => stub.events(grant, page)),
    attempt: (sessionId, grant, kind) => call(sessionId, (stub) => stub.attempt(grant, kind)),
    jobInputs: (sessionId, job) => call(sessionId, (stub) => stub.jobInputs(job)),
    erase: (sessionId) => call(sessionId, (stub) => stub.erase()),
    project: (sessionId) => call(sessionId, (stub) => stub.project()),
    projectIfBehind: (sessionId, version) => call(sessionId, (stub) => stub.projectIfBehind(version)),
  }
}

/**
 * The stub under the object's own types. The platform's derived RPC types recurse without end on JSON values; what
 * crosses is plain data, which structured clone carries as it is.
 */
export const stubOf = (
  namespace: DurableObjectNamespace<SessionObject>,
  sessionId: string,
): DurableObjectStub & SessionObjectRpc =>
  namespace.getByName(sessionId) as DurableObjectStub as DurableObjectStub & SessionObjectRpc

/** https://developers.cloudflare.com/durable-objects/best-practices/error-handling/ */
const mayBeTriedAgain = (cause: unknown): boolean =>
  cause instanceof Error &&
  'retryable' in cause &&
  cause.retryable === true &&
  !('overloaded' in cause && cause.overloaded === true)
