// A copy of all that D1 holds, and the way back to it, as a restore to an earlier minute does it.

import { env } from 'cloudflare:workers'

type Value = string | number | null
export type D1Backup = Map<string, Record<string, Value>[]>

/** All tables of ours; the platform's own are left out. */
export async function tablesOfD1(): Promise<string[]> {
  const { results } = await env.DB.prepare(
    `SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT GLOB 'sqlite_*' AND name NOT GLOB '_cf_*'
       AND name <> 'd1_migrations' ORDER BY name`,
  ).all<{ name: string }>()
  return results.map(({ name }) => name)
}

export async function backUpD1(): Promise<D1Backup> {
  const backup: D1Backup = new Map()
  for (const table of [...(await tablesOfD1()), 'sqlite_sequence']) {
    const { results } = await env.DB.prepare(`SELECT * FROM ${table}`).all<Record<string, Value>>()
    backup.set(table, results)
  }
  return backup
}

export async function restoreD1(backup: D1Backup): Promise<void> {
  const statements = [...backup].flatMap(([table, rows]) => [
    env.DB.prepare(`DELETE FROM ${table}`),
    ...rows.map((row) => {
      const columns = Object.keys(row)
      const marks = columns.map(() => '?').join(', ')
      return env.DB.prepare(`INSERT INTO ${table} (${columns.join(', ')}) VALUES (${marks})`).bind(
        ...Object.values(row),
      )
    }),
  ])
  await env.DB.batch(statements)
}
