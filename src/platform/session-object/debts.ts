import { eventOf } from '../../domain/audit/chain.ts'
import { removedSubsessions } from '../../domain/session/forget-subsession.ts'
import type { CopyOutcome } from '../../application/ports.ts'
import { FIRST_RETRY_MS, nextAlarm, toDrain, wakeDebt } from './outbox.ts'
import { describeError } from '../log.ts'
import type { ObjectDeps } from '../compose.ts'
import { drainOutbox } from './drain.ts'
import { scopeOf, type HeldSession } from './held-session.ts'
import { keptBy } from './kept-commands.ts'
import type { LoadedSession, SessionStore } from './store.ts'

type DebtsInput = {
  storage: DurableObjectStorage
  store: SessionStore
  held: HeldSession
  deps: ObjectDeps
  /** D1 says that the session is deleted. */
  onErased: () => Promise<void>
}

/** What one session owes the world, worked off after the commits that made it. After an await it asks for the present session again. */
export class Debts {
  readonly #storage: DurableObjectStorage
  readonly #store: SessionStore
  readonly #held: HeldSession
  readonly #deps: ObjectDeps
  readonly #onErased: () => Promise<void>
  #projecting: Promise<void> | null = null
  #draining: Promise<void> | null = null

  constructor({ storage, store, held, deps, onErased }: DebtsInput) {
    this.#storage = storage
    this.#store = store
    this.#held = held
    this.#deps = deps
    this.#onErased = onErased
  }

