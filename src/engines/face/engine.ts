// All that looks at faces, made once out of models and compiled modules, and used for one picture after another. From a
// decoded picture to its answer nothing waits, so that no two pictures are in memory at once.

import { decodeImage } from '../images/decode.ts'
import type { Decoders, ImageProblem } from '../images/decode.ts'
import { createArcfaceEmbedder } from './arcface-embedding.ts'
import { createDetector } from './detector.ts'
import { createDlibEmbedder } from './dlib-embedding.ts'
import { embed } from './embed.ts'
import type { Embedders, FaceVector } from './embed.ts'
import { findFaces } from './find-faces.ts'
import type { FaceNets, FoundFace } from './find-faces.ts'
import { createLandmarkFinder } from './landmarks.ts'
import type { FaceModelBytes } from './model-files.ts'
import { readOnnx } from './onnx.ts'
import { QuantizedWeights } from './quantized-weights.ts'
import { startTensors } from './tensors.ts'
import type { TensorMemory } from './tensors.ts'

export type Modules = { tensors: WebAssembly.Module; decoders: Decoders }

export type LookedAtFace = FoundFace & {
  /** Only of a face that passed the quality gate. */
  vector: FaceVector | null
}
export type LookedAt = {
  problem: ImageProblem | null
  width: number
  height: number
  /** Largest first. */
  faces: LookedAtFace[]
}

export type FaceEngine = {
  /** `wantsVectors`: of how many of the reliable faces, largest first. */
  look(bytes: Uint8Array, wantsVectors: number): Promise<LookedAt>
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
    look: async (bytes, wantsVectors) => {
      const decoded = await decodeImage(bytes, modules.decoders)
      if (!decoded.ok) return { problem: decoded.error, width: 0, height: 0, faces: [] }
      const { image, faces } = findFaces(decoded.value, nets)
      const largestFirst = faces.toSorted((a, b) => b.box.width * b.box.height - a.box.width * a.box.height)
      let left = wantsVectors
      return {
        problem: null,
        width: image.width,
        height: image.height,
        faces: largestFirst.map((face) => {
          const isWanted = face.problems.length === 0 && left > 0
          if (isWanted) left -= 1
          return { ...face, vector: isWanted ? embed(image, face.points, embedders) : null }
        }),
      }
    },
  }
}
