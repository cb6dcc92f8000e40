// What D1 holds was written by this service: JSON columns are read back as what they were written from.

import type { SQL } from 'drizzle-orm'
import { sql } from 'drizzle-orm'
import type { Permission } from '../../application/actor.ts'
import type { SessionRow, SessionSnapshot, Tenant, TenantSettings } from '../../application/ports.ts'
import type { ChainedEvent } from '../../domain/audit/chain.ts'
import { type Mode, MODES, type SessionState } from '../../domain/session/state.ts'
import type { WorkflowDefinition } from '../../domain/workflow/definition.ts'

/** A row of a raw statement. */
export type Row = Record<string, unknown>

export function textOf(row: Row, column: string): string {
  const value = row[column]
  if (typeof value !== 'string') throw new Error(`D1: ${column} is not text`)
  return value
}

export const textOrNull = (row: Row, column: string): string | null =>
  row[column] === null ? null : textOf(row, column)

export function modeOf(row: Row, column: string): Mode {
  const mode = MODES.find((one) => one === row[column])
  if (mode === undefined) throw new Error(`D1: ${column} is not a mode`)
  return mode
}

export function numberOf(row: Row, column: string): number {
  const value = row[column]
  if (typeof value !== 'number') throw new Error(`D1: ${column} is not a number`)
  return value
}

export const optional = <T>(row: Row, column: string, read: (row: Row, column: string) => T): T | null =>
  row[column] === null ? null : read(row, column)

export function oneOf<T extends string>(row: Row, column: string, known: readonly T[]): T {
  const text = textOf(row, column)
  const value = known.find((one) => one === text)
  if (value === undefined) throw new Error(`D1: ${column} holds what this version does not know`)
  return value
}

export const readState = (json: string): SessionState => JSON.parse(json)
export const readSessionRow = (json: string): SessionRow => JSON.parse(json)
export const readDefinition = (json: string): WorkflowDefinition => JSON.parse(json)
export const readPermissions = (json: string): Permission[] => JSON.parse(json)
const readSettings = (json: string): TenantSettings => JSON.parse(json)

export const readTenant = (row: Row): Tenant => ({
  tenant_id: textOf(row, 'tenant_id'),
  name: textOf(row, 'name'),
  settings: readSettings(textOf(row, 'settings')),
  created_at: numberOf(row, 'created_at'),
})

export const EVENT_COLUMNS = sql`sequence, at, type, payload, salt, link`
export const readEvent = (row: Row): ChainedEvent => ({
  sequence: numberOf(row, 'sequence'),
  at: numberOf(row, 'at'),
  type: textOf(row, 'type'),
  payload: textOf(row, 'payload'),
  salt: textOrNull(row, 'salt'),
  link: textOrNull(row, 'link'),
})

/** Last link of the trail that led to a version; `ss` is session_states. */
export const AUDIT_HEAD = sql`
  (SELECT e.link FROM session_events AS e WHERE e.session_id = ss.session_id AND e.sequence = ss.version)`

/** State, owner, workflow version and tenant in one row; `ss` is session_states. */
export const selectSnapshot = (condition: SQL): SQL => sql`
  SELECT ss.owner, ss.state, wv.definition, t.tenant_id, t.name, t.settings, t.created_at, ${AUDIT_HEAD} AS audit_head
  FROM session_states AS ss
  JOIN workflow_versions AS wv ON wv.workflow_id = ss.workflow_id AND wv.version = ss.workflow_version
  JOIN tenants AS t ON t.tenant_id = ss.tenant_id
  WHERE ${condition}`

export const readSnapshot = (row: Row): SessionSnapshot => ({
  state: readState(textOf(row, 'state')),
  workflow: readDefinition(textOf(row, 'definition')),
  tenant: readTenant(row),
})
