import { readFileSync } from 'node:fs'
import { is } from 'drizzle-orm'
import { getTableConfig, SQLiteTable } from 'drizzle-orm/sqlite-core'
import { describe, expect, it } from 'vitest'
import * as schema from '../../../src/platform/d1/schema.ts'
import { OBJECT_MIGRATIONS } from '../../../src/platform/session-object/migrations.ts'

const doc = readFileSync('docs/storage.md', 'utf8')
const wrangler = readFileSync('wrangler.toml', 'utf8')
const config = readFileSync('src/config.ts', 'utf8')

type Tables = Record<string, string[]>

/** `### \`name\`` or `### object \`name\``, then a table whose first cells name the columns. */
function documentedTables(prefix: '' | 'object '): Tables {
  const tables: Tables = {}
  for (const section of doc.split(/^#{2,3} /m).slice(1)) {
    const name = new RegExp(`^${prefix}\`(\\w+)\`\\n`).exec(section)?.[1]
    if (name !== undefined) tables[name] = [...section.matchAll(/^\| `(\w+)` \|/gm)].map(([, column = '']) => column)
  }
  return tables
}

function objectTables(): Tables {
  const tables: Tables = { object_migrations: ['position', 'name', 'hash'] }
  for (const { sql } of OBJECT_MIGRATIONS) {
    for (const [, name = '', body = ''] of sql.matchAll(/CREATE TABLE (\w+) \(([\s\S]*?)\);/g)) {
      tables[name] = body.split(/,(?![^(]*\))/).map((column) => column.trim().split(/\s/)[0] ?? '')
    }
    for (const [, name = '', column = ''] of sql.matchAll(/ALTER TABLE (\w+) ADD COLUMN (\w+)/g)) {
      tables[name]?.push(column)
    }
  }
  return tables
}

const d1Tables = (): Tables =>
  Object.fromEntries(
    Object.values(schema)
      .filter((value) => is(value, SQLiteTable))
      .map((table) => getTableConfig(table))
      .map(({ name, columns }) => [name, columns.map((column) => column.name)]),
  )

const matchesOf = (text: string, pattern: RegExp): string[] =>
  [...new Set([...text.matchAll(pattern)].map(([, name = '']) => name))].toSorted()

describe('docs/storage.md', () => {
  it('names every table of D1 with all its columns, in their order, and no other', () => {
    expect(documentedTables('')).toEqual(d1Tables())
  })

  it('names every table of the session object with all its columns, and no other', () => {
    expect(documentedTables('object ')).toEqual(objectTables())
  })

  it('names every queue of wrangler.toml, dead-letter queues too', () => {
    const queues = matchesOf(wrangler, /^(?:queue|dead_letter_queue) = "([^"]+)"/gm)
    expect(matchesOf(doc, /^\| `(kyc-(?:checks|webhooks|watchlists)[\w-]*)` \|/gm)).toEqual(queues)
  })

  it('names every variable and secret that src/config.ts reads', () => {
    const read = matchesOf(config, /^ {2}([A-Z][A-Z0-9_]+): (?:z\.|perMinute\()/gm)
    expect(read.length).toBeGreaterThan(0)
    expect(matchesOf(doc, /^\| `([A-Z][A-Z0-9_]+)` \| (?:secret|variable)/gm)).toEqual(read)
  })
})
