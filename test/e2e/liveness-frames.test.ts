import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Point } from '../../src/engines/face/geometry.ts'
import type { Image } from '../../src/engines/images/image.ts'
import { startFacesWorker } from '../support/faces/faces-worker.ts'
import type { FacesWorker } from '../support/faces/faces-worker.ts'
import { crop } from '../support/faces/id-card.ts'
import { decodeJpeg, encodeJpeg } from '../support/faces/jpeg.ts'
import { samplePhoto } from '../support/faces/pictures.ts'
import { tilted, turned } from '../support/faces/turned-face.ts'
import type { Turn } from '../support/faces/turned-face.ts'

// Frames made of one photo: a head that turns is that photo over a head's shape, a print in a hand is that photo held askew.

let worker: FacesWorker
let head: Image
let features: Point[]

/** Where the model of a head is laid: the five points that it needs, as the 68 points that it is asked for. */
const pointsOf = (eyes: [Point, Point], nose: Point): Point[] =>
  Array.from({ length: 68 }, (_, index) => (index < 36 ? nose : index < 42 ? eyes[0] : eyes[1]))

const frame = async (turn: Turn, quality = 85): Promise<Uint8Array> => encodeJpeg(turned(head, features, turn), quality)
const framesOf = (...turns: Turn[]): Promise<Uint8Array[]> =>
  Promise.all(turns.map((turn, index) => frame(turn, 80 + index)))

const AHEAD: Turn = {}
const LEFT: Turn = { yaw: 34 }
const RIGHT: Turn = { yaw: -34 }

beforeAll(async () => {
  worker = await startFacesWorker()
  const photo = await decodeJpeg(samplePhoto(2))
  const [face] = (await worker.match(samplePhoto(2), new Uint8Array())).faces
  if (face === undefined) throw new Error('the sample photo shows no face')
  const size = face.box.width * photo.width
  const left = face.box.x * photo.width - size
  const top = face.box.y * photo.height - size
  head = crop(photo, { x: left, y: top, width: 3 * size, height: 3 * size })
  features = pointsOf(
    [
      { x: 1.33 * size, y: 1.38 * size },
      { x: 1.67 * size, y: 1.38 * size },
    ],
    { x: 1.5 * size, y: 1.6 * size },
  )
})
afterAll(() => worker.stop())

describe('frames of a challenge', () => {
  it('pass when one head turns left and right as it was drawn', async () => {
    const frames = await framesOf(AHEAD, { yaw: 12 }, LEFT, LEFT, AHEAD, { yaw: -12 }, RIGHT, RIGHT)
    const verdict = await worker.judgeFrames(frames, ['turn_left', 'turn_right'])

    expect(verdict).toMatchObject({ passed: true, reasons: [] })
    expect(verdict.confidence).toBeGreaterThanOrEqual(80)
    expect(verdict.seen.map(({ challenge }) => challenge)).toEqual(['turn_left', 'turn_right'])
  })

  it('pass for a nod as well', async () => {
    const frames = await framesOf(AHEAD, AHEAD, { pitch: 18 }, AHEAD, LEFT, LEFT, AHEAD)
    expect(await worker.judgeFrames(frames, ['nod', 'turn_left'])).toMatchObject({ passed: true, reasons: [] })
  })

  it('fail when the movements came in another order', async () => {
    const frames = await framesOf(AHEAD, RIGHT, RIGHT, AHEAD, LEFT, LEFT, AHEAD)
    expect(await worker.judgeFrames(frames, ['turn_left', 'turn_right'])).toMatchObject({
      passed: false,
      reasons: ['movement_out_of_order'],
    })
  })

  it('fail when they are of one still photo, and of one that was only saved again', async () => {
    const same = await frame(AHEAD)
    const saved = await framesOf(AHEAD, AHEAD, AHEAD, AHEAD, AHEAD, AHEAD)
    for (const frames of [Array.from({ length: 8 }, () => same), saved]) {
      expect(await worker.judgeFrames(frames, ['turn_left', 'turn_right'])).toMatchObject({
        passed: false,
        reasons: ['still_picture', 'movement_missing'],
      })
    }
  })

  it('fail when they are of a print that is squeezed, turned and tilted before the camera', async () => {
    const frames = await Promise.all(
      [
        [1, 0],
        [0.85, 6],
        [0.7, 12],
        [0.65, 0],
        [0.7, -12],
        [0.85, -6],
        [1, 0],
      ].map(([squeeze = 1, degrees = 0], index) => encodeJpeg(tilted(head, squeeze, degrees), 80 + index)),
    )
    const verdict = await worker.judgeFrames(frames, ['turn_left', 'turn_right'])
    expect(verdict.passed).toBe(false)
    expect(verdict.reasons).toContain('movement_missing')
  })

  it('fail when another person makes the second movement', async () => {
    const group = await decodeJpeg(samplePhoto(5))
    const [other] = (await worker.match(samplePhoto(5), new Uint8Array())).faces
    if (other === undefined) throw new Error('the sample photo shows no face')
    const size = other.box.width * group.width
    const room = { x: other.box.x * group.width - size / 3, y: other.box.y * group.height - size / 3 }
    const stranger = await encodeJpeg(crop(group, { ...room, width: 1.67 * size, height: 1.67 * size }), 90)
    const frames = [...(await framesOf(AHEAD, LEFT, LEFT, AHEAD, AHEAD)), stranger, stranger]

    const verdict = await worker.judgeFrames(frames, ['turn_left'])
    expect(verdict.passed).toBe(false)
    expect(verdict.reasons).toContain('different_people')
  })

  it('fail when more than one face is in them, and when there is none', async () => {
    const crowd = Array.from({ length: 5 }, () => samplePhoto(5))
    expect((await worker.judgeFrames(crowd, ['turn_left'])).reasons).toContain('several_faces')
    const broken = Array.from({ length: 5 }, () => new Uint8Array(10))
    expect(await worker.judgeFrames(broken, ['turn_left'])).toMatchObject({ passed: false, best_frame: null })
  })

  it('never pass on a series that nothing was asked in', async () => {
    const frames = await framesOf(AHEAD, { yaw: 5 }, { yaw: 9 }, { yaw: 4 }, { yaw: -3 })
    expect(await worker.judgeFrames(frames, [])).toMatchObject({
      passed: false,
      confidence: 40,
      reasons: ['no_challenge'],
    })
  })
})
