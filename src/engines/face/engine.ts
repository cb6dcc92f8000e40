// All that looks at faces, made once out of models and compiled modules, and used for one picture after another. From a
// decoded picture to its answer nothing waits, so that no two pictures are in memory at once.

import { decodeImage } from '../images/decode.ts'
import type { Decoders, ImageProblem } from '../images/decode.ts'
import { createArcfaceEmbedder } from './arcface-embedding.ts'
import { createDetector } from './detector.ts'
import { createDlibEmbedder } from './dlib-embedding.ts'
import { embed, embedQuickly } from './embed.ts'
import type { Embedders } from './embed.ts'
import type { FaceVector } from './face-distance.ts'
import { findFaces, FRAME_SIDES } from './find-faces.ts'
import type { FaceNets, FoundFace } from './find-faces.ts'
import type { Point } from './geometry.ts'
import { createLandmarkFinder } from './landmarks.ts'
import type { FaceModelBytes } from './model-files.ts'
import { readOnnx } from './onnx.ts'
import { QuantizedWeights } from './quantized-weights.ts'
import { startTensors } from './tensors.ts'
import type { TensorMemory } from './tensors.ts'

export type Modules = { tensors: WebAssembly.Module; decoders: Decoders }

export type LookedAtFace = FoundFace & {
  /** Only of the largest face that passed the quality gate. */
  vector: FaceVector | null
}
export type LookedAt = {
  problem: ImageProblem | null
  width: number
  height: number
  /** Largest first. */
  faces: LookedAtFace[]
}

/** One frame of a challenge; null where there is not exactly one reliable face. */
export type LookedAtFrame = {
  problem: ImageProblem | null
  reliableFaces: number
  face: { points: Point[]; vector: Float32Array } | null
}

export type FaceEngine = {
  /** The largest reliable face gets its vector. */
  look(bytes: Uint8Array): Promise<LookedAt>
  lookAtFrame(bytes: Uint8Array): Promise<LookedAtFrame>
  memory(): TensorMemory
}

export async function createFaceEngine(models: FaceModelBytes, modules: Modules): Promise<FaceEngine> {
  const tensors = await startTensors(modules.tensors)
  const nets: FaceNets = {
    detect: createDetector(new QuantizedWeights(models.detectorManifest, models.detector)),
    findLandmarks: createLandmarkFinder(new QuantizedWeights(models.landmarksManifest, models.landmarks)),
  }
  const embedders: Embedders = {
    dlib: createDlibEmbedder(new QuantizedWeights(models.dlibManifest, models.dlib)),
    arcface: createArcfaceEmbedder(readOnnx(models.arcface)),
  }
  return {
    memory: tensors.memory,
    look: async (bytes) => {
      const decoded = await decodeImage(bytes, modules.decoders)
      if (!decoded.ok) return { problem: decoded.error, width: 0, height: 0, faces: [] }
      const { image, faces } = findFaces(decoded.value, nets)
      const largestFirst = faces.toSorted((a, b) => b.box.width * b.box.height - a.box.width * a.box.height)
      const chosen = largestFirst.find(isReliable)
      return {
        problem: null,
        width: image.width,
        height: image.height,
        faces: largestFirst.map((face) => ({
          ...face,
          vector: face === chosen ? embed(image, face.points, embedders) : null,
        })),
      }
    },
    lookAtFrame: async (bytes) => {
      const decoded = await decodeImage(bytes, modules.decoders)
      if (!decoded.ok) return { problem: decoded.error, reliableFaces: 0, face: null }
      const { image, faces } = findFaces(decoded.value, nets, FRAME_SIDES)
      const [only, ...others] = faces.filter(isReliable)
      const isAlone = only !== undefined && others.length === 0
      return {
        problem: null,
        reliableFaces: others.length + (only === undefined ? 0 : 1),
        face: isAlone ? { points: only.points, vector: embedQuickly(image, only.points, embedders) } : null,
      }
    },
  }
}

const isReliable = ({ problems }: FoundFace): boolean => problems.length === 0
