// Frames of a challenge to what judging needs of them, one picture after another: no frame is kept once it was looked at.

import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex } from '@noble/hashes/utils.js'
import { quickDistance } from '../face/face-distance.ts'
import type { FaceEngine } from '../face/engine.ts'
import { poseOf } from './face-pose.ts'
import type { FrameReading } from './judge-frames.ts'

export class FrameReader {
  readonly #engine: Pick<FaceEngine, 'lookAtFrame'>
  #first: Float32Array | null = null
  readonly readings: FrameReading[] = []

  constructor(engine: Pick<FaceEngine, 'lookAtFrame'>) {
    this.#engine = engine
  }

  async read(bytes: Uint8Array): Promise<void> {
    const fingerprint = bytesToHex(sha256(bytes))
    const { reliableFaces, face } = await this.#engine.lookAtFrame(bytes)
    if (face === null) {
      this.readings.push({ pose: null, reliableFaces, distanceToFirst: null, fingerprint })
      return
    }
    this.#first ??= face.vector
    const distanceToFirst = quickDistance(this.#first, face.vector)
    this.readings.push({ pose: poseOf(face.points), reliableFaces, distanceToFirst, fingerprint })
  }
}
