// What D1 holds was written by this service: JSON columns are read back as what they were written from.

import type { SQL } from 'drizzle-orm'
import { sql } from 'drizzle-orm'
import type { Permission } from '../../application/actor.ts'
import type { SessionRow, SessionSnapshot, Tenant, TenantSettings } from '../../application/ports.ts'
import type { RecordedEvent } from '../../domain/session/events.ts'
import type { SessionState } from '../../domain/session/state.ts'
import type { WorkflowDefinition } from '../../domain/workflow/definition.ts'

/** A row of a raw statement. */
export type Row = Record<string, unknown>

export function textOf(row: Row, column: string): string {
  const value = row[column]
  if (typeof value !== 'string') throw new Error(`D1: ${column} is not text`)
  return value
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
export const readEvent = (json: string): RecordedEvent => JSON.parse(json)
export const readDefinition = (json: string): WorkflowDefinition => JSON.parse(json)
export const readPermissions = (json: string): Permission[] => JSON.parse(json)
const readSettings = (json: string): TenantSettings => JSON.parse(json)

export const readTenant = (row: Row): Tenant => ({
  tenant_id: textOf(row, 'tenant_id'),
  name: textOf(row, 'name'),
  settings: readSettings(textOf(row, 'settings')),
  created_at: numberOf(row, 'created_at'),
})

/** State, owner, workflow version and tenant in one row; `ss` is session_states. */
export const selectSnapshot = (condition: SQL): SQL => sql`
  SELECT ss.owner, ss.state, wv.definition, t.tenant_id, t.name, t.settings, t.created_at
  FROM session_states AS ss
  JOIN workflow_versions AS wv ON wv.workflow_id = ss.workflow_id AND wv.version = ss.workflow_version
  JOIN tenants AS t ON t.tenant_id = ss.tenant_id
  WHERE ${condition}`

export const readSnapshot = (row: Row): SessionSnapshot => ({
  state: readState(textOf(row, 'state')),
  workflow: readDefinition(textOf(row, 'definition')),
  tenant: readTenant(row),
})
