import type { ScreeningSubject } from '../../src/domain/screening/screening.ts'
import type { ListedEntity } from '../../src/engines/screening/entity.ts'
import { createIndexBuilder } from '../../src/engines/screening/index/build-index.ts'
import { openIndex } from '../../src/engines/screening/open-watchlist-index.ts'
import type { WatchlistIndex } from '../../src/engines/screening/watchlist-index.ts'

// Holds an index as the Worker `screening` does, and builds one as the Worker `lists` does, behind plain HTTP.

let index: WatchlistIndex | null = null

/** The clock of workerd goes in milliseconds. */
const ROUNDS = 20
const OPTIONS = { lists: [], threshold: 0.85, limit: 20, misses: 0 }

async function build(body: ReadableStream<Uint8Array>): Promise<Uint8Array<ArrayBuffer>> {
  const builder = createIndexBuilder()
  builder.list({ id: 'bench', version: '1', published_on: null })
  let rest = ''
  for await (const text of body.pipeThrough(new TextDecoderStream())) {
    const lines = (rest + text).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) builder.add(JSON.parse(line) as ListedEntity)
  }
  return builder.finish()
}

export default {
  async fetch(request: Request): Promise<Response> {
    const { pathname } = new URL(request.url)
    if (request.body === null) return new Response('a body is needed', { status: 400 })
    if (pathname === '/build') return new Response(await build(request.body))
    if (pathname === '/load') {
      index = null
      const bytes = await request.arrayBuffer()
      const before = performance.now()
      index = openIndex(bytes)
      return Response.json({ milliseconds: performance.now() - before })
    }
    const subjects = await request.json<ScreeningSubject[]>()
    let hits = 0
    const milliseconds = subjects.map((subject) => {
      const before = performance.now()
      for (let round = 0; round < ROUNDS; round += 1) hits += index?.screen(subject, OPTIONS).hits.length ?? 0
      return (performance.now() - before) / ROUNDS
    })
    return Response.json({ hits, milliseconds })
  },
} satisfies ExportedHandler
