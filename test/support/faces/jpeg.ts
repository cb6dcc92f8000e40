import decoderFactory from '@jsquash/jpeg/codec/dec/mozjpeg_dec.js'
import encoderFactory from '@jsquash/jpeg/codec/enc/mozjpeg_enc.js'
import { defaultOptions } from '@jsquash/jpeg/meta.js'
import type { Image } from '../../../src/engines/images/image.ts'
import { instantiateBy } from '../../../src/engines/images/instantiate.ts'
import { compileWasm } from './compile-wasm.ts'

// JPEG in Node, for tests and benches that make pictures.

const compile = (file: string): WebAssembly.Module => compileWasm(`node_modules/@jsquash/jpeg/codec/${file}`)

export async function decodeJpeg(bytes: Uint8Array): Promise<Image> {
  const decoder = await decoderFactory({ instantiateWasm: instantiateBy(compile('dec/mozjpeg_dec.wasm')) })
  const image = decoder.decode(bytes, true)
  if (image === null) throw new Error('no JPEG')
  return { width: image.width, height: image.height, data: image.data }
}

export async function encodeJpeg({ width, height, data }: Image, quality: number): Promise<Uint8Array> {
  const encoder = await encoderFactory({ instantiateWasm: instantiateBy(compile('enc/mozjpeg_enc.wasm')) })
  return Uint8Array.from(encoder.encode(data, width, height, { ...defaultOptions, quality }))
}
