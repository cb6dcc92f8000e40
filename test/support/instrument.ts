// Wraps the bindings of an Env: counts every call that leaves the isolate, in order, and fails those that a test tells
// to fail. Shared by the Worker, the session objects and the tests, which all run in one isolate here.

export type Hop = { by: 'worker' | 'object'; binding: string; call: string }
/** What goes wrong with a call: it fails, or (a queue's send) is lost or made twice. */
type Wrong = Error | 'lost' | 'repeated' | null
type Fault = (hop: Hop) => Wrong | Promise<Wrong>

class Recorder {
  hops: Hop[] = []
  /** What was handed to queues, lost or not. */
  queued: unknown[] = []
  fault: Fault = () => null

  reset(): void {
    this.hops = []
    this.queued = []
    this.fault = () => null
  }

  async hop(hop: Hop): Promise<'lost' | 'repeated' | null> {
    this.hops.push(hop)
    const wrong = await this.fault(hop)
    if (wrong instanceof Error) throw wrong
    return wrong
  }

  /** `D1 batch`, `SESSIONS execute` … of the Worker alone: the hops of an answer. */
  ofWorker(): string[] {
    return this.hops
      .filter((hop) => hop.by === 'worker' && hop.binding !== 'LIMIT')
      .map((hop) => `${hop.binding} ${hop.call}`)
  }

  /** A limiter counts in the memory of its location: no hop, but a call all the same. */
  ofLimiters(): string[] {
    return this.hops.filter((hop) => hop.binding === 'LIMIT').map((hop) => hop.call)
  }

  ofObjects(): string[] {
    return this.hops.filter((hop) => hop.by === 'object').map((hop) => `${hop.binding} ${hop.call}`)
  }
}

export const recorder = new Recorder()

const wrapped = new WeakMap<object, Env>()

export function instrument(env: Env, by: Hop['by']): Env {
  const holder = by === 'worker' ? env : objectHolder(env)
  const known = wrapped.get(holder)
  if (known !== undefined) return known
  const instrumented: Env = {
    ...env,
    DB: instrumentD1(env.DB, by),
    SESSIONS: instrumentNamespace(env.SESSIONS, by),
    DOCUMENTS: instrumentCalls(env.DOCUMENTS, by, 'R2', ['get', 'put', 'head', 'delete', 'list']),
    WEBHOOKS: instrumentCalls(env.WEBHOOKS, by, 'QUEUE webhooks', ['send', 'sendBatch']),
    CHECKS_LIGHT: instrumentCalls(env.CHECKS_LIGHT, by, 'QUEUE light', ['send', 'sendBatch']),
    CHECKS_READER: instrumentCalls(env.CHECKS_READER, by, 'QUEUE reader', ['send', 'sendBatch']),
    CHECKS_FACES: instrumentCalls(env.CHECKS_FACES, by, 'QUEUE faces', ['send', 'sendBatch']),
    CHECKS_SCREENING: instrumentCalls(env.CHECKS_SCREENING, by, 'QUEUE screening', ['send', 'sendBatch']),
    WATCHLISTS_QUEUE: instrumentCalls(env.WATCHLISTS_QUEUE, by, 'QUEUE watchlists', ['send', 'sendBatch']),
  }
  for (const name of ['LIMIT_TOKEN', 'LIMIT_LINK', 'LIMIT_ADDRESS', 'LIMIT_FAILURES'] as const) {
    instrumented[name] = instrumentLimiter(env[name], by, name)
  }
  wrapped.set(holder, instrumented)
  return instrumented
}

/** As a fresh isolate: nothing is remembered of keys, workflows or owners. */
export function coldStart(env: Env): void {
  wrapped.delete(env)
}

const holders = new WeakMap<object, object>()
function objectHolder(env: Env): object {
  const known = holders.get(env) ?? {}
  holders.set(env, known)
  return known
}

function instrumentCalls<T extends object>(target: T, by: Hop['by'], binding: string, calls: string[]): T {
  return new Proxy(target, {
    get(object, name) {
      const member: unknown = Reflect.get(object, name, object)
      if (typeof member !== 'function') return member
      if (typeof name !== 'string' || !calls.includes(name)) return member.bind(object)
      return async (...args: unknown[]) => {
        if (binding.startsWith('QUEUE')) recorder.queued.push(...args)
        const wrong = await recorder.hop({ by, binding, call: name })
        if (wrong === 'lost') return undefined
        if (wrong === 'repeated') await Reflect.apply(member, object, args)
        return Reflect.apply(member, object, args)
      }
    },
  })
}

const instrumentLimiter = (limiter: RateLimit, by: Hop['by'], name: string): RateLimit => ({
  async limit(options) {
    await recorder.hop({ by, binding: 'LIMIT', call: name })
    return limiter.limit(options)
  },
})

function instrumentNamespace<T extends object>(namespace: T, by: Hop['by']): T {
  return new Proxy(namespace, {
    get(object, name) {
      const member: unknown = Reflect.get(object, name, object)
      if (typeof member !== 'function') return member
      if (name !== 'getByName' && name !== 'get') return member.bind(object)
      return (...args: unknown[]) => instrumentStub(Reflect.apply(member, object, args) as object, by)
    },
  })
}

const RPC = [
  'execute',
  'read',
  'awaitChecks',
  'events',
  'attempt',
  'jobInputs',
  'erase',
  'project',
  'projectIfBehind',
  'ping',
]

function instrumentStub(stub: object, by: Hop['by']): object {
  return new Proxy(stub, {
    get(object, name) {
      const member: unknown = Reflect.get(object, name, object)
      if (typeof name !== 'string' || !RPC.includes(name) || typeof member !== 'function') return member
      return async (...args: unknown[]) => {
        await recorder.hop({ by, binding: 'OBJECT', call: name })
        return Reflect.apply(member, object, args)
      }
    },
  })
}

const realStatements = new WeakMap<object, D1PreparedStatement>()

function instrumentD1(db: D1Database, by: Hop['by']): D1Database {
  return new Proxy(db, {
    get(object, name) {
      if (name === 'prepare') return (sql: string) => instrumentStatement(object.prepare(sql), by)
      if (name === 'batch') {
        return async (statements: D1PreparedStatement[]) => {
          await recorder.hop({ by, binding: 'D1', call: 'batch' })
          return object.batch(statements.map((statement) => realStatements.get(statement) ?? statement))
        }
      }
      const member: unknown = Reflect.get(object, name, object)
      return typeof member === 'function' ? member.bind(object) : member
    },
  })
}

function instrumentStatement(statement: D1PreparedStatement, by: Hop['by']): D1PreparedStatement {
  const proxy = new Proxy(statement, {
    get(object, name) {
      if (name === 'bind') return (...values: unknown[]) => instrumentStatement(object.bind(...values), by)
      const member: unknown = Reflect.get(object, name, object)
      if (typeof member !== 'function') return member
      return async (...args: unknown[]) => {
        await recorder.hop({ by, binding: 'D1', call: String(name) })
        return Reflect.apply(member, object, args)
      }
    },
  })
  realStatements.set(proxy, statement)
  return proxy
}
