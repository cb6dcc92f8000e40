import { DurableObject } from 'cloudflare:workers'
import { SYSTEM_ACTOR } from '../../application/actor.ts'
import type {
  CheckJob,
  CopyOutcome,
  Envelope,
  Executed,
  Grant,
  SessionSnapshot,
  Trail,
  WantedJob,
} from '../../application/ports.ts'
import type { AttemptKind } from '../../domain/access/link-attempts.ts'
import { type AuditHead, chainEvents } from '../../domain/audit/chain.ts'
import type { DomainError } from '../../domain/errors.ts'
import { err, ok, type Result } from '../../domain/result.ts'
import { isCheckOwnerOpen } from '../../domain/session/check-owners.ts'
import type { SessionCommand } from '../../domain/session/commands.ts'
import { isExpiryDue } from '../../domain/session/deadlines.ts'
import { decide } from '../../domain/session/decide.ts'
import { jobInputs } from '../../domain/session/pending-jobs.ts'
import { record } from '../../domain/session/record.ts'
import { rejectionOf } from '../../domain/session/rejection.ts'
import type { EpochMs } from '../../domain/time.ts'
import { compose, type ObjectDeps } from '../compose.ts'
import { describeError } from '../log.ts'
import { Debts } from './debts.ts'
import { grantFits, notFound } from './grant.ts'
import { headOf, HeldSession, scopeOf, snapshotOf } from './held-session.ts'
import { keepOutcome, keyedCallOf, replayOf } from './kept-commands.ts'
import { admit, withinLimits } from './link-attempts.ts'
import { debtsOf, FIRST_RETRY_MS } from './outbox.ts'
import { SessionStore, type LoadedSession } from './store.ts'

/** While an alarm runs, the next one is already set this far ahead: an alarm that dies is not the last. */
const ALARM_SAFETY_MS = 60_000

/** A command as the transaction takes it: who may give it was settled before. */
type Asked = Omit<Envelope, 'grant' | 'awaits_projection'>

/**
 * One session's truth. A shell: load → decide → evolve → store, in one synchronous transaction, and everything the
 * world must learn of it as debts in the same transaction (docs/concurrency.md). Fields are caches that may vanish.
 */
