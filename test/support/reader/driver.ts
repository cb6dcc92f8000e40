import type { ReadJob } from '../../../src/engines/extraction/read-document.ts'
import type { ReadAnswer } from '../../../src/engines/extraction/reader.ts'

type Env = {
  READER_ENGINE: { read(job: ReadJob, body: ReadableStream<Uint8Array>): Promise<ReadAnswer> }
  READER_FRONT: Fetcher
}

export default {
  async fetch(request, env) {
    const { pathname } = new URL(request.url)
    if (pathname !== '/read') return env.READER_FRONT.fetch(request)
    const job: ReadJob = JSON.parse(request.headers.get('x-job') ?? '')
    const body = request.body ?? new Blob([]).stream()
    try {
      return Response.json(await env.READER_ENGINE.read(job, body))
    } catch (failure) {
      return new Response(String(failure), { status: 500 })
    }
  },
} satisfies ExportedHandler<Env>
