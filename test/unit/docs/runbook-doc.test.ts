import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { migratedDatabase } from '../../support/migrated-database.ts'

const page = readFileSync('docs/runbook.md', 'utf8')
/** What the page hands to its `d1`. */
const statements = [...page.matchAll(/^ *d1 "([^"]+)"/gm)].map(([, sql = '']) => sql)
/** Log events that the page tells an operator to look for. */
const events = [...page.matchAll(/(?:`|--search )((?:check|cron|object|reconcile|erasure|health)\.[a-z_]+)/g)].map(
  ([, event = '']) => event,
)

describe('docs/runbook.md', () => {
  it.each(statements)('has SQL that the tables of D1 take: %s', (sql) => {
    const db = migratedDatabase()
    for (const one of sql.split(';').filter((part) => part.trim() !== '')) expect(() => db.prepare(one)).not.toThrow()
  })

  it('has statements and events at all', () => {
    expect(statements.length).toBeGreaterThan(5)
    expect(events.length).toBeGreaterThan(5)
  })

  it('speaks of events that the code logs', () => {
    const sources = readdirSync('src', { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts'))
      .map((name) => readFileSync(`src/${name}`, 'utf8'))
      .join('\n')
    expect([...new Set(events)].filter((event) => !sources.includes(`'${event}'`))).toEqual([])
  })
})
