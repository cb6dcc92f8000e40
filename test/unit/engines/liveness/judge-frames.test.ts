import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { poseOf } from '../../../../src/engines/liveness/face-pose.ts'
import type { FacePose } from '../../../../src/engines/liveness/face-pose.ts'
import { judgeFrames } from '../../../../src/engines/liveness/judge-frames.ts'
import type { Challenge, FrameReading } from '../../../../src/engines/liveness/judge-frames.ts'
import { FrameReader } from '../../../../src/engines/liveness/read-frames.ts'
import { drawnFace } from '../../../support/faces/drawn-face.ts'

describe('the pose of a face', () => {
  it('is read off the nose between eyes and mouth', () => {
    expect(poseOf(drawnFace())).toMatchObject({ turn: 0, mouthWidth: 0.8 })
    expect(poseOf(drawnFace({ nose: { x: 112, y: 134 } }))?.turn).toBeCloseTo(0.2)
    expect(poseOf(drawnFace({ nose: { x: 88, y: 134 } }))?.turn).toBeCloseTo(-0.2)
    expect(poseOf(drawnFace({ nose: { x: 100, y: 140 } }))?.pitch).toBeGreaterThan(poseOf(drawnFace())?.pitch ?? 1)
    expect(poseOf(drawnFace({ eyeHeight: 2 }))?.eyeOpening).toBeCloseTo(0.1)
  })

  it('does not change when the whole picture is squeezed, sheared, turned or moved, as a print in a hand is', () => {
    const number = (min: number, max: number) => fc.double({ min, max, noNaN: true })
    fc.assert(
      fc.property(number(0.4, 2), number(0.4, 2), number(-0.4, 0.4), number(-1, 1), (width, height, shear, angle) => {
        const [sin, cos] = [Math.sin(angle), Math.cos(angle)]
        const moved = drawnFace({ nose: { x: 106, y: 137 } }).map(({ x, y }) => {
          const [u, v] = [width * x + shear * y, height * y]
          return { x: u * cos - v * sin + 9, y: u * sin + v * cos - 4 }
        })
        expect(poseOf(moved)?.turn).toBeCloseTo(0.1, 6)
        expect(poseOf(moved)?.pitch).toBeCloseTo(37 / 60, 6)
      }),
    )
  })

  it('is none where the points are in a mirror or on a line', () => {
    expect(poseOf(drawnFace({ mouth: { y: 40, width: 48 } }))).toBeNull()
    expect(poseOf(drawnFace().map(({ x }) => ({ x, y: 100 })))).toBeNull()
  })
})

const AHEAD: FacePose = { turn: 0, pitch: 0.6, eyeOpening: 0.3, mouthWidth: 0.85 }
const LEFT = { turn: 0.22 }
const RIGHT = { turn: -0.22 }
const NOD = { pitch: 0.74 }
const SMILE = { mouthWidth: 1 }
const BLINK = { eyeOpening: 0.2 }

let count = 0
const reading = (pose: Partial<FacePose> | null, change: Partial<FrameReading> = {}): FrameReading => {
  count += 1
  return {
    pose: pose === null ? null : { ...AHEAD, turn: (count % 3) * 0.012, ...pose },
    reliableFaces: pose === null ? 0 : 1,
    distanceToFirst: pose === null ? null : 0.2,
    fingerprint: `frame ${count}`,
    ...change,
  }
}
const judge = (frames: (Partial<FacePose> | null)[], challenges: Challenge[], minConfidence = 80) =>
  judgeFrames(
    frames.map((pose) => reading(pose)),
    challenges,
    minConfidence,
  )

