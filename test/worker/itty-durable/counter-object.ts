// The same small object on itty-durable and native, so that the tests beside this file can send both the same traffic:
// a counter, a counter hydrated from D1 as a session is, and a presence room that keeps nothing.

import { DurableObject } from 'cloudflare:workers'
import { createDurable } from 'itty-durable/itty-durable.js'

type CounterEnv = { DB: D1Database }

/** A wait on something other than the object's own storage; other calls may come in meanwhile. */
const waitElsewhere = async (db: D1Database): Promise<void> => {
  await db.prepare('SELECT 1').run()
}

const countInD1 = async (db: D1Database): Promise<number> => {
  const row = await db.prepare('SELECT 40 AS count').first<{ count: number }>()
  return row?.count ?? 0
}

const describeValue = (value: unknown): string => {
  if (value instanceof Date) return 'Date'
  if (value instanceof Uint8Array) return `Uint8Array of ${value.byteLength}`
  if (value instanceof Map) return `Map of ${value.size}`
  if (typeof value === 'object' && value !== null) return `object with keys [${Object.keys(value).join(', ')}]`
  if (typeof value === 'string') return `string ${value}`
  return value === null ? 'null' : typeof value
}

export class IttyCounter extends createDurable({ autoPersist: true }) {
  count = 0
  held: unknown = null
  #db: D1Database
  #persistFailure = 'none'

  constructor(state: DurableObjectState, env: CounterEnv) {
    super(state, env)
    this.#db = env.DB
  }

  add(amount: number): number {
    this.count += amount
    return this.count
  }

  async addAfterWaiting(amount: number): Promise<number> {
    const before = this.count
    await waitElsewhere(this.#db)
    this.count = before + amount
    return this.count
  }

  describe(value: unknown): { is: string } {
    return { is: describeValue(value) }
  }

  /** Puts something into the object's fields that storage cannot hold. */
  holdFunction(): { held: boolean } {
    this.held = () => this.count
    return { held: true }
  }

  persistFailure(): { name: string } {
    return { name: this.#persistFailure }
  }

  /** Called without `await` by the library; the failure is caught here only so that a test can see it. */
  override async persist(): Promise<void> {
    try {
      await super.persist()
    } catch (cause) {
      this.#persistFailure = cause instanceof Error ? cause.name : 'unknown'
    }
  }
}

export class IttyHydratingCounter extends createDurable({ autoPersist: true }) {
  count = 0
  #db: D1Database

  constructor(state: DurableObjectState, env: CounterEnv) {
    super(state, env)
    this.#db = env.DB
  }

  override async onLoad(): Promise<void> {
    this.count = await countInD1(this.#db)
  }

  add(amount: number): number {
    this.count += amount
    return this.count
  }
}

const PRESENT_FOR_MS = 10_000

/** Who has the page open now. Nothing is persisted: what is lost is said again by the next heartbeat. */
export class IttyPresence extends createDurable() {
  devices: Record<string, { step: number; at: number }> = {}

  heartbeat(device: string, step: number, at: number): { present: string[]; furthest_step: number } {
    this.devices[device] = { step, at }
    for (const [name, seen] of Object.entries(this.devices)) {
      if (at - seen.at > PRESENT_FOR_MS) delete this.devices[name]
    }
    return {
      present: Object.keys(this.devices).toSorted(),
      furthest_step: Math.max(...Object.values(this.devices).map((seen) => seen.step)),
    }
  }
}

export class NativeCounter extends DurableObject<CounterEnv> {
  #hydration: Promise<void> | null = null

  constructor(state: DurableObjectState, env: CounterEnv) {
    super(state, env)
    state.storage.sql.exec('CREATE TABLE IF NOT EXISTS counter (id INTEGER PRIMARY KEY, count INTEGER NOT NULL)')
  }

  add(amount: number): number {
    return this.#change(amount)
  }

  async addAfterWaiting(amount: number): Promise<number> {
    await waitElsewhere(this.env.DB)
    return this.#change(amount)
  }

  /** One shared hydration per instance, which writes only where nothing is. */
  async addAfterHydrating(amount: number): Promise<number> {
    this.#hydration ??= this.#hydrate()
    await this.#hydration
    return this.#change(amount)
  }

  describe(value: unknown): { is: string } {
    return { is: describeValue(value) }
  }

  /** Adds, then fails to store something: both or neither. */
  addAndStoreFunction(amount: number): { stored: boolean } {
    try {
      this.ctx.storage.transactionSync(() => {
        this.#change(amount)
        this.ctx.storage.kv.put('held', () => amount)
      })
      return { stored: true }
    } catch {
      return { stored: false }
    }
  }

  async #hydrate(): Promise<void> {
    const count = await countInD1(this.env.DB)
    this.ctx.storage.sql.exec('INSERT INTO counter (id, count) VALUES (1, ?) ON CONFLICT DO NOTHING', count)
  }

  /** Read, add and write in one statement without an await: nothing comes between. */
  #change(amount: number): number {
    const statement =
      'INSERT INTO counter (id, count) VALUES (1, ?1) ON CONFLICT (id) DO UPDATE SET count = count + ?1 RETURNING count'
    return this.ctx.storage.sql.exec<{ count: number }>(statement, amount).one().count
  }
}