  /** Call inside `transactionSync`: the alarm commits and rolls back with what makes it due. */
  setAlarm(session: LoadedSession): void {
    const at = nextAlarm(session.state, this.#store.outbox())
    void (at === null ? this.#storage.deleteAlarm() : this.#storage.setAlarm(at))
  }

  /** The row, and seeds of new children, before the answer. What D1 does not take stays owed: after a commit there is no error. */
  async projectOrLeaveOwed(): Promise<void> {
    try {
      await this.#project()
    } catch (cause) {
      this.#deps.log.warn('object.projection_postponed', describeError(cause))
    }
    await this.#insertChildrenOrLeaveOwed()
  }

  /** Works until nothing is due; one at a time. A debt made while another drain ends is not left to the alarm. */
  async drain(): Promise<void> {
    do {
      this.#draining ??= this.#drainAll().finally(() => {
        this.#draining = null
      })
      await this.#draining
    } while (this.#isAnythingDue())
  }

  /** As if D1 had seen nothing: after a restore it may hold less than was once acknowledged. */
  async projectAnew(): Promise<void> {
    const session = this.#held.present()
    if (session === null) return
    this.#storage.transactionSync(() => {
      this.#store.markProjected(0, 0)
      this.#store.owe({
        entry_key: 'project',
        kind: 'project',
        payload: String(session.state.version),
        due_at: this.#now(session) + FIRST_RETRY_MS,
      })
      this.setAlarm(session)
    })
    this.#held.hold({ ...session, projectedVersion: 0 })
    await this.drain()
  }

  /**
   * Writes anew what D1 once acknowledged and does not hold; what is above that is owed and sent anyway. `seenInD1` may be
   * old by now, so D1 is asked again before anything is written. Costs nothing when it is level.
   */
  async catchUp(seenInD1: number): Promise<CopyOutcome> {
    const session = this.#held.present()
    if (session === null) return 'not_hydrated'
    const { state, projectedVersion: acknowledged } = session
    if (seenInD1 >= acknowledged) return 'level'
    if ((await this.#deps.sessionRows.heldVersion(state.session_id)) >= acknowledged) return 'level'
    await this.projectAnew()
    const present = this.#held.present()
    return present === null || present.projectedVersion >= present.state.version ? 'written' : 'owed'
  }

  async #insertChildrenOrLeaveOwed(): Promise<void> {
    if (this.#held.present() === null) return
    for (const entry of this.#store.outbox().filter(({ kind }) => kind === 'insert_child')) {
      const session = this.#held.present()
      if (session === null) return
      try {
        await this.#deps.insertChild(session.state, JSON.parse(entry.payload))
        if (this.#held.present() !== null) this.#store.settle(entry)
      } catch (cause) {
        this.#deps.log.warn('object.child_postponed', describeError(cause))
      }
    }
  }

  /** Resolves when D1 holds the present version. */
  async #project(): Promise<void> {
    for (;;) {
      const session = this.#held.present()
      if (session === null || session.projectedVersion >= session.state.version) return
      this.#projecting ??= this.#writeRow(session).finally(() => {
        this.#projecting = null
      })
      await this.#projecting
    }
  }

  async #writeRow(session: LoadedSession): Promise<void> {
    const { state, projectedVersion } = session
    const webhooks = this.#store.webhooks()
    const events = this.#store.events(projectedVersion, state.version - projectedVersion)
    const removed = removedSubsessions(events.map(eventOf))
    const forgotten = removed.length === 0 ? [] : this.#store.eventsAbout(removed)
    const calls = this.#store.callsAfter(projectedVersion).map(keptBy)
    const outcome = await this.#deps.sessionRows.project({ state, events, forgotten, webhooks, calls })
    if (outcome === 'erased') return this.#onErased()
    const present = this.#held.present()
    if (present === null) return
    this.#storage.transactionSync(() => {
      this.#store.markProjected(state.version, webhooks.at(-1)?.sequence ?? 0)
      this.#store.settle({ entry_key: 'project', payload: String(state.version) })
      // Nobody wants to be told: the tenant has no endpoint, or all is sent.
      if (outcome === 'projected') this.#store.settle(wakeDebt(webhooks.at(-1)?.sequence ?? 0))
    })
    this.#held.hold({ ...present, projectedVersion: state.version })
  }

  /** After the row, which holds the events and may have found that there is nobody to tell. */
  #wakeWebhooks({ state }: LoadedSession): Promise<void> {
    const isHere = this.#held.present() !== null
    const isOwed = isHere && this.#store.outbox().some(({ kind }) => kind === 'wake_webhooks')
    const { tenant_id, mode, session_id } = state
    return isOwed ? this.#deps.webhookWakes.send({ tenant_id, mode, session_id }) : Promise.resolve()
  }

  #isAnythingDue(): boolean {
    const session = this.#held.present()
    return session !== null && toDrain(this.#store.outbox(), this.#now(session)).length > 0
  }

  async #drainAll(): Promise<void> {
    for (;;) {
      const session = this.#held.present()
      if (session === null) return
      const now = this.#now(session)
      const due = toDrain(this.#store.outbox(), now)
      if (due.length === 0) break
      const stateNow = () => this.#held.present()?.state ?? session.state
      const outcome = await drainOutbox(due, now, {
        project: () => this.#project(),
        insertChild: (payload) => this.#deps.insertChild(stateNow(), JSON.parse(payload)),
        tellParent: () => this.#deps.tellParent(stateNow()),
        sendChecks: (jobs) => this.#deps.checkQueues.send(jobs),
        wakeWebhooks: () => this.#wakeWebhooks(session),
        eraseFile: (docId) => this.#deps.documents.eraseFile({ session_id: session.state.session_id, doc_id: docId }),
      })
      for (const cause of outcome.causes) this.#deps.log.warn('object.debt_postponed', describeError(cause))
      if (this.#held.present() === null) return
      this.#storage.transactionSync(() => {
        for (const entry of outcome.settled) this.#store.settle(entry)
        for (const { entry, dueAt } of outcome.postponed) this.#store.postpone(entry, dueAt)
      })
    }
    const session = this.#held.present()
    if (session !== null) this.#storage.transactionSync(() => this.setAlarm(session))
  }

  #now(session: LoadedSession): number {
    return this.#deps.clock.now(scopeOf(session))
  }
}
