import type { IncomingMessage, ServerResponse } from 'node:http'

// A publisher of lists whose files tests lay out: `PUT /<name>` with a Published as JSON, then `GET /<name>` like anyone.
// `GET /<name>?calls` tells the conditional headers that each GET came with.

export type Published = {
  body?: string
  status?: number
  etag?: string | null
  last_modified?: string | null
  location?: string
  /** The connection breaks after this many bytes of a longer answer. */
  cut_after?: number
}
export type PublisherCall = { if_none_match: string | null; if_modified_since: string | null }

const files = new Map<string, Published>()
const calls = new Map<string, PublisherCall[]>()

export function publish(request: IncomingMessage, response: ServerResponse): void {
  const url = new URL(request.url ?? '/', 'http://publisher')
  const name = url.pathname.slice(1)
  if (request.method === 'PUT') {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      files.set(name, JSON.parse(Buffer.concat(chunks).toString()))
      response.end()
    })
    return
  }
  if (url.search === '?calls') {
    response.setHeader('content-type', 'application/json').end(JSON.stringify(calls.get(name) ?? []))
    return
  }
  const if_none_match = request.headers['if-none-match'] ?? null
  const if_modified_since = request.headers['if-modified-since'] ?? null
  calls.set(name, [...(calls.get(name) ?? []), { if_none_match, if_modified_since }])
  const file = files.get(name)
  if (file === undefined) response.writeHead(404).end()
  else answer(response, file, { if_none_match, if_modified_since })
}

function answer(response: ServerResponse, file: Published, asked: PublisherCall): void {
  const { etag = null, last_modified = null, body = '' } = file
  if (etag !== null) response.setHeader('etag', etag)
  if (last_modified !== null) response.setHeader('last-modified', last_modified)
  if (file.location !== undefined) {
    response.writeHead(302, { location: file.location }).end()
    return
  }
  const isKnown = etag === null ? asked.if_modified_since === last_modified : asked.if_none_match === etag
  if ((etag !== null || last_modified !== null) && isKnown) {
    response.writeHead(304).end()
    return
  }
  if (file.cut_after !== undefined) {
    response.writeHead(200, { 'content-length': Buffer.byteLength(body) }).write(body.slice(0, file.cut_after))
    setTimeout(() => response.destroy(), 20)
    return
  }
  response.writeHead(file.status ?? 200).end(body)
}
