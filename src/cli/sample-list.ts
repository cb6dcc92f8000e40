import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { ROOT } from './wrangler.ts'

const FILE = join(ROOT, 'src/engines/screening/lists/sample/invented-entries.xml')

export type SampleServer = {
  /** `WATCHLISTS` of the local Worker: what was set, and the sample beside it. */
  variable: string
  close(): void
}

/** Publishes the sample on this machine alone, so that it comes in the way every list does. */
export async function serveSample(given: string | undefined): Promise<SampleServer> {
  if (given === 'off') return { variable: 'off', close: () => undefined }
  const server = createServer((_request, response) => response.end(readFileSync(FILE)))
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the sample list has no port')
  const sample = { main: `http://127.0.0.1:${address.port}/invented-entries.xml` }
  const lists: unknown = JSON.parse(given ?? '{}')
  return {
    variable: JSON.stringify({ ...(lists as object), sample }),
    close() {
      server.closeAllConnections()
      server.close()
    },
  }
}
