import type { EpochMs } from '../../domain/time.ts'
import type { TenantScope } from '../actor.ts'

/** The only source of time. A test tenant may have a clock of its own. */
export interface Clock {
  now(scope: TenantScope): EpochMs
  /** For work that spans tenants: sweeps, leases, the saga of deletion. */
  system(): EpochMs
}

export interface Ids {
  /** UUIDv7. */
  uuid(): string
  /** A UUIDv7 as 26 lower-case Crockford base32 characters, without a prefix. */
  short(): string
}

/** Fields that a log line may hold; nothing personal has a name here. */
export type LogFields = Partial<
  Record<
    | 'request_id'
    | 'tenant_id'
    | 'session_id'
    | 'workflow_id'
    | 'doc_id'
    | 'operation'
    | 'route'
    | 'code'
    | 'status'
    | 'check'
    | 'queue'
    | 'attempt'
    | 'count'
    | 'duration_ms'
    | 'phase'
    | 'kind'
    | 'error_name'
    | 'error_stack',
    string | number | boolean | null
  >
>
export interface Log {
  info(event: string, fields?: LogFields): void
  warn(event: string, fields?: LogFields): void
  error(event: string, fields?: LogFields): void
}
