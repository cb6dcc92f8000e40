// The table `idempotency_keys`: the row of a call is written in the batch of its effect, and the effect hangs on the row
// being this call's own. Of two calls at once the second finds the first one's row, and nothing of it takes place.

import { type SQL, sql } from 'drizzle-orm'
import type { TenantScope } from '../../application/actor.ts'
import type { KeptBy, KeptCalls, KeptOutcome } from '../../application/ports.ts'
import type { DomainError } from '../../domain/errors.ts'
import { KEPT_CALL_MS } from '../../domain/idempotency.ts'
import { inScope, notErased, prepare } from './statement.ts'
import { type Row, textOf } from './stored.ts'

/** Without a version: what a refusal was about. */
export type KeptSubject = { id: string; version: number | null }

/** A row that is too old to count gives way. */
export const keepCall = (
  scope: TenantScope,
  { keyed, call_id, at }: KeptBy,
  outcome: { subject: KeptSubject | null; error: DomainError | null },
  condition: SQL,
): SQL => sql`
  INSERT INTO idempotency_keys
    (tenant_id, mode, key_hash, fingerprint, call_id, subject_id, subject_version, sealed, error, at)
  SELECT ${scope.tenantId}, ${scope.mode}, ${keyed.key_hash}, ${keyed.fingerprint}, ${call_id},
         ${outcome.subject?.id ?? null}, ${outcome.subject?.version ?? null}, ${keyed.sealed},
         ${outcome.error === null ? null : JSON.stringify(outcome.error)}, ${at}
  WHERE ${condition}
  ON CONFLICT (tenant_id, mode, key_hash) DO UPDATE SET
    fingerprint = excluded.fingerprint, call_id = excluded.call_id, subject_id = excluded.subject_id,
    subject_version = excluded.subject_version, sealed = excluded.sealed, error = excluded.error, at = excluded.at
  WHERE idempotency_keys.at <= ${at - KEPT_CALL_MS}`

/** `k` is idempotency_keys. */
export const isKept = (scope: TenantScope, { keyed, at }: KeptBy): SQL =>
  sql`${inScope(sql`k`, scope)} AND k.key_hash = ${keyed.key_hash} AND k.at > ${at - KEPT_CALL_MS}`

/** Holds in the batch of the call that the row belongs to. */
export const isOwnCall = (scope: TenantScope, by: KeptBy): SQL =>
  sql`EXISTS (SELECT 1 FROM idempotency_keys AS k WHERE ${isKept(scope, by)} AND k.call_id = ${by.call_id})`

export const selectKept = (scope: TenantScope, by: KeptBy): SQL =>
  sql`SELECT k.fingerprint, k.call_id, k.sealed, k.error FROM idempotency_keys AS k WHERE ${isKept(scope, by)}`

export const readKept = <T>(row: Row, made: T | null): KeptOutcome<T> => ({
  fingerprint: textOf(row, 'fingerprint'),
  sealed: typeof row['sealed'] === 'string' ? row['sealed'] : null,
  error: typeof row['error'] === 'string' ? JSON.parse(row['error']) : null,
  made,
})

export function createKeptCalls(db: D1Database): KeptCalls {
  return {
    async keepRefusal(scope, by, { error, session_id }) {
      const subject = session_id === null ? null : { id: session_id, version: null }
      const isKeepable = session_id === null ? sql`TRUE` : notErased(session_id)
      const [, kept] = await db.batch<Row>(
        [keepCall(scope, by, { subject, error }, isKeepable), selectKept(scope, by)].map((statement) =>
          prepare(db, statement),
        ),
      )
      const row = kept?.results[0]
      if (row === undefined) {
        return { fingerprint: by.keyed.fingerprint, sealed: null, error, made: null, is_new: true }
      }
      return { ...readKept(row, null), is_new: row['call_id'] === by.call_id }
    },

    async sweep(before, limit) {
      const swept = await prepare(
        db,
        sql`DELETE FROM idempotency_keys WHERE (tenant_id, mode, key_hash) IN (
              SELECT tenant_id, mode, key_hash FROM idempotency_keys WHERE at <= ${before} ORDER BY at LIMIT ${limit})`,
      ).run()
      return swept.meta.changes
    },
  }
}
