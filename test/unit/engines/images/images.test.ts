import { describe, expect, it } from 'vitest'
import { decodeImage, MAX_DECODED_PIXELS } from '../../../../src/engines/images/decode.ts'
import { resize, shrinkTo } from '../../../../src/engines/images/image.ts'
import type { Image } from '../../../../src/engines/images/image.ts'
import { takeBytes } from '../../../../src/engines/take-bytes.ts'
import { compileWasm } from '../../../support/faces/compile-wasm.ts'
import { encodeJpeg } from '../../../support/faces/jpeg.ts'
import { encodePng, encodeWebp, quarterTurned, withOrientation } from '../../../support/faces/pictures.ts'
import { heicOf, jpegOf, pdfOf, pngOf, webpLossy } from '../../../support/fixtures/files.ts'

const decoders = {
  jpeg: compileWasm('node_modules/@jsquash/jpeg/codec/dec/mozjpeg_dec.wasm'),
  png: compileWasm('node_modules/@jsquash/png/codec/pkg/squoosh_png_bg.wasm'),
  webp: compileWasm('node_modules/@jsquash/webp/codec/dec/webp_dec.wasm'),
}

/** Darker to the left, redder to the bottom. */
const picture = (width: number, height: number): Image => {
  const data = new Uint8ClampedArray(width * height * 4).fill(255)
  for (let at = 0; at < width * height; at += 1) {
    const grey = 40 + (160 * (at % width)) / width
    data.set([grey + (50 * Math.floor(at / width)) / height, grey, grey], at * 4)
  }
  return { width, height, data }
}

const furthest = (a: Image, b: Image): number =>
  a.data.reduce((most, value, at) => Math.max(most, Math.abs(value - (b.data[at] ?? 0))), 0)

describe('a picture', () => {
  const original = picture(40, 30)

  it.each([
    ['PNG', async () => encodePng(original), 0],
    ['JPEG', async () => encodeJpeg(original, 95), 12],
    ['WebP', async () => encodeWebp(original), 16],
    ['JPEG on its side, by EXIF', async () => withOrientation(await encodeJpeg(quarterTurned(original), 95), 6), 12],
  ])('comes back out of a %s', async (_name, make, tolerance) => {
    const decoded = await decodeImage(await make(), decoders)
    expect(decoded).toMatchObject({ ok: true, value: { width: 40, height: 30 } })
    if (decoded.ok) expect(furthest(decoded.value, original)).toBeLessThanOrEqual(tolerance)
  })

  it.each([
    ['is a HEIC', heicOf(), 'unsupported_type'],
    ['is a PDF', pdfOf(), 'unsupported_type'],
    ['is nothing', new Uint8Array(), 'unsupported_type'],
    ['has one pixel too many', pngOf(MAX_DECODED_PIXELS + 1, 1), 'too_large'],
    ['claims 65,535 × 65,535 as JPEG', jpegOf({ width: 65_535, height: 65_535 }), 'too_large'],
    ['has a WebP frame of nothing', webpLossy(64, 64), 'unreadable'],
    ['is a JPEG of one wrong scan', jpegOf({ width: 800, height: 600 }).slice(0, 40), 'unreadable'],
  ])('is refused that %s', async (_name, bytes, error) => {
    expect(await decodeImage(bytes, decoders)).toEqual({ ok: false, error })
  })
})

describe('another size', () => {
  it('keeps a plain colour, lays transparency over white, and takes the mean of what it shrinks', () => {
    const data = Uint8ClampedArray.of(0, 0, 0, 255, 100, 100, 100, 255, 0, 0, 0, 0, 100, 100, 100, 255)
    expect([...resize({ width: 4, height: 1, data }, 2, 1).data]).toEqual([50, 50, 50, 255, 178, 178, 178, 255])
    const plain = {
      width: 7,
      height: 5,
      data: new Uint8ClampedArray(7 * 5 * 4).fill(255).map((_, at) => (at % 4 === 3 ? 255 : 90)),
    }
    expect(new Set(resize(plain, 13, 2).data)).toEqual(new Set([90, 255]))
  })

  it('is near the same picture made at that size', () => {
    expect(furthest(resize(picture(120, 90), 40, 30), picture(40, 30))).toBeLessThan(4)
  })

  it('is no larger than before when it is only to fit', () => {
    const small = picture(10, 20)
    expect(shrinkTo(small, 20)).toBe(small)
    expect(shrinkTo(small, 10)).toMatchObject({ width: 5, height: 10 })
  })
})

describe('bytes from outside', () => {
  const stream = (...chunks: number[][]) =>
    new ReadableStream<Uint8Array>({
      start(controller) {
        for (const chunk of chunks) controller.enqueue(Uint8Array.from(chunk))
        controller.close()
      },
    })

  it('are taken whole up to the limit and not at all beyond it', async () => {
    expect(await takeBytes(stream([1, 2], [3]), 3)).toEqual(Uint8Array.of(1, 2, 3))
    expect(await takeBytes(stream([1, 2], [3, 4]), 3)).toBeNull()
    expect(await takeBytes(Uint8Array.of(1), 1)).toEqual(Uint8Array.of(1))
    expect(await takeBytes(Uint8Array.of(1, 2), 1)).toBeNull()
  })
})
