// Looks for words that a test has planted, everywhere this service keeps anything: each column of D1, each file of R2 with
// its name, each table of each session object, what was handed to queues, what was logged.

import { listDurableObjectIds, runInDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { onTestFinished, vi } from 'vitest'
import { tablesOfD1 } from './d1-backup.ts'
import { recorder } from './instrument.ts'

/** A word that nothing else holds. Letters and digits only, so that every field takes it and no encoding changes it. */
export const canary = (name: string): string => `Zq7canary${name.replaceAll('_', '')}`

export type Found = { place: string; word: string }

export type Places = { words: readonly string[]; logged?: readonly string[] }

/** Any case: search columns hold lower-case copies. Sorted, each place and word once. */
export async function findEverywhere({ words, logged = [] }: Places): Promise<Found[]> {
  const found = new Map<string, Found>()
  const look = (place: string, text: string): void => {
    const lower = text.toLowerCase()
    for (const word of words) {
      if (lower.includes(word.toLowerCase())) found.set(`${place} ${word}`, { place, word })
    }
  }
  for (const table of await tablesOfD1()) {
    const { results } = await env.DB.prepare(`SELECT * FROM ${table}`).all()
    lookInRows(look, `D1 ${table}`, results)
  }
  for await (const { key, text } of filesOfR2()) look(`R2 ${key}`, text)
  for (const id of await listDurableObjectIds(env.SESSIONS)) {
    await runInDurableObject(env.SESSIONS.get(id), async (_object, state) => lookInObject(look, state))
  }
  for (const message of recorder.queued) look('queue', JSON.stringify(message))
  for (const line of logged) look('log', line)
  return [...found.keys()].toSorted().flatMap((key) => found.get(key) ?? [])
}

type Look = (place: string, text: string) => void

function lookInRows(look: Look, place: string, rows: readonly Record<string, unknown>[]): void {
  for (const row of rows) {
    for (const [column, value] of Object.entries(row)) look(`${place}.${column}`, textOf(value))
  }
}

async function lookInObject(look: Look, { storage }: DurableObjectState): Promise<void> {
  const tables = storage.sql
    .exec<{ name: string }>(`SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT GLOB '_cf_*'`)
    .toArray()
  for (const { name } of tables) lookInRows(look, `object ${name}`, storage.sql.exec(`SELECT * FROM ${name}`).toArray())
  for (const [key, value] of await storage.list()) look('object storage', `${key} ${JSON.stringify(value)}`)
}

async function* filesOfR2(): AsyncGenerator<{ key: string; text: string }> {
  let cursor: string | undefined
  do {
    const page = await env.DOCUMENTS.list({
      include: ['httpMetadata', 'customMetadata'],
      ...(cursor === undefined ? {} : { cursor }),
    })
    for (const { key, httpMetadata, customMetadata } of page.objects) {
      const file = await env.DOCUMENTS.get(key)
      const bytes = file === null ? new ArrayBuffer() : await file.arrayBuffer()
      yield { key, text: `${key} ${textOf(bytes)} ${JSON.stringify([httpMetadata, customMetadata])}` }
    }
    cursor = page.truncated ? page.cursor : undefined
  } while (cursor !== undefined)
}

/** Bytes as Latin-1: a word of ASCII reads the same whatever is around it. */
function textOf(value: unknown): string {
  if (value instanceof ArrayBuffer) return new TextDecoder('latin1').decode(value)
  return typeof value === 'string' ? value : JSON.stringify(value)
}

const LEVELS = ['log', 'info', 'warn', 'error', 'debug'] as const

/** What is logged from here to the end of the test, by the Worker and by objects. */
export function listenToLogs(): readonly string[] {
  const lines: string[] = []
  for (const level of LEVELS) {
    const spy = vi.spyOn(console, level).mockImplementation((...args: unknown[]) => {
      lines.push(args.map((arg) => (arg instanceof Error ? `${arg.stack}` : String(arg))).join(' '))
    })
    onTestFinished(() => spy.mockRestore())
  }
  return lines
}
