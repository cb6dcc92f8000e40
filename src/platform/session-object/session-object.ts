import { DurableObject } from 'cloudflare:workers'
import { SYSTEM_ACTOR, type TenantScope } from '../../application/actor.ts'
import type { CheckJob, Envelope, Executed, Grant, KeyedCall, SessionSnapshot } from '../../application/ports.ts'
import type { CheckInputs } from '../../domain/decision/check-results.ts'
import type { DomainError } from '../../domain/errors.ts'
import { isKeptRefusal, KEPT_CALL_MS, keyReused } from '../../domain/idempotency.ts'
import { err, ok, type Result } from '../../domain/result.ts'
import type { SessionCommand } from '../../domain/session/commands.ts'
import { isExpiryDue } from '../../domain/session/deadlines.ts'
import { decide } from '../../domain/session/decide.ts'
import type { RecordedEvent } from '../../domain/session/events.ts'
import { jobInputs } from '../../domain/session/pending-jobs.ts'
import { record } from '../../domain/session/record.ts'
import { rejectionOf } from '../../domain/session/rejection.ts'
import { stateAnsweredAt } from '../../domain/session/state-at.ts'
import type { ActorRef } from '../../domain/session/state.ts'
import type { EpochMs } from '../../domain/time.ts'
import { compose, type ObjectDeps } from '../compose.ts'
import { describeError } from '../log.ts'
import { isCheckOwnerOpen } from '../../domain/session/check-owners.ts'
import { drainOutbox } from './drain.ts'
import { grantFits, notFound } from './grant.ts'
import { debtsOf, FIRST_RETRY_MS, nextAlarm, toDrain } from './outbox.ts'
import { SessionStore, type KeptCommand, type LoadedSession } from './store.ts'

/** While an alarm runs, the next one is already set this far ahead: an alarm that dies is not the last. */
const ALARM_SAFETY_MS = 60_000

/**
 * One session's truth. A shell: load → decide → evolve → store, in one synchronous transaction, and everything the
 * world must learn of it as debts in the same transaction (docs/concurrency.md). Fields are caches that may vanish.
 */
