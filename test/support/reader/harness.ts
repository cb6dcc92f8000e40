import { resolve } from 'node:path'
import { createTestHarness } from 'wrangler'
import { ensureModels } from '../../../src/cli/models.ts'
import type { ReadJob } from '../../../src/engines/extraction/read-document.ts'
import type { ReadAnswer } from '../../../src/engines/extraction/reader.ts'

// The production build of the reader and of its PDF engine in local workerd, called by service binding.

const ROOT = resolve(import.meta.dirname, '../../..')

export type ReaderHarness = {
  read(job: Partial<ReadJob>, bytes: Uint8Array): Promise<ReadAnswer>
  /** What answers a request to the Worker itself. */
  front(path: string): Promise<number>
  stop(): Promise<void>
}

export const TODAY = '2026-11-23'

export async function startReader(): Promise<ReaderHarness> {
  process.env['WRANGLER_SEND_METRICS'] = 'false'
  process.env['CLOUDFLARE_CF_FETCH_ENABLED'] = 'false'
  ensureModels()
  const server = createTestHarness({
    workers: ['test/support/reader/driver.toml', 'src/workers/reader.toml', 'src/workers/pdf.toml'].map((path) => ({
      configPath: resolve(ROOT, path),
    })),
  })
  await server.listen()
  return {
    read: async (some, bytes) => {
      const job: ReadJob = { doc_id: 'doc_1', document_type: 'passport', side: null, today: TODAY, ...some }
      const answer = await server.fetch('/read', {
        method: 'POST',
        headers: { 'x-job': JSON.stringify(job) },
        body: bytes.slice(),
      })
      const text = await answer.text()
      if (answer.status !== 200) throw new Error(`the reader threw: ${text}`)
      const read: ReadAnswer = JSON.parse(text)
      return read
    },
    front: async (path) => (await server.fetch(path)).status,
    stop: () => server.close(),
  }
}
