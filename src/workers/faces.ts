import { WorkerEntrypoint } from 'cloudflare:workers'
import type { LookedAt } from '../engines/face/engine.ts'
import { matchFaces } from '../engines/face/match-faces.ts'
import type { FaceMatch, PictureKind } from '../engines/face/match-faces.ts'
import type { TensorMemory } from '../engines/face/tensors.ts'
import { MAX_IMAGE_BYTES } from '../engines/images/decode.ts'
import { judgeFrames } from '../engines/liveness/judge-frames.ts'
import type { Challenge, LivenessVerdict } from '../engines/liveness/judge-frames.ts'
import { FrameReader } from '../engines/liveness/read-frames.ts'
import { faceEngine } from './face-engine.ts'
import type { FacesEnv } from './face-engine.ts'
import { takeBytes } from '../engines/take-bytes.ts'
import type { Bytes } from '../engines/take-bytes.ts'

export type Picture = { kind: PictureKind; bytes: Bytes }
export type MatchCall = { reference: Picture; probe: Picture; threshold?: number }
export type FramesCall = { frames: Bytes[]; challenges: Challenge[]; min_confidence: number }

/** What one session may have uploaded for a challenge. */
const MAX_FRAMES = 20

const TOO_LARGE: LookedAt = { problem: 'too_large', width: 0, height: 0, faces: [] }

export class FacesEngine extends WorkerEntrypoint<FacesEnv> {
  /** One picture after the other: the second is not read before the first is gone. */
  async match({ reference, probe, threshold }: MatchCall): Promise<FaceMatch> {
    const left = { kind: reference.kind, looked: await this.#look(reference.bytes) }
    const right = { kind: probe.kind, looked: await this.#look(probe.bytes) }
    return matchFaces(left, right, threshold)
  }

  /** Frames in order of time, the challenges in the order that they were drawn in. */
  async judgeFrames({ frames, challenges, min_confidence }: FramesCall): Promise<LivenessVerdict> {
    const reader = new FrameReader(await faceEngine(this.env))
    for (const frame of frames.slice(0, MAX_FRAMES)) {
      await reader.read((await takeBytes(frame, MAX_IMAGE_BYTES)) ?? new Uint8Array())
    }
    return judgeFrames(reader.readings, challenges, min_confidence)
  }

  /** Of this isolate. */
  async memory(): Promise<TensorMemory> {
    return (await faceEngine(this.env)).memory()
  }

  async #look(source: Bytes): Promise<LookedAt> {
    const engine = await faceEngine(this.env)
    const bytes = await takeBytes(source, MAX_IMAGE_BYTES)
    return bytes === null ? TOO_LARGE : engine.look(bytes)
  }
}

export default {
  fetch: () => new Response(null, { status: 404 }),
} satisfies ExportedHandler
