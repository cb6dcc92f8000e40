// What `audit:verify` reads: the answers of GET …/audit and GET /kyc/audit/access-log as they came, or their `data` alone.

import { z } from 'zod'
import type { AuditHead, ChainedEvent } from '../domain/audit/chain.ts'
import type { AccessRecord, AccessSeal } from '../domain/audit/seal.ts'

const instant = z.iso.datetime().transform((text) => Date.parse(text))

const TrailPage = z.object({
  session_id: z.string(),
  erased_at: z.string().nullable(),
  head: z.object({ length: z.number(), link: z.string().nullable() }),
  events: z.array(
    z.object({
      sequence: z.number(),
      at: instant,
      type: z.string(),
      payload: z.string(),
      salt: z.string().nullable(),
      link: z.string().nullable(),
    }),
  ),
})

const LogPage = z.object({
  tenant_id: z.string(),
  mode: z.enum(['live', 'test']),
  day: z.string(),
  seals: z.array(
    z.object({
      number: z.number().int().positive(),
      day: z.iso.date(),
      after_id: z.number().int().nonnegative(),
      last_id: z.number().int().nonnegative(),
      lines: z.number(),
      previous: z.string().regex(/^[0-9a-f]{64}$/),
      hash: z.string(),
    }),
  ),
  lines: z.array(
    z
      .object({
        id: z.number().int().nonnegative(),
        at: instant,
        actor: z.object({ type: z.string(), id: z.string() }),
        request_id: z.string(),
        operation: z.string(),
        session_id: z.string().nullable(),
      })
      .transform(({ id, at, actor, request_id, operation, session_id }): AccessRecord => {
        return { id, at, actor_type: actor.type, actor_id: actor.id, request_id, operation, session_id }
      }),
  ),
})

export type Trail = { sessionId: string; isErased: boolean; events: ChainedEvent[]; heads: AuditHead[] }
export type Log = { tenantId: string; mode: 'live' | 'test'; seals: AccessSeal[]; lines: AccessRecord[] }
export type Exported = { trails: Trail[]; logs: Log[] }

/** Pages of one session, or of one tenant's log, are put together, whatever files they are in. Throws for anything else. */
export function readExports(files: readonly { name: string; text: string }[]): Exported {
  const trails = new Map<string, Trail>()
  const logs = new Map<string, Log>()
  for (const { name, text } of files) {
    for (const page of pagesIn(name, text)) {
      const trail = TrailPage.safeParse(page)
      const log = LogPage.safeParse(page)
      if (trail.success) addTrail(trails, trail.data)
      else if (log.success) addLog(logs, log.data)
      else throw new Error(`${name}: neither an audit trail nor an access log`)
    }
  }
  for (const { events } of trails.values()) sortOnce(events, ({ sequence }) => sequence)
  for (const { lines, seals } of logs.values()) {
    sortOnce(lines, ({ id }) => id)
    sortOnce(seals, ({ number }) => number)
  }
  return { trails: [...trails.values()], logs: [...logs.values()] }
}

/** A page, an answer around a page, or a list of either. */
function pagesIn(name: string, text: string): unknown[] {
  let content: unknown
  try {
    content = JSON.parse(text)
  } catch {
    throw new Error(`${name}: not JSON`)
  }
  return (Array.isArray(content) ? content : [content]).map((one: unknown) =>
    typeof one === 'object' && one !== null && 'data' in one ? one.data : one,
  )
}

function addTrail(trails: Map<string, Trail>, page: z.infer<typeof TrailPage>): void {
  const sessionId = page.session_id
  const trail = trails.get(sessionId) ?? { sessionId, isErased: false, events: [], heads: [] }
  trails.set(sessionId, trail)
  trail.isErased ||= page.erased_at !== null
  trail.events.push(...page.events)
  trail.heads.push(page.head)
}

function addLog(logs: Map<string, Log>, page: z.infer<typeof LogPage>): void {
  const { tenant_id, mode } = page
  const log = logs.get(`${tenant_id} ${mode}`) ?? { tenantId: tenant_id, mode, seals: [], lines: [] }
  logs.set(`${tenant_id} ${mode}`, log)
  log.seals.push(...page.seals)
  log.lines.push(...page.lines)
}

/** In order; what is there twice, word for word, is there once. */
function sortOnce<T>(items: T[], place: (item: T) => number): void {
  const once = new Map(items.map((item) => [JSON.stringify(item), item]))
  items.splice(0, items.length, ...[...once.values()].sort((left, right) => place(left) - place(right)))
}
