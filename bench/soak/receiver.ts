import { createHash } from 'node:crypto'
import { createServer } from 'node:http'
import type { Server } from 'node:http'

// A tenant's own server: it notes each event it was sent, and for half of the time it is down in one of three ways.

const WINDOW_MS = 2_000
const ILLS = ['answers 500', 'hangs up', 'is slow'] as const
const SLOW_MS = 1_500

export type Receiver = {
  url: string
  /** From here on it is always up. */
  recover(): void
  /** Deliveries that came, those it then refused too. */
  seen(): { deliveries: number; refused: number }
  /** session → sequence → the ids and bodies that came under it. */
  sequences(): Map<string, Map<number, { ids: Set<string>; bodies: Set<string> }>>
  /** Events whose id came with more than one body. */
  idsWithTwoBodies(): string[]
  stop(): Promise<void>
}

export async function startReceiver(isFaulty: boolean): Promise<Receiver> {
  const sequences: ReturnType<Receiver['sequences']> = new Map()
  const bodiesById = new Map<string, Set<string>>()
  let deliveries = 0
  let refused = 0
  let isWell = !isFaulty
  const startedAt = Date.now()

  const ill = (): (typeof ILLS)[number] | null => {
    const window = Math.floor((Date.now() - startedAt) / WINDOW_MS)
    return isWell || window % 2 === 0 ? null : (ILLS[Math.floor(window / 2) % ILLS.length] ?? null)
  }

  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      deliveries += 1
      note(Buffer.concat(chunks))
      const illness = ill()
      if (illness === 'hangs up') {
        refused += 1
        request.socket.destroy()
      } else if (illness === 'answers 500') {
        refused += 1
        response.writeHead(500).end()
      } else if (illness === 'is slow') {
        setTimeout(() => response.writeHead(204).end(), SLOW_MS)
      } else response.writeHead(204).end()
    })
    request.on('error', () => undefined)
  })

  function note(body: Buffer): void {
    const event: { id: string; data: { session_id: string; sequence?: number } } = JSON.parse(body.toString('utf8'))
    const hash = createHash('sha256').update(body).digest('hex')
    const known = bodiesById.get(event.id) ?? new Set()
    bodiesById.set(event.id, known.add(hash))
    const { session_id, sequence } = event.data
    if (sequence === undefined) return
    const ofSession = sequences.get(session_id) ?? new Map<number, { ids: Set<string>; bodies: Set<string> }>()
    sequences.set(session_id, ofSession)
    const at = ofSession.get(sequence) ?? { ids: new Set(), bodies: new Set() }
    ofSession.set(sequence, { ids: at.ids.add(event.id), bodies: at.bodies.add(hash) })
  }

  const port = await listen(server)
  return {
    url: `http://127.0.0.1:${port}/hook`,
    recover: () => {
      isWell = true
    },
    seen: () => ({ deliveries, refused }),
    sequences: () => sequences,
    idsWithTwoBodies: () => [...bodiesById].filter(([, bodies]) => bodies.size > 1).map(([id]) => id),
    stop: () =>
      new Promise((done) => {
        server.closeAllConnections()
        server.close(() => done())
      }),
  }
}

const listen = (server: Server): Promise<number> =>
  new Promise((done) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      done(typeof address === 'object' && address !== null ? address.port : 0)
    })
  })
