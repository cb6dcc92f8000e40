import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { resize } from '../../src/engines/images/image.ts'
import type { Image } from '../../src/engines/images/image.ts'
import { startFacesWorker } from '../support/faces/faces-worker.ts'
import type { FacesWorker } from '../support/faces/faces-worker.ts'
import { crop } from '../support/faces/id-card.ts'
import { decodeJpeg, encodeJpeg } from '../support/faces/jpeg.ts'
import { samplePhoto } from '../support/faces/pictures.ts'
import { tilted, turned } from '../support/faces/turned-face.ts'
import type { Turn } from '../support/faces/turned-face.ts'

// Frames made of one photo: a head that turns is that photo over a head's shape, a print in a hand is that photo held askew.

/** The one in front in sample5, who looks straight ahead. */
const HEAD = { x: 165, y: 742, width: 615, height: 615 }
const SIDE = 320
const FEATURES = { rightEye: { x: 135, y: 130 }, leftEye: { x: 185, y: 124 }, nose: { x: 165, y: 157 } }
/** Another, alone too. */
const STRANGER = { x: 1330, y: 400, width: 400, height: 400 }

const AHEAD: Turn = {}
const LEFT: Turn = { yaw: 30 }
const RIGHT: Turn = { yaw: -30 }

let worker: FacesWorker
let head: Image
let stranger: Image

const framesOf = (...turns: Turn[]): Promise<Uint8Array[]> =>
  Promise.all(turns.map((turn, index) => encodeJpeg(turned(head, FEATURES, turn), 80 + index)))

beforeAll(async () => {
  worker = await startFacesWorker()
  const photo = await decodeJpeg(samplePhoto(5))
  head = resize(crop(photo, HEAD), SIDE, SIDE)
  stranger = resize(crop(photo, STRANGER), SIDE, SIDE)
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
    const same = await encodeJpeg(head, 85)
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
    const other = [await encodeJpeg(stranger, 90), await encodeJpeg(stranger, 91)]
    const frames = [...(await framesOf(AHEAD, LEFT, LEFT, AHEAD, AHEAD)), ...other]
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
