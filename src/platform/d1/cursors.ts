import { eq } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/d1'
import type { CursorPosition, Cursors } from '../../application/ports.ts'
import { cursors } from './schema.ts'

export function createCursors(db: D1Database): Cursors {
  const orm = drizzle(db)
  return {
    async read(name) {
      const [row] = await orm.select().from(cursors).where(eq(cursors.name, name))
      return row === undefined ? null : readPosition(row.position)
    },
    async move(name, to) {
      const position = JSON.stringify(to)
      await orm
        .insert(cursors)
        .values({ name, position })
        .onConflictDoUpdate({ target: cursors.name, set: { position } })
    },
  }
}

/** An operator may have written it by hand. */
function readPosition(json: string): CursorPosition | null {
  try {
    const { after, due_at }: { after?: unknown; due_at?: unknown } = JSON.parse(json)
    return typeof after === 'string' && typeof due_at === 'number' ? { after, due_at } : null
  } catch {
    return null
  }
}
