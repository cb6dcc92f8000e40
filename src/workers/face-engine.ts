import jpeg from '@jsquash/jpeg/codec/dec/mozjpeg_dec.wasm'
import png from '@jsquash/png/codec/pkg/squoosh_png_bg.wasm'
import webp from '@jsquash/webp/codec/dec/webp_dec.wasm'
import tensors from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm'
import { createFaceEngine } from '../engines/face/engine.ts'
import type { FaceEngine } from '../engines/face/engine.ts'
import { FACE_MODEL_FILES, FACE_MODEL_NAMES } from '../engines/face/model-files.ts'
import type { FaceModelBytes, FaceModelName } from '../engines/face/model-files.ts'
import { loadModelFile } from './load-model-file.ts'
import type { ModelStore } from './load-model-file.ts'

export type FacesEnv = { MODELS: ModelStore }

let starting: Promise<FaceEngine> | null = null

/** Made once in an isolate, by the first job; what fails is tried again by the next. */
export async function faceEngine(env: FacesEnv): Promise<FaceEngine> {
  if (starting !== null) return starting
  const models = await loadModels(env)
  // Jobs that loaded at the same time throw their bytes away: two engines would be twice the memory.
  starting ??= createFaceEngine(models, { tensors, decoders: { jpeg, png, webp } })
  try {
    return await starting
  } catch (failure) {
    starting = null
    throw failure
  }
}

async function loadModels(env: FacesEnv): Promise<FaceModelBytes> {
  const loaded: Partial<Record<FaceModelName, Uint8Array>> = {}
  for (const name of FACE_MODEL_NAMES) loaded[name] = await loadModelFile(env.MODELS, FACE_MODEL_FILES[name])
  return loaded as FaceModelBytes
}
