import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { FaceMatch } from '../../src/engines/face/match-faces.ts'
import type { Image } from '../../src/engines/images/image.ts'
import { resize } from '../../src/engines/images/image.ts'
import { startFacesWorker } from '../support/faces/faces-worker.ts'
import type { FacesWorker } from '../support/faces/faces-worker.ts'
import { asIdCard, crop } from '../support/faces/id-card.ts'
import { decodeJpeg, encodeJpeg } from '../support/faces/jpeg.ts'
import { encodePng, encodeWebp, quarterTurned, samplePhoto, withOrientation } from '../support/faces/pictures.ts'
import { pngHead, pngOf } from '../support/fixtures/files.ts'

const MAX_WASM_BYTES = 48 * 1024 * 1024

let worker: FacesWorker
let photo: Image
let box: { x: number; y: number; width: number; height: number }
/** Cut out of the photo, upright and alone. */
let person: Uint8Array

const inPixels = (part: FaceMatch['faces'][number]['box'], { width, height }: Image) => ({
  x: part.x * width,
  y: part.y * height,
  width: part.width * width,
  height: part.height * height,
})

/** The face with as much again around it. */
const around = (face: typeof box, room = 1) => ({
  x: face.x - (face.width * room) / 2,
  y: face.y - (face.height * room) / 2,
  width: face.width * (1 + room),
  height: face.height * (1 + room),
})

beforeAll(async () => {
  worker = await startFacesWorker()
  photo = await decodeJpeg(samplePhoto(2))
  // Several at once, as they come to a new isolate.
  const [first] = await Promise.all([1, 2, 3].map(() => worker.match(samplePhoto(2), new Uint8Array())))
  const [face] = first?.faces ?? []
  if (face === undefined) throw new Error('the sample photo shows no face')
  box = inPixels(face.box, photo)
  person = await encodeJpeg(crop(photo, around(box)), 95)
})
afterAll(() => worker.stop())

describe('a match', () => {
  it('is what a picture makes with itself', async () => {
    expect(await worker.match(person, person)).toMatchObject({
      is_match: true,
      decision: 'match',
      similarity: 1,
      distance: 0,
      quality: { reference: { problem: null, reliable_faces: 1 }, probe: { problem: null } },
    })
  })

  it('is what a portrait on a card makes with its photo, whatever the pale second print beside it', async () => {
    const card = await encodeJpeg(asIdCard(photo, box, 1), 45)
    const match = await worker.match(card, person)

    expect(match.decision).toBe('match')
    expect(match.similarity).toBeGreaterThan(0.85)
    expect(match.similarity).toBeLessThan(1)
    const compared = match.faces.filter(({ picture, is_compared }) => picture === 'reference' && is_compared)
    expect(compared).toHaveLength(1)
    expect(compared[0]?.box.x).toBeLessThan(0.3)
  })

  it('is one the same for PNG, WebP and a JPEG that lies on its side by EXIF', async () => {
    const cut = crop(photo, around(box))
    for (const bytes of [
      encodePng(cut),
      await encodeWebp(cut),
      withOrientation(await encodeJpeg(quarterTurned(cut), 95), 6),
    ]) {
      expect(await worker.match(person, bytes)).toMatchObject({
        decision: 'match',
        quality: { probe: { problem: null } },
      })
    }
  })

  it('is not one below the threshold that was asked for', async () => {
    const card = await encodeJpeg(asIdCard(photo, box, 1), 45)
    expect(await worker.match(card, person, { threshold: 0.99 })).toMatchObject({ is_match: false, decision: 'review' })
  })
})

