import type { Probe } from '../application/ports.ts'
import { stubOf } from './session-object/session-objects.ts'

/** Never a session's id: those are UUIDs. Nothing is stored under it, in R2 or in the object. */
const NOBODY = 'health'

export function createProbes(env: Env): Probe[] {
  return [
    { component: 'database', ask: async () => void (await env.DB.prepare('SELECT 1').first()) },
    { component: 'documents', ask: async () => void (await env.DOCUMENTS.head(NOBODY)) },
    { component: 'session_objects', ask: () => stubOf(env.SESSIONS, NOBODY).ping() },
    { component: 'assets', ask: () => askAssets(env.ASSETS) },
    { component: 'queue_light', ask: 'configured' },
    { component: 'queue_reader', ask: 'configured' },
    { component: 'queue_faces', ask: 'configured' },
    { component: 'queue_screening', ask: 'configured' },
    { component: 'queue_watchlists', ask: 'configured' },
  ]
}

async function askAssets(assets: Fetcher): Promise<void> {
  const response = await assets.fetch('https://assets.invalid/robots.txt')
  await response.body?.cancel()
  if (!response.ok) throw new Error(`assets: ${response.status}`)
}