export class SessionObject extends DurableObject<Env> {
  readonly #store: SessionStore
  readonly #deps: ObjectDeps
  readonly #held: HeldSession
  readonly #debts: Debts
  #hydrating: Promise<unknown> | null = null

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env)
    const { storage } = ctx
    this.#deps = compose(env).forObjects
    this.#store = new SessionStore(storage.sql)
    this.#held = new HeldSession(this.#store)
    const onErased = () => this.erase().then(() => {})
    this.#debts = new Debts({ storage, store: this.#store, held: this.#held, deps: this.#deps, onErased })
  }

  async execute(envelope: Envelope): Promise<Executed> {
    const isOpen = await this.#open(envelope.grant)
    // What was seen before the wait may be old: two copies of one command can wait for the same claim.
    const session = isOpen ? this.#held.present() : null
    if (session === null) return err(notFound(envelope.grant))
    if (session.recentCommands.includes(envelope.id)) return answerOf(session, envelope.command)
    const keyed = keyedCallOf(envelope)
    const replayed = keyed === undefined ? null : replayOf(this.#store, session, keyed, this.#now(session))
    if (replayed !== null) return replayed
    const outcome = this.#transact(envelope)
    if (envelope.awaits_projection) await this.#debts.projectOrLeaveOwed()
    this.ctx.waitUntil(this.#debts.drain())
    return keyed === undefined ? outcome : { ...outcome, kept: { sealed: keyed.sealed, is_replay: false } }
  }

  async read(grant: Grant): Promise<Result<SessionSnapshot, DomainError> | 'not_hydrated'> {
    const session = this.#held.present()
    if (session === null) return 'not_hydrated'
    if (!grantFits(grant, session.state)) return err(notFound(grant))
    if (this.#expireIfDue()) this.ctx.waitUntil(this.#debts.drain())
    return ok(snapshotOf(this.#held.present() ?? session))
  }

  /** Answers once the run or validation is over, or after `waitMs`. */
  async awaitChecks(grant: Grant, ownerId: string, waitMs: number): Promise<Result<SessionSnapshot, DomainError>> {
    const deadline = Date.now() + waitMs
    for (;;) {
      const session = this.#held.present()
      if (session === null || !grantFits(grant, session.state)) return err(notFound(grant))
      const leftMs = deadline - Date.now()
      if (!isCheckOwnerOpen(session.state, ownerId) || leftMs <= 0) return ok(snapshotOf(session))
      await this.#held.nextChange(leftMs)
    }
  }

  async events(
    grant: Grant,
    page: { after: number; limit: number },
  ): Promise<Result<Trail, DomainError> | 'not_hydrated'> {
    const session = this.#held.present()
    if (session === null) return 'not_hydrated'
    if (!grantFits(grant, session.state)) return err(notFound(grant))
    return ok({ events: this.#store.events(page.after, page.limit), head: headOf(session) })
  }

  /** Counts what is done outside of this object for the holder of its link. */
  async attempt(grant: Grant, kind: AttemptKind): Promise<Result<null, DomainError>> {
    const session = this.#held.present()
    if (session === null || !grantFits(grant, session.state)) return err(notFound(grant))
    const refusal = this.ctx.storage.transactionSync(() => admit(this.#store, session, this.#now(session), [kind]))
    return refusal === null ? ok(null) : err(refusal)
  }

  /** Null for a job that nobody waits for any more. */
  async jobInputs(job: CheckJob): Promise<WantedJob | null> {
    const session = this.#held.present()
    if (session === null) return null
    const inputs = jobInputs(session.state, session.workflow, job)
    return inputs === null ? null : { inputs, scope: scopeOf(session), client_id: session.state.client_id }
  }

  /** The last thing an object does; what is in flight finds it dead. What stays of the trail is its head. */
  async erase(): Promise<AuditHead | null> {
    const session = this.#held.present()
    this.#held.bury()
    await this.ctx.storage.deleteAlarm()
    await this.ctx.storage.deleteAll()
    this.#held.wakeWatchers()
    return session === null ? null : headOf(session)
  }

  async project(): Promise<void> {
    return this.#debts.projectAnew()
  }

  async projectIfBehind(seenInD1: number): Promise<CopyOutcome> {
    return this.#debts.catchUp(seenInD1)
  }

  /** That objects can be reached at all; touches no storage. */
  async ping(): Promise<void> {}

  /** Re-arms first and never throws: six automatic retries are not enough for an hour without D1. */
  override async alarm(): Promise<void> {
    try {
      if (this.#held.present() === null) return
      await this.ctx.storage.setAlarm(Date.now() + ALARM_SAFETY_MS)
      this.#expireIfDue()
      for (const type of ['sweep_uploads', 'close_overdue_runs'] as const) this.#transactAsSystem({ type })
      await this.#debts.drain()
    } catch (cause) {
      this.#deps.log.error('object.alarm_failed', describeError(cause))
    }
  }

  /** Present and open to this grant; the first write takes the session over from D1. */
  async #open(grant: Grant): Promise<boolean> {
    while (this.#held.present() === null && !this.#held.isErased && grant.by !== 'system') {
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
    const session = this.#held.present()
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
    if (claimed === null || this.#held.isErased) return false
    if (this.#held.present() !== null) return true
    const { events, ...session } = claimed
    this.#held.hold(this.ctx.storage.transactionSync(() => this.#store.hydrate(session, events)))
    return true
  }

  /** The command's own outcome; a session past its time expires first, in the same transaction. */
  #transact(envelope: Envelope): Result<SessionSnapshot, DomainError> {
    const { loaded, outcome } = this.ctx.storage.transactionSync(() => {
      const session = this.#expired(this.#held.mustBePresent())
      const now = this.#now(session)
      const decide = () => this.#decideAndStore(session, envelope)
      const decided = withinLimits(this.#store, envelope, session, now, decide)
      keepOutcome(this.#store, envelope, decided, now)
      return { loaded: decided.ok ? decided.value : session, outcome: decided }
    })
    this.#held.hold(loaded)
    this.#held.wakeWatchers()
    return outcome.ok ? answerOf(loaded, envelope.command) : outcome
  }

  #expireIfDue(): boolean {
    const session = this.#held.present()
    if (session === null) return false
    const after = this.ctx.storage.transactionSync(() => this.#expired(session))
    if (after === session) return false
    this.#held.hold(after)
    this.#held.wakeWatchers()
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

  #asSystem(command: SessionCommand): Asked {
    return { command, actor: SYSTEM_ACTOR, request_id: null, id: this.#deps.ids.short(), expected_version: null }
  }

  /** Call inside `transactionSync`. */
  #decideAndStore(session: LoadedSession, asked: Asked): Result<LoadedSession, DomainError> {
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
    const chain = { sessionId: state.session_id, head: session.auditHead }
    const events = chainEvents(chain, change.recorded, this.#deps.newSalt)
    const stored = this.#store.commit(session, { ...change, events, commandId: id })
    const { owed, ended } = debtsOf(state, change.state, change.recorded)
    for (const debt of ended) this.#store.settle(debt)
    for (const debt of owed) this.#store.owe({ ...debt, due_at: now + FIRST_RETRY_MS })
    this.#debts.setAlarm(stored)
    return ok(stored)
  }

  #now(session: LoadedSession): EpochMs {
    return this.#deps.clock.now(scopeOf(session))
  }
}

/** An upload that was looked at and refused is a change that stays and an error that is told, each time it is asked. */
function answerOf(session: LoadedSession, command: SessionCommand): Result<SessionSnapshot, DomainError> {
  const rejected = command.type === 'confirm_upload' ? rejectionOf(session.state, command.doc_id) : null
  return rejected === null ? ok(snapshotOf(session)) : err(rejected)
}