describe('never a match', () => {
  it('are two people', async () => {
    const group = await decodeJpeg(samplePhoto(5))
    const { faces } = await worker.match(samplePhoto(5), person)
    const people = faces.filter(({ picture, is_reliable }) => picture === 'reference' && is_reliable)
    expect(people.length).toBeGreaterThan(2)
    for (const one of people) {
      const portrait = await encodeJpeg(crop(group, around(inPixels(one.box, group), 0.6)), 92)
      const match = await worker.match(portrait, person)
      expect(match.decision).toBe('no_match')
      expect(match.similarity).toBeLessThan(0.7)
    }
  })

  it('is a selfie with several faces in it, even beside itself', async () => {
    const group = samplePhoto(5)
    expect(await worker.match(group, group)).toMatchObject({
      is_match: false,
      decision: 'review',
      quality: { reference: { problem: null }, probe: { problem: 'several_faces' } },
    })
  })

  it('is a picture without a face', async () => {
    const back = new Uint8Array(readFileSync('test/support/files/specimen-id-back.jpg'))
    expect(await worker.match(back, back)).toMatchObject({
      is_match: false,
      decision: 'no_reliable_face',
      similarity: null,
      faces: [],
      quality: { reference: { problem: 'no_face' } },
    })
  })

  it('is a face too small to tell', async () => {
    const tiny = await encodeJpeg(resize(photo, Math.round(photo.width / 4), Math.round(photo.height / 4)), 95)
    const match = await worker.match(tiny, tiny)
    expect(match).toMatchObject({ decision: 'no_reliable_face', quality: { probe: { problem: 'no_reliable_face' } } })
    expect(match.faces.map(({ problems }) => problems)).toContainEqual(expect.arrayContaining(['too_small']))
  })

  it('is a box around something else, though the detector is sure of it', async () => {
    const group = await decodeJpeg(samplePhoto(4))
    const { faces } = await worker.match(samplePhoto(4), person)
    const falseBox = faces.find(({ score, is_reliable }) => score > 0.7 && !is_reliable)
    if (falseBox === undefined) throw new Error('the detector is no longer fooled by this photo')
    const cut = await encodeJpeg(crop(group, around(inPixels(falseBox.box, group), 0.2)), 95)
    expect(await worker.match(cut, cut)).toMatchObject({ is_match: false, decision: 'no_reliable_face' })
  })
})

describe('a file that is not a picture to look at', () => {
  const text = new TextEncoder()
  const files: [string, () => Uint8Array, string][] = [
    ['nothing', () => new Uint8Array(), 'unsupported_type'],
    ['text', () => text.encode('no picture at all'), 'unsupported_type'],
    ['a PDF', () => text.encode('%PDF-1.7\n%%EOF'), 'unsupported_type'],
    ['a JPEG cut in the middle of its headers', () => person.slice(0, 300), 'unreadable'],
    ['a PNG of 20,000 × 20,000', () => pngHead(20_000, 20_000), 'too_large'],
    ['a PNG of 12 megapixels', () => pngOf(4_000, 3_000), 'too_large'],
    ['a PNG whose pixels are no Deflate', () => damaged(encodePng(crop(photo, around(box)))), 'unreadable'],
    [
      'a JPEG with a program behind it',
      () => Uint8Array.from([...person, ...text.encode('PK\u0003\u0004')]),
      'unreadable',
    ],
    ['17 MB', () => new Uint8Array(17 * 1024 * 1024), 'too_large'],
  ]

  it.each(files)('%s is told apart, and the next job is as before', async (_name, make, problem) => {
    const match = await worker.match(make(), person)
    expect(match).toMatchObject({ decision: 'no_reliable_face', quality: { reference: { problem } } })
    expect(await worker.match(person, person)).toMatchObject({ decision: 'match' })
  })

  const damaged = (png: Uint8Array): Uint8Array => {
    const at = 60
    return Uint8Array.from(png, (byte, index) => (index > at && index < at + 2_000 ? byte ^ 0x5a : byte))
  }
})

describe('the memory', () => {
  it('holds one engine, though three jobs came at once before there was any', async () => {
    const { tensors, tensorBytes } = await worker.memory()
    expect(tensors).toBeGreaterThan(0)
    expect(tensorBytes).toBeLessThan(3_000_000)
  })

  it('holds the same tensors after any job, and the WebAssembly stays within 48 MB', async () => {
    const before = await worker.memory()
    const square = await encodeJpeg(resize(photo, 2_000, 2_000), 90)
    await worker.match(samplePhoto(6), square)
    await worker.match(new Uint8Array(), person)
    const after = await worker.memory()

    expect(after.tensors).toBe(before.tensors)
    expect(after.tensorBytes).toBe(before.tensorBytes)
    expect(after.wasmBytes).toBeLessThanOrEqual(MAX_WASM_BYTES)
  })
})

describe('an address of the Worker', () => {
  it.each(['/', '/fr_feature.onnx', '/tiny_face_detector_model.bin'])('answers nothing at %s', async (path) => {
    expect(await worker.fromOutside(path)).toBe(404)
  })
})
