import { type SQL, sql } from 'drizzle-orm'
import type { TenantScope } from '../../application/actor.ts'
import type { Channels, NotificationChannels } from '../../application/ports.ts'
import type { EpochMs } from '../../domain/time.ts'
import { isOwnCall, keepCall, readKept, selectKept } from './kept-calls.ts'
import { inScope, prepare } from './statement.ts'
import { numberOf, optional, type Row, textOf } from './stored.ts'
import { cancelAllPending } from './write-deliveries.ts'

const COLUMNS = sql`webhook_url, secret, secret_hint, previous_secret, previous_until, gone_at, emails, slack_url, slack_hint, batch, version`
const SUBJECT = 'notification-channels'

const NEVER_SET: NotificationChannels = {
  webhook_url: null,
  secret: null,
  secret_hint: null,
  previous_secret: null,
  previous_until: null,
  gone_at: null,
  emails: [],
  slack_url: null,
  slack_hint: null,
  batch: false,
  version: 0,
}

export function createChannels(db: D1Database): Channels {
  return {
    async find(scope) {
      const found = await prepare(
        db,
        sql`SELECT ${COLUMNS} FROM notification_channels AS c WHERE ${inScope(sql`c`, scope)}`,
      ).first<Row>()
      return found === null ? NEVER_SET : readChannels(found)
    },

    async save(scope, next, now) {
      const [saved] = await db.batch(
        [upsert(scope, next, now, sql`TRUE`), ...stopWhenOff(scope, next)].map((statement) => prepare(db, statement)),
      )
      return (saved?.meta.changes ?? 0) > 0
    },

    async saveKeyed(scope, next, now, by) {
      const fits = sql`coalesce((SELECT c.version FROM notification_channels AS c WHERE ${inScope(sql`c`, scope)}), 0) = ${next.version - 1}`
      const answers = await db.batch<Row>(
        [
          keepCall(scope, by, { subject: { id: SUBJECT, version: next.version }, error: null }, fits),
          upsert(scope, next, now, isOwnCall(scope, by)),
          selectKept(scope, by),
        ].map((statement) => prepare(db, statement)),
      )
      const kept = answers.at(-1)?.results[0]
      if (kept === undefined) return 'conflict'
      return kept['call_id'] === by.call_id ? 'saved' : readKept(kept, null)
    },
  }
}

/** Over the version before it alone. What an endpoint's time-outs were is forgotten with a change. */
const upsert = (scope: TenantScope, next: NotificationChannels, now: EpochMs, condition: SQL): SQL => sql`
  INSERT INTO notification_channels (tenant_id, mode, ${COLUMNS}, time_outs, probe_until, updated_at)
  SELECT ${scope.tenantId}, ${scope.mode}, ${next.webhook_url}, ${next.secret}, ${next.secret_hint}, ${next.previous_secret},
         ${next.previous_until}, ${next.gone_at}, ${JSON.stringify(next.emails)}, ${next.slack_url}, ${next.slack_hint},
         ${next.batch ? 1 : 0}, ${next.version}, 0, 0, ${now}
  WHERE ${condition}
  ON CONFLICT (tenant_id, mode) DO UPDATE SET
    webhook_url = excluded.webhook_url, secret = excluded.secret, secret_hint = excluded.secret_hint,
    previous_secret = excluded.previous_secret, previous_until = excluded.previous_until, gone_at = excluded.gone_at,
    emails = excluded.emails, slack_url = excluded.slack_url, slack_hint = excluded.slack_hint, batch = excluded.batch,
    version = excluded.version, time_outs = 0, probe_until = 0, updated_at = excluded.updated_at
  WHERE notification_channels.version = ${next.version - 1}`

const stopWhenOff = (scope: TenantScope, next: NotificationChannels): SQL[] =>
  next.webhook_url === null
    ? [
        cancelAllPending(
          scope,
          sql`EXISTS (SELECT 1 FROM notification_channels AS c WHERE ${inScope(sql`c`, scope)} AND c.webhook_url IS NULL)`,
        ),
      ]
    : []

const readChannels = (row: Row): NotificationChannels => ({
  webhook_url: optional(row, 'webhook_url', textOf),
  secret: optional(row, 'secret', textOf),
  secret_hint: optional(row, 'secret_hint', textOf),
  previous_secret: optional(row, 'previous_secret', textOf),
  previous_until: optional(row, 'previous_until', numberOf),
  gone_at: optional(row, 'gone_at', numberOf),
  emails: JSON.parse(textOf(row, 'emails')),
  slack_url: optional(row, 'slack_url', textOf),
  slack_hint: optional(row, 'slack_hint', textOf),
  batch: row['batch'] === 1,
  version: numberOf(row, 'version'),
})
