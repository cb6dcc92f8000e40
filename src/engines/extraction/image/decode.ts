// JPEG, PNG and WebP as pixels, by WebAssembly decoders that live for one picture and are dropped with it: their memory
// only grows. How large a picture may be was judged before, from its header.

import decodeJpegFactory from '@jsquash/jpeg/codec/dec/mozjpeg_dec.js'
import decodeWebpFactory from '@jsquash/webp/codec/dec/webp_dec.js'
import { boundedModule } from '../wasm-memory.ts'
import { decodePng } from './decode-png.ts'
import type { Rgba } from './gray.ts'

export type ImageType = 'image/jpeg' | 'image/png' | 'image/webp'
export type DecoderModules = Record<ImageType, WebAssembly.Module>
/** More pixels than this are not decoded: four bytes each, held two or three times over. */
export const MAX_DECODED_PIXELS = 5_000_000
const MAX_DECODER_BYTES = 64 * 1024 * 1024

export type Decoded = { image: Rgba; wasmBytes: number }

/** Null when the decoder does not understand the file. A JPEG comes out as its EXIF says that it is to be seen. */
export async function decodeImage(
  bytes: Uint8Array,
  type: ImageType,
  modules: DecoderModules,
): Promise<Decoded | null> {
  provideImageData()
  try {
    if (type === 'image/png') return decodePng(bytes, modules[type])
    const { hooks, wasmBytes } = boundedModule(modules[type], MAX_DECODER_BYTES)
    const image =
      type === 'image/jpeg'
        ? (await decodeJpegFactory(hooks)).decode(bytes, true)
        : (await decodeWebpFactory(hooks)).decode(bytes)
    if (image === null) return null
    const { width, height, data } = image
    return { image: { width, height, data }, wasmBytes: wasmBytes() }
  } catch {
    // A damaged file ends a decoder in many ways, all of them thrown.
    return null
  }
}

/** The decoders hand their pixels over in a browser's class that workerd does not have. */
function provideImageData(): void {
  if ('ImageData' in globalThis) return
  class ImageData {
    readonly data: Uint8ClampedArray
    readonly width: number
    readonly height: number
    constructor(data: Uint8ClampedArray, width: number, height: number) {
      this.data = data
      this.width = width
      this.height = height
    }
  }
  Object.assign(globalThis, { ImageData })
}
