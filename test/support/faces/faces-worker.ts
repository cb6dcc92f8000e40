import { resolve } from 'node:path'
import { createTestHarness } from 'wrangler'
import { ensureFaceModels } from '../../../src/cli/face-models.ts'
import type { FaceMatch, PictureKind } from '../../../src/engines/face/match-faces.ts'
import type { TensorMemory } from '../../../src/engines/face/tensors.ts'
import type { Challenge, LivenessVerdict } from '../../../src/engines/liveness/judge-frames.ts'

// The production build of the Worker `faces` in local workerd, called through a binding as the API calls it.

export type FacesWorker = {
  match(
    reference: Uint8Array,
    probe: Uint8Array,
    options?: { reference?: PictureKind; probe?: PictureKind; threshold?: number },
  ): Promise<FaceMatch>
  judgeFrames(
    frames: readonly Uint8Array[],
    challenges: readonly Challenge[],
    minConfidence?: number,
  ): Promise<LivenessVerdict>
  memory(): Promise<TensorMemory>
  /** What an outsider would get who found an address of the Worker. */
  fromOutside(path: string): Promise<number>
  stop(): Promise<void>
}

const config = (path: string) => ({ configPath: resolve(import.meta.dirname, path) })
const blob = (bytes: Uint8Array) => new Blob([Uint8Array.from(bytes)])

export async function startFacesWorker(): Promise<FacesWorker> {
  ensureFaceModels()
  process.env['WRANGLER_SEND_METRICS'] = 'false'
  process.env['CLOUDFLARE_CF_FETCH_ENABLED'] = 'false'
  const server = createTestHarness({ workers: [config('driver.toml'), config('../../../src/workers/faces.toml')] })
  const url = (await server.listen()).url.origin
  const call = async (path: string, init?: RequestInit): Promise<unknown> => {
    // A test may draw pictures for longer than the server keeps a connection.
    const answer = await fetch(`${url}${path}`, { ...init, headers: { connection: 'close' } })
    if (answer.ok) return answer.json()
    throw new Error(
      `${path}: ${answer.status}\n${server
        .getLogs()
        .map(({ message }) => message)
        .join('\n')}`,
    )
  }
  const post = (path: string, options: object, parts: [string, Uint8Array][]): Promise<unknown> => {
    const form = new FormData()
    form.set('options', JSON.stringify(options))
    for (const [name, bytes] of parts) form.set(name, blob(bytes))
    return call(path, { method: 'POST', body: form })
  }
  return {
    match: async (left, right, { reference = 'document', probe = 'selfie', threshold } = {}) =>
      (await post('/match', { reference, probe, threshold: threshold === undefined ? {} : { threshold } }, [
        ['reference', left],
        ['probe', right],
      ])) as FaceMatch,
    judgeFrames: async (frames, challenges, minConfidence = 80) =>
      (await post(
        '/frames',
        { frames: frames.length, challenges, min_confidence: minConfidence },
        frames.map((frame, index): [string, Uint8Array] => [`frame${index}`, frame]),
      )) as LivenessVerdict,
    memory: async () => (await call('/memory')) as TensorMemory,
    fromOutside: async (path) =>
      (await server.getWorker('kyc-sessions-faces').fetch(`http://faces.test${path}`)).status,
    stop: () => server.close(),
  }
}
