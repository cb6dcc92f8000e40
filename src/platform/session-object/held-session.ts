import type { TenantScope } from '../../application/actor.ts'
import type { SessionSnapshot } from '../../application/ports.ts'
import type { AuditHead } from '../../domain/audit/chain.ts'
import type { LoadedSession, SessionStore } from './store.ts'

/** The session as this instance holds it: a cache of storage that may vanish, and that is dead for good once erased. */
export class HeldSession {
  readonly #store: SessionStore
  readonly #watchers = new Set<() => void>()
  #loaded: LoadedSession | null = null
  #isErased = false

  constructor(store: SessionStore) {
    this.#store = store
  }

  get isErased(): boolean {
    return this.#isErased
  }

  /** Null when nothing was ever written here, or when it is erased. */
  present(): LoadedSession | null {
    if (this.#isErased) return null
    this.#loaded ??= this.#store.load()
    return this.#loaded
  }

  mustBePresent(): LoadedSession {
    const session = this.present()
    if (session === null) throw new Error('session object: not hydrated')
    return session
  }

  /** After the commit that made it. */
  hold(loaded: LoadedSession): void {
    this.#loaded = loaded
  }

  /** From here on every method finds no session. */
  bury(): void {
    this.#isErased = true
    this.#loaded = null
  }

  wakeWatchers(): void {
    for (const wake of this.#watchers) wake()
  }

  /** Resolves at the next commit, or after `waitMs`. */
  nextChange(waitMs: number): Promise<void> {
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
}

export const scopeOf = ({ state }: LoadedSession): TenantScope => ({ tenantId: state.tenant_id, mode: state.mode })

export const headOf = ({ state, auditHead }: LoadedSession): AuditHead => ({ length: state.version, link: auditHead })

export const snapshotOf = ({ state, workflow, tenant }: LoadedSession): SessionSnapshot => ({ state, workflow, tenant })
