import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createTestHarness } from 'wrangler'
import type { LookedAt } from '../../src/engines/face/engine.ts'
import type { FaceVector } from '../../src/engines/face/face-distance.ts'
import type { TensorMemory } from '../../src/engines/face/tensors.ts'
import { ensureFaceModels } from '../../src/cli/face-models.ts'

// The face engine in local workerd, and what its process has used of the processor: seen from outside, since clocks stand
// still within.

export type Answer = LookedAt & { memory: TensorMemory; cpuMs: number }
export type Target = { look(bytes: Uint8Array): Promise<Answer>; stop(): Promise<void> }

const TICK_MS = 10

export async function startTarget(): Promise<Target> {
  ensureFaceModels()
  process.env['WRANGLER_SEND_METRICS'] = 'false'
  process.env['CLOUDFLARE_CF_FETCH_ENABLED'] = 'false'
  const server = createTestHarness({ workers: [{ configPath: join(import.meta.dirname, 'wrangler.toml') }] })
  const url = (await server.listen()).url.origin
  const workers = childrenOf(process.pid).filter((pid) => nameOf(pid) === 'workerd')
  return {
    look: async (bytes) => {
      const before = cpuMsOf(workers)
      const answer = await fetch(url, { method: 'POST', body: Uint8Array.from(bytes) })
      if (!answer.ok)
        throw new Error(
          `the engine failed: ${answer.status} ${server
            .getLogs()
            .map(({ message }) => message)
            .join('\n')}`,
        )
      return { ...parsed(await answer.json()), cpuMs: cpuMsOf(workers) - before }
    },
    stop: () => {
      if (process.env['TIMES'])
        console.log(
          server
            .getLogs()
            .map((l) => l.message)
            .join('\n'),
        )
      return server.close()
    },
  }
}

type Wire = Omit<LookedAt, 'faces'> & {
  memory: TensorMemory
  faces: (Omit<LookedAt['faces'][number], 'vector'> & { vector: { dlib: number[]; arcface: number[] } | null })[]
}

function parsed(body: unknown): Omit<Answer, 'cpuMs'> {
  const wire = body as Wire
  const vectorOf = (vector: Wire['faces'][number]['vector']): FaceVector | null =>
    vector === null ? null : { dlib: Float32Array.from(vector.dlib), arcface: Float32Array.from(vector.arcface) }
  return { ...wire, faces: wire.faces.map((face) => ({ ...face, vector: vectorOf(face.vector) })) }
}

const statOf = (pid: number): string[] => {
  const text = readFileSync(`/proc/${pid}/stat`, 'utf8')
  return text.slice(text.lastIndexOf(')') + 2).split(' ')
}
const nameOf = (pid: number): string => readFileSync(`/proc/${pid}/comm`, 'utf8').trim()

function childrenOf(parent: number): number[] {
  return readdirSync('/proc').flatMap((name) => {
    const pid = Number(name)
    if (!Number.isInteger(pid)) return []
    try {
      return Number(statOf(pid)[1]) === parent ? [pid] : []
    } catch {
      return [] // It ended while it was looked at.
    }
  })
}

/** User and system time. */
export const cpuMsOf = (pids: readonly number[]): number =>
  pids.reduce((sum, pid) => {
    const stat = statOf(pid)
    return sum + (Number(stat[11]) + Number(stat[12])) * TICK_MS
  }, 0)
