import { readFileSync } from 'node:fs'
import encodeWebpFactory from '@jsquash/webp/codec/enc/webp_enc.js'
import { defaultOptions } from '@jsquash/webp/meta.js'
import { encode, initSync } from '@jsquash/png/codec/pkg/squoosh_png.js'
import type { Image } from '../../../src/engines/images/image.ts'
import { instantiateBy } from '../../../src/engines/images/instantiate.ts'
import { compileWasm } from './compile-wasm.ts'

// Photos for tests, out of the package that the weights come from: sample2 is of one person, the others of several.

export const samplePhoto = (number: 1 | 2 | 3 | 4 | 5 | 6): Uint8Array =>
  new Uint8Array(readFileSync(`node_modules/@vladmandic/face-api/demo/sample${number}.jpg`))

export function encodePng({ width, height, data }: Image): Uint8Array {
  initSync(compileWasm('node_modules/@jsquash/png/codec/pkg/squoosh_png_bg.wasm'))
  return encode(new Uint8Array(data.buffer, data.byteOffset, data.length), width, height, 8)
}

export async function encodeWebp({ width, height, data }: Image): Promise<Uint8Array> {
  const module = compileWasm('node_modules/@jsquash/webp/codec/enc/webp_enc.wasm')
  const encoder = await encodeWebpFactory({ instantiateWasm: instantiateBy(module) })
  return Uint8Array.from(encoder.encode(data, width, height, defaultOptions) ?? [])
}

/** Turned by a quarter to the left, so that EXIF orientation 6 brings it upright again. */
export function quarterTurned({ width, height, data }: Image): Image {
  const out = new Uint8ClampedArray(data.length)
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const to = ((width - 1 - x) * height + y) * 4
      out.set(data.subarray((y * width + x) * 4, (y * width + x) * 4 + 4), to)
    }
  }
  return { width: height, height: width, data: out }
}

/** A JPEG with an EXIF block of one entry behind its first two bytes. */
export function withOrientation(jpeg: Uint8Array, orientation: number): Uint8Array {
  const tiff = [0x4d, 0x4d, 0, 42, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0, 0, 0, 0, 0]
  const exif = [...new TextEncoder().encode('Exif'), 0, 0, ...tiff]
  return Uint8Array.from([0xff, 0xd8, 0xff, 0xe1, 0, exif.length + 2, ...exif, ...jpeg.subarray(2)])
}