export class SessionObject extends DurableObject<Env> {
  readonly #store: SessionStore
  readonly #deps: ObjectDeps
  #loaded: LoadedSession | null = null
  #hydrating: Promise<unknown> | null = null
  #projecting: Promise<void> | null = null
  #draining: Promise<void> | null = null
  #erased = false
  readonly #watchers = new Set<() => void>()

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env)
    this.#store = new SessionStore(ctx.storage.sql)
    this.#deps = compose(env).forObjects
  }

  async execute(envelope: Envelope): Promise<Executed> {
    const isOpen = await this.#open(envelope.grant)
    // What was seen before the wait may be old: two copies of one command can wait for the same claim.
    const session = isOpen ? this.#present() : null
    if (session === null) return err(notFound(envelope.grant))
    if (session.recentCommands.includes(envelope.id)) return answerOf(session, envelope.command)
    const keyed = envelope.grant.by === 'tenant' ? envelope.grant.idempotency : undefined
    const replayed = keyed === undefined ? null : this.#replay(session, keyed)
    if (replayed !== null) return replayed
    const outcome = this.#transact(envelope)
    if (envelope.awaits_projection) {
      await this.#projectOrLeaveOwed()
      await this.#insertChildrenOrLeaveOwed()
    }
    this.ctx.waitUntil(this.#drain())
    return keyed === undefined ? outcome : { ...outcome, kept: { sealed: keyed.sealed, is_replay: false } }
  }

  async read(grant: Grant): Promise<Result<SessionSnapshot, DomainError> | 'not_hydrated'> {
    const session = this.#present()
    if (session === null) return 'not_hydrated'
    if (!grantFits(grant, session.state)) return err(notFound(grant))
    if (this.#expireIfDue()) this.ctx.waitUntil(this.#drain())
    return ok(snapshotOf(this.#present() ?? session))
  }

  /** Answers once the run or validation is over, or after `waitMs`. */
  async awaitChecks(grant: Grant, ownerId: string, waitMs: number): Promise<Result<SessionSnapshot, DomainError>> {
    const deadline = Date.now() + waitMs
    for (;;) {
      const session = this.#present()
      if (session === null || !grantFits(grant, session.state)) return err(notFound(grant))
      const leftMs = deadline - Date.now()
      if (!isCheckOwnerOpen(session.state, ownerId) || leftMs <= 0) return ok(snapshotOf(session))
      await this.#nextChange(leftMs)
    }
  }

  async events(
    grant: Grant,
    page: { after: number; limit: number },
  ): Promise<Result<RecordedEvent[], DomainError> | 'not_hydrated'> {
    const session = this.#present()
    if (session === null) return 'not_hydrated'
    return grantFits(grant, session.state) ? ok(this.#store.events(page.after, page.limit)) : err(notFound(grant))
  }

  /** Null for a job that nobody waits for any more. */
  async jobInputs(job: CheckJob): Promise<{ inputs: CheckInputs; scope: TenantScope } | null> {
    const session = this.#present()
    if (session === null) return null
    const inputs = jobInputs(session.state, session.workflow, job)
    return inputs === null ? null : { inputs, scope: scopeOf(session) }
  }

  /** The last thing an object does; what is in flight finds it dead. */
  async erase(): Promise<void> {
    this.#erased = true
    this.#loaded = null
    await this.ctx.storage.deleteAlarm()
    await this.ctx.storage.deleteAll()
    this.#wakeWatchers()
  }

  async project(): Promise<void> {
    const session = this.#present()
    if (session === null) return
    this.#loaded = this.ctx.storage.transactionSync(() => this.#oweEverything(session))
    await this.#drain()
  }

  /** Re-arms first and never throws: six automatic retries are not enough for an hour without D1. */
  override async alarm(): Promise<void> {
    try {
      if (this.#present() === null) return
      await this.ctx.storage.setAlarm(Date.now() + ALARM_SAFETY_MS)
      this.#expireIfDue()
      for (const type of ['sweep_uploads', 'close_overdue_runs'] as const) this.#transactAsSystem({ type })
      await this.#drain()
    } catch (cause) {
      this.#deps.log.error('object.alarm_failed', describeError(cause))
    }
  }

  #present(): LoadedSession | null {
    if (this.#erased) return null
    this.#loaded ??= this.#store.load()
    return this.#loaded
  }

  /** Present and open to this grant; the first write takes the session over from D1. */
  async #open(grant: Grant): Promise<boolean> {
    while (this.#present() === null && !this.#erased && grant.by !== 'system') {
      if (this.#hydrating === null) {
        const claimed = this.#claim(grant).finally(() => {
          this.#hydrating = null
        })
        this.#hydrating = claimed
        if (!(await claimed)) return false
      } else {
        // Another caller's claim: its refusal says nothing about ours.
        await this.#hydrating.catch(() => null)
      }
    }
    const session = this.#present()
    if (session === null) return false
    if (grantFits(grant, session.state)) return true
    // The same D1 call that an unknown session costs, so that timing tells a stranger nothing.
    await this.#deps.sessionRows.claim(session.state.session_id, grant)
    return false
  }

  /** True when the session is here afterwards. Leaves no storage behind when D1 refuses. */
  async #claim(grant: Grant): Promise<boolean> {
    const sessionId = this.ctx.id.name
    if (sessionId === undefined) throw new Error('session object: addressed without a name')
    const claimed = await this.#deps.sessionRows.claim(sessionId, grant)
    if (claimed === null || this.#erased) return false
    if (this.#present() !== null) return true
    const { events, ...session } = claimed
    this.#loaded = this.ctx.storage.transactionSync(() => this.#store.hydrate(session, events))
    return true
  }

  /** The command's own outcome; a session past its time expires first, in the same transaction. */
  #transact(envelope: Envelope): Result<SessionSnapshot, DomainError> {
    const { loaded, outcome } = this.ctx.storage.transactionSync(() => {
      const session = this.#expired(this.#mustBePresent())
      const decided = this.#decideAndStore(session, envelope)
      this.#keep(envelope, session, decided)
      if (!decided.ok) return { loaded: session, outcome: decided }
      return { loaded: decided.value, outcome: decided }
    })
    this.#loaded = loaded
    this.#wakeWatchers()
    if (!outcome.ok) return outcome
    return answerOf(loaded, envelope.command)
  }

  /** Call inside `transactionSync`: the outcome of a command under an Idempotency-Key is kept with it. */
  #keep(envelope: Envelope, session: LoadedSession, decided: Result<LoadedSession, DomainError>): void {
    const keyed = envelope.grant.by === 'tenant' ? envelope.grant.idempotency : undefined
    if (keyed === undefined || (!decided.ok && !isKeptRefusal(decided.error.code))) return
    const at = this.#now(session)
    const { key_hash, fingerprint, sealed } = keyed
    const outcome = decided.ok
      ? { version: decided.value.state.version, sealed, error: null }
      : { version: 0, sealed: null, error: decided.error }
    this.#store.keepCall({ key_hash, fingerprint, call_id: envelope.id, at, ...outcome }, at - KEPT_CALL_MS)
  }

  /** What a repeated call is answered; null for a first one. One that finds its run under way joins it. */
  #replay(session: LoadedSession, keyed: KeyedCall): Executed | null {
    const kept = this.#store.keptCall(keyed.key_hash, this.#now(session) - KEPT_CALL_MS)
    if (kept === null) return null
    const note = { sealed: kept.sealed, is_replay: true }
    if (kept.fingerprint !== keyed.fingerprint) return err(keyReused())
    if (kept.error !== null) return { ...err(kept.error), kept: note }
    const state = stateAnsweredAt(this.#store.events(0, session.state.version), kept.version)
    if (state === null) throw new Error('session object: a kept call has no trail')
    const is_replay = state.status !== 'processing'
    return { ...ok(snapshotOf({ ...session, state })), kept: { ...note, is_replay } }
  }

  #expireIfDue(): boolean {
    const session = this.#present()
    if (session === null) return false
    const after = this.ctx.storage.transactionSync(() => this.#expired(session))
    if (after === session) return false
    this.#loaded = after
    this.#wakeWatchers()
    return true
  }

  #expired(session: LoadedSession): LoadedSession {
    if (!isExpiryDue(session.state, this.#now(session))) return session
    const decided = this.#decideAndStore(session, this.#asSystem({ type: 'expire' }))
    if (!decided.ok) throw new Error('session object: a due session refused to expire')
    return decided.value
  }

  #transactAsSystem(command: SessionCommand): void {
    this.#transact({ ...this.#asSystem(command), grant: { by: 'system' }, awaits_projection: false })
  }

  #asSystem(command: SessionCommand): Omit<Envelope, 'grant' | 'awaits_projection'> {
    return { command, actor: SYSTEM_ACTOR, request_id: null, id: this.#deps.ids.short(), expected_version: null }
  }

  /** Call inside `transactionSync`. */
  #decideAndStore(
    session: LoadedSession,
    asked: {
      command: SessionCommand
      actor: ActorRef
      request_id: string | null
      id: string
      expected_version: number | null
    },
  ): Result<LoadedSession, DomainError> {
    const now = this.#now(session)
    const { state, workflow } = session
    const { command, actor, id, expected_version } = asked
    const decided = decide(state, command, { now, workflow, actor, id, expected_version })
    if (!decided.ok) return decided
    if (decided.value.length === 0) return ok(session)
    const recorded = record(state, decided.value, {
      at: now,
      actor,
      request_id: asked.request_id,
      workflow,
      newEventId: () => `evt_${this.#deps.ids.short()}`,
    })
    if (!recorded.ok) return recorded
    const change = recorded.value
    const stored = this.#store.commit(session, { ...change, commandId: id })
    const { owed, ended } = debtsOf(state, change.state, change.recorded)
    for (const debt of ended) this.#store.settle(debt)
    for (const debt of owed) this.#store.owe({ ...debt, due_at: now + FIRST_RETRY_MS })
    this.#setAlarm(stored)
    return ok(stored)
  }

  /** As if D1 had seen nothing: after a restore it may hold less than was once acknowledged. */
  #oweEverything(session: LoadedSession): LoadedSession {
    const due_at = this.#now(session) + FIRST_RETRY_MS
    this.#store.markProjected(0, 0)
    this.#store.owe({ entry_key: 'project', kind: 'project', payload: String(session.state.version), due_at })
    this.#setAlarm(session)
    return { ...session, projectedVersion: 0 }
  }

  #setAlarm(session: LoadedSession): void {
    const at = nextAlarm(session.state, this.#store.outbox())
    void (at === null ? this.ctx.storage.deleteAlarm() : this.ctx.storage.setAlarm(at))
  }

  /** After a commit the answer is never an error: what D1 did not take stays owed. */
  async #projectOrLeaveOwed(): Promise<void> {
    try {
      await this.#project()
    } catch (cause) {
      this.#deps.log.warn('object.projection_postponed', describeError(cause))
    }
  }

  /** As for the row: a child whose seed D1 did not take stays owed. */
  async #insertChildrenOrLeaveOwed(): Promise<void> {
    if (this.#present() === null) return
    for (const entry of this.#store.outbox().filter(({ kind }) => kind === 'insert_child')) {
      const session = this.#present()
      if (session === null) return
      try {
        await this.#deps.insertChild(session.state, JSON.parse(entry.payload))
        if (this.#present() !== null) this.#store.settle(entry)
      } catch (cause) {
        this.#deps.log.warn('object.child_postponed', describeError(cause))
      }
    }
  }

  /** Resolves when D1 holds the present version. */
  async #project(): Promise<void> {
    for (;;) {
      const session = this.#present()
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
    const calls = this.#store.callsAfter(projectedVersion).map(keptBy)
    const outcome = await this.#deps.sessionRows.project({ state, events, webhooks, calls })
    if (outcome === 'erased') return this.erase()
    const present = this.#present()
    if (present === null) return
    this.ctx.storage.transactionSync(() => {
      this.#store.markProjected(state.version, webhooks.at(-1)?.sequence ?? 0)
      this.#store.settle({ entry_key: 'project', payload: String(state.version) })
    })
    this.#loaded = { ...present, projectedVersion: state.version }
  }

  /** Works until nothing is due; one at a time. A debt made while another drain ends is not left to the alarm. */
  async #drain(): Promise<void> {
    do {
      this.#draining ??= this.#drainAll().finally(() => {
        this.#draining = null
      })
      await this.#draining
    } while (this.#isAnythingDue())
  }

  #isAnythingDue(): boolean {
    const session = this.#present()
    return session !== null && toDrain(this.#store.outbox(), this.#now(session)).length > 0
  }

  async #drainAll(): Promise<void> {
    for (;;) {
      const session = this.#present()
      if (session === null) return
      const now = this.#now(session)
      const due = toDrain(this.#store.outbox(), now)
      if (due.length === 0) break
      const outcome = await drainOutbox(due, now, {
        project: () => this.#project(),
        insertChild: (payload) => this.#deps.insertChild(this.#present()?.state ?? session.state, JSON.parse(payload)),
        tellParent: () => this.#deps.tellParent(this.#present()?.state ?? session.state),
        sendChecks: (jobs) => this.#deps.checkQueues.send(jobs),
        eraseFile: (docId) => this.#deps.documents.eraseFile({ session_id: session.state.session_id, doc_id: docId }),
      })
      for (const cause of outcome.causes) this.#deps.log.warn('object.debt_postponed', describeError(cause))
      if (this.#present() === null) return
      this.ctx.storage.transactionSync(() => {
        for (const entry of outcome.settled) this.#store.settle(entry)
        for (const { entry, dueAt } of outcome.postponed) this.#store.postpone(entry, dueAt)
      })
    }
    const session = this.#present()
    if (session !== null) this.ctx.storage.transactionSync(() => this.#setAlarm(session))
  }

  #mustBePresent(): LoadedSession {
    const session = this.#present()
    if (session === null) throw new Error('session object: not hydrated')
    return session
  }

  #now(session: LoadedSession): EpochMs {
    return this.#deps.clock.now(scopeOf(session))
  }

  #nextChange(waitMs: number): Promise<void> {
    return new Promise((resolve) => {
      const done = (): void => {
        clearTimeout(timer)
        this.#watchers.delete(done)
        resolve()
      }
      const timer = setTimeout(done, waitMs)
      this.#watchers.add(done)
    })
  }

  #wakeWatchers(): void {
    for (const wake of this.#watchers) wake()
  }
}

const scopeOf = ({ state }: LoadedSession): TenantScope => ({ tenantId: state.tenant_id, mode: state.mode })

/** The sealed secret stays here. */
const keptBy = ({ key_hash, fingerprint, call_id, at, version }: KeptCommand) => ({
  keyed: { key_hash, fingerprint, sealed: null, is_kept: true, is_replay: false },
  call_id,
  at,
  version,
})

const snapshotOf = ({ state, workflow, tenant }: LoadedSession): SessionSnapshot => ({ state, workflow, tenant })

/** An upload that was looked at and refused is a change that stays and an error that is told, each time it is asked. */
function answerOf(session: LoadedSession, command: SessionCommand): Result<SessionSnapshot, DomainError> {
  const rejected = command.type === 'confirm_upload' ? rejectionOf(session.state, command.doc_id) : null
  return rejected === null ? ok(snapshotOf(session)) : err(rejected)
}
