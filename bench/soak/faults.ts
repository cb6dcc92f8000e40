// What goes wrong in a soak, drawn by chance at each call that leaves the isolate. Off until the driver turns it on.

export type Chances = {
  /** A D1 call fails; half of the time only its answer is lost, the effect is there. */
  d1Fails: number
  r2Fails: number
  queueLoses: number
  queueRepeats: number
  queueRefuses: number
  /** An object dies at a call that it makes. */
  objectDies: number
}

export const CHANCES: Chances = {
  d1Fails: 0.05,
  r2Fails: 0.01,
  queueLoses: 0.05,
  queueRepeats: 0.05,
  queueRefuses: 0.02,
  objectDies: 0.01,
}

export type Counted = Record<
  'd1_failed' | 'r2_failed' | 'queue_lost' | 'queue_repeated' | 'queue_refused' | 'object_died',
  number
>

/** Shared by the Worker and its objects: locally they are one isolate. */
export const faults = {
  areOn: false,
  counted: {
    d1_failed: 0,
    r2_failed: 0,
    queue_lost: 0,
    queue_repeated: 0,
    queue_refused: 0,
    object_died: 0,
  } satisfies Counted,
}

type Call = () => Promise<unknown>
type Meddle = (call: Call) => Promise<unknown>
type Holder = { die: (() => void) | null }

const happens = (chance: number): boolean => faults.areOn && Math.random() < chance

/** The bindings of `env`, with faults. `die` ends the object that makes the calls. */
export function faultyEnv(env: Env, die: (() => void) | null): Env {
  const holder = { die }
  const queue = <T extends object>(target: T): T => wrapCalls(target, ['send', 'sendBatch'], throughQueue(holder))
  const faulty: Record<string, unknown> = { ...env }
  for (const [name, binding] of Object.entries(env)) {
    if (typeof binding === 'object' && binding !== null && 'sendBatch' in binding) faulty[name] = queue(binding)
  }
  faulty['DB'] = wrapD1(env.DB, throughD1(holder))
  faulty['DOCUMENTS'] = wrapCalls(env.DOCUMENTS, ['get', 'put', 'head', 'delete', 'list'], throughR2(holder))
  return faulty as unknown as Env
}

function mayDie({ die }: Holder): void {
  if (die === null || !happens(CHANCES.objectDies)) return
  faults.counted.object_died += 1
  die()
}

const throughD1 =
  (holder: Holder): Meddle =>
  async (call) => {
    mayDie(holder)
    if (!happens(CHANCES.d1Fails)) return call()
    faults.counted.d1_failed += 1
    if (Math.random() < 0.5) await call()
    throw new Error('soak: D1 failed')
  }

const throughR2 =
  (holder: Holder): Meddle =>
  async (call) => {
    mayDie(holder)
    if (!happens(CHANCES.r2Fails)) return call()
    faults.counted.r2_failed += 1
    throw new Error('soak: R2 failed')
  }

const throughQueue =
  (holder: Holder): Meddle =>
  async (call) => {
    mayDie(holder)
    if (happens(CHANCES.queueLoses)) {
      faults.counted.queue_lost += 1
      return undefined
    }
    if (happens(CHANCES.queueRefuses)) {
      faults.counted.queue_refused += 1
      throw new Error('soak: the queue refused')
    }
    if (happens(CHANCES.queueRepeats)) {
      faults.counted.queue_repeated += 1
      await call()
    }
    return call()
  }

function wrapCalls<T extends object>(target: T, calls: readonly string[], meddle: Meddle): T {
  return new Proxy(target, {
    get(object, name) {
      const member: unknown = Reflect.get(object, name, object)
      if (typeof member !== 'function') return member
      if (typeof name !== 'string' || !calls.includes(name)) return member.bind(object)
      return (...args: unknown[]) => meddle(async () => Reflect.apply(member, object, args))
    },
  })
}

const bare = new WeakMap<object, D1PreparedStatement>()

function wrapD1(db: D1Database, meddle: Meddle): D1Database {
  return new Proxy(db, {
    get(object, name) {
      if (name === 'prepare') return (text: string) => wrapStatement(object.prepare(text), meddle)
      if (name === 'batch') {
        return (statements: D1PreparedStatement[]) =>
          meddle(() => object.batch(statements.map((statement) => bare.get(statement) ?? statement)))
      }
      const member: unknown = Reflect.get(object, name, object)
      return typeof member === 'function' ? member.bind(object) : member
    },
  })
}

function wrapStatement(statement: D1PreparedStatement, meddle: Meddle): D1PreparedStatement {
  const wrapped = new Proxy(statement, {
    get(object, name) {
      if (name === 'bind') return (...values: unknown[]) => wrapStatement(object.bind(...values), meddle)
      const member: unknown = Reflect.get(object, name, object)
      if (typeof member !== 'function') return member
      return (...args: unknown[]) => meddle(async () => Reflect.apply(member, object, args))
    },
  })
  bare.set(wrapped, statement)
  return wrapped
}
