import { objectsIn, textIn } from './api-client.ts'
import type { ApiClient, JsonObject } from './api-client.ts'
import { pause } from './dev-server.ts'

const POLL_MS = 2_000
const PATIENCE_MS = 5 * 60_000
const SAMPLE = 'sample'

type Row = JsonObject

/** Says once how the first tries at the lists ended; goes on quietly when the server goes. */
export async function reportLists(api: ApiClient, since: number, log: (line: string) => void): Promise<void> {
  try {
    for (const limit = since + PATIENCE_MS; Date.now() < limit; await pause(POLL_MS)) {
      const rows = objectsIn((await api.data('GET', '/kyc/watchlists/lists'))['lists'])
      if (rows.length === 0) return
      if (rows.every(isSettled)) {
        for (const line of sayHow(rows)) log(line)
        return
      }
    }
    log('Watchlists: still loading; GET /kyc/watchlists/lists tells how far it is.')
  } catch {
    // The server was stopped meanwhile.
  }
}

/** In the index, left out of it because a real list is there, or failed. */
const isSettled = (row: Row, _index: number, rows: Row[]): boolean =>
  isLoaded(row) || row['last_error'] !== null || (isSample(row) && rows.some((one) => !isSample(one) && isLoaded(one)))

const isLoaded = (row: Row): boolean => row['version'] !== null
const isSample = (row: Row): boolean => row['id'] === SAMPLE

export function sayHow(rows: Row[]): string[] {
  const real = rows.filter((row) => !isSample(row))
  const loaded = real.filter(isLoaded)
  const failures = real
    .filter((row) => row['last_error'] !== null)
    .map((row) => `  ${textIn(row, 'id').padEnd(14)} ${textIn(row, 'last_error')}`)
  if (loaded.length === 0) {
    return [
      'Watchlists: none of the official lists could be loaded. A small SAMPLE OF INVENTED ENTRIES stands in for them:',
      'nobody is screened, and every answer says `stale`. The lists are tried again by themselves.',
      ...failures,
    ]
  }
  const entries = loaded.reduce((sum, row) => sum + Number(row['entries']), 0)
  return [
    `Watchlists: ${loaded.length} of ${real.length} lists are loaded, ${entries} entries: ${loaded.map((row) => textIn(row, 'id')).join(', ')}`,
    ...failures,
  ]
}
