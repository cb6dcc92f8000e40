import { randomUUID } from 'node:crypto'
import { pause } from '../../src/cli/dev-server.ts'
import { field, isObject } from '../../src/cli/api-client.ts'
import type { Json, JsonObject } from '../../src/cli/api-client.ts'

// A client as a careful integrator writes one: it repeats what failed on the server's side or on the way, and every POST
// of the tenant carries an Idempotency-Key.

const MAX_TRIES = 60
const PAUSE_MS = 250

export class Refused extends Error {
  readonly code: string
  constructor(operation: string, status: number, body: Json) {
    const code = field(field(body, 'error'), 'code')
    super(`${operation} was answered ${status} ${JSON.stringify(body).slice(0, 300)}`)
    this.code = typeof code === 'string' ? code : 'no code'
  }
}

export type SoakClient = {
  repeats(): number
  /** `data` of a good answer. */
  call(method: string, path: string, body?: Json): Promise<JsonObject>
  /** Lets what these sessions wait for run out now. */
  hurry(sessionIds: string[]): Promise<void>
  /** A presigned PUT: 412 means that an earlier try had arrived. */
  put(url: string, headers: Record<string, string>, bytes: Uint8Array<ArrayBuffer>): Promise<void>
}

export function createSoakClient(url: string, key: string): SoakClient {
  let repeats = 0

  /** An answer counts once it is here to its last byte. */
  async function untilAnswered(send: () => Promise<Response>): Promise<{ status: number; text: string }> {
    for (let tries = 1; ; tries += 1) {
      try {
        const answer = await send()
        const text = await answer.text()
        if ((answer.status < 500 && answer.status !== 429) || tries >= MAX_TRIES) return { status: answer.status, text }
      } catch (cause) {
        if (tries >= MAX_TRIES) throw cause
      }
      repeats += 1
      await pause(PAUSE_MS)
    }
  }

  return {
    repeats: () => repeats,
    async call(method, path, body) {
      const headers = new Headers()
      if (path.startsWith('/kyc/')) headers.set('authorization', `Bearer ${key}`)
      if (path.startsWith('/kyc/') && method === 'POST') headers.set('idempotency-key', randomUUID())
      if (body !== undefined) headers.set('content-type', 'application/json')
      const answer = await untilAnswered(() =>
        fetch(`${url}${path}`, { method, headers, body: body === undefined ? null : JSON.stringify(body) }),
      )
      const told: Json = JSON.parse(answer.text)
      const data = field(told, 'data')
      const operation = `${method} ${path.replace(/sessions\/[\w-]{60,}/, 'sessions/{access_token}')}`
      if (answer.status >= 300 || !isObject(data)) throw new Refused(operation, answer.status, told)
      return data
    },
    async hurry(sessionIds) {
      const body = JSON.stringify(sessionIds)
      await untilAnswered(() => fetch(`${url}/__soak/hurry`, { method: 'POST', body }))
    },
    async put(target, headers, bytes) {
      const answer = await untilAnswered(() => fetch(target, { method: 'PUT', headers, body: bytes }))
      if (answer.status >= 300 && answer.status !== 412)
        throw new Error(`the presigned PUT was answered ${answer.status}`)
    },
  }
}