describe('frames', () => {
  it('pass when each movement comes where it was asked for', () => {
    const verdict = judge([{}, LEFT, LEFT, {}, RIGHT, {}, NOD, {}], ['turn_left', 'turn_right', 'nod'])
    expect(verdict).toMatchObject({ passed: true, confidence: 100, reasons: [] })
    expect(verdict.seen.map(({ frame }) => frame)).toEqual([1, 4, 6])
  })

  it('pass in no other order than the one drawn', () => {
    const moves = ['turn_left', 'turn_right', 'nod'] as const
    const poses = { turn_left: LEFT, turn_right: RIGHT, nod: NOD }
    fc.assert(
      fc.property(
        fc.shuffledSubarray([...moves], { minLength: 3 }),
        fc.shuffledSubarray([...moves], { minLength: 3 }),
        (made, asked) => {
          const verdict = judge([{}, ...made.flatMap((move) => [poses[move], {}]), {}], asked)
          expect(verdict.passed).toBe(made.join() === asked.join())
        },
      ),
    )
  })

  it.each([
    ['a movement was not made', [{}, LEFT, {}, {}, {}], ['turn_left', 'turn_right'], ['movement_missing']],
    ['one was made that nobody asked for', [{}, RIGHT, {}, LEFT, {}], ['turn_left'], ['movement_out_of_order']],
    [
      'one was made again after the next',
      [{}, LEFT, RIGHT, LEFT, {}],
      ['turn_left', 'turn_right'],
      ['movement_out_of_order'],
    ],
    ['there are too few', [{}, LEFT, {}, RIGHT], ['turn_left', 'turn_right'], ['too_few_frames']],
    ['most hold no face', [{}, LEFT, null, null, null], ['turn_left'], ['no_reliable_face']],
  ] as const)('fail when %s', (_name, frames, challenges, reasons) => {
    const verdict = judge([...frames], [...challenges])
    expect(verdict).toMatchObject({ passed: false, reasons })
    expect(verdict.confidence).toBeLessThanOrEqual(30)
  })

  it('fail when one of them shows two people, or somebody else', () => {
    const poses = [{}, LEFT, {}, {}, {}]
    const judged = (at: number, change: Partial<FrameReading>) =>
      judgeFrames(
        poses.map((pose, index) => reading(pose, index === at ? change : {})),
        ['turn_left'],
        50,
      ).reasons
    expect(judged(2, { reliableFaces: 2, pose: null })).toEqual(['several_faces'])
    expect(judged(3, { distanceToFirst: 0.95 })).toEqual(['different_people'])
    // A head that is turned looks less like itself.
    expect(judged(1, { distanceToFirst: 0.95 })).toEqual([])
    expect(judged(1, { distanceToFirst: 1.15 })).toEqual(['different_people'])
  })

  it('fail when half of them or more are one file, whatever it shows', () => {
    const frames = [{}, LEFT, LEFT, LEFT, {}].map((pose) => reading(pose, { fingerprint: JSON.stringify(pose) }))
    expect(judgeFrames(frames, ['turn_left'], 10)).toMatchObject({ passed: false, reasons: ['still_picture'] })
  })

  it('may miss a blink or a smile, at a price', () => {
    const withAll = judge([{}, BLINK, LEFT, {}, SMILE, RIGHT, {}], ['blink', 'turn_left', 'smile', 'turn_right'])
    const without = judge([{}, {}, LEFT, {}, {}, RIGHT, {}], ['blink', 'turn_left', 'smile', 'turn_right'])
    expect(withAll).toMatchObject({ passed: true, confidence: 100, reasons: [] })
    expect(without).toMatchObject({ passed: true, confidence: 90, reasons: ['blink_not_seen', 'smile_not_seen'] })
  })

  it('never reach the usual confidence without a movement of the head', () => {
    expect(judge([{}, { turn: 0.05 }, BLINK, {}, SMILE, {}], ['blink', 'smile'])).toMatchObject({
      passed: false,
      confidence: 70,
    })
    expect(judge([{}, { turn: 0.05 }, {}, {}, {}], [])).toMatchObject({
      passed: false,
      confidence: 40,
      reasons: ['no_challenge'],
    })
  })

  it('name the straightest of them for a reviewer', () => {
    expect(judge([{ turn: 0.1 }, LEFT, null, { turn: -0.001 }, RIGHT], ['turn_left', 'turn_right']).best_frame).toBe(3)
    expect(judge([null, null, null, null, null], ['turn_left'])).toMatchObject({ passed: false, best_frame: null })
  })
})

describe('reading frames', () => {
  it('compares each with the first that shows a face', async () => {
    const vectors = [null, Float32Array.of(1, 0), Float32Array.of(1, 0), Float32Array.of(0, 1)]
    let at = -1
    const reader = new FrameReader({
      lookAtFrame: async () => {
        at += 1
        const vector = vectors[at] ?? null
        return {
          problem: null,
          reliableFaces: vector === null ? 2 : 1,
          face: vector && { points: drawnFace(), vector },
        }
      },
    })
    for (const byte of [1, 2, 3, 3]) await reader.read(Uint8Array.of(byte))

    expect(reader.readings.map(({ distanceToFirst }) => distanceToFirst?.toFixed(2))).toEqual([
      undefined,
      '0.00',
      '0.00',
      '1.39',
    ])
    expect(reader.readings[0]).toMatchObject({ pose: null, reliableFaces: 2 })
    expect(new Set(reader.readings.map(({ fingerprint }) => fingerprint)).size).toBe(3)
  })
})
