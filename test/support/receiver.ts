// A receiver of webhooks as a tenant runs it: a Node server on loopback that keeps what came, byte for byte, and answers as it is
// told.

import { createServer, type IncomingHttpHeaders } from 'node:http'

export type Received = { headers: IncomingHttpHeaders; body: string; type: string; sequence: number; path: string }
type Answer = { status: number; headers?: Record<string, string> }
/** May wait as long as it likes before it says what is answered. */
type Behaviour = (received: Received) => Answer | Promise<Answer>

export type Receiver = {
  url: string
  received: Received[]
  /** What was answered with a 2xx, in order. */
  acknowledged: Received[]
  behave(behaviour: Behaviour): void
  stop(): Promise<void>
}

export async function startReceiver(): Promise<Receiver> {
  let behaviour: Behaviour = () => ({ status: 204 })
  const received: Received[] = []
  const acknowledged: Received[] = []
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const body = Buffer.concat(chunks).toString('utf8')
      const event: { type?: string; data?: { sequence?: number } } = body === '' ? {} : JSON.parse(body)
      const { headers, url: path = '' } = request
      const one = { headers, body, type: event.type ?? '', sequence: event.data?.sequence ?? 0, path }
      received.push(one)
      void Promise.resolve(behaviour(one)).then((answer) => {
        if (answer.status < 300) acknowledged.push(one)
        response.writeHead(answer.status, answer.headers ?? {}).end()
      })
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the receiver has no port')
  return {
    url: `http://127.0.0.1:${address.port}/hooks`,
    received,
    acknowledged,
    behave: (next) => {
      behaviour = next
    },
    stop: () => new Promise((resolve) => (server.closeAllConnections(), server.close(() => resolve()))),
  }
}
