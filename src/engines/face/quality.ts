// Whether what the detector boxed is a face that a comparison may rest on. False boxes look alike to the embeddings (they
// match each other better than photos of one person do), so this gate stands before every comparison.

import type { Box } from './boxes.ts'
import { distance, mean } from './geometry.ts'
import type { Point } from './geometry.ts'

/** Of the detector. False boxes were seen up to 0.48. */
export const MIN_DETECTION_SCORE = 0.55
/** Between the pupils, in pixels of the picture: below, the chip is mostly invented. */
export const MIN_EYE_DISTANCE = 24
/** The detector's score on the aligned chip, where a face stands upright and in the middle. */
export const MIN_CHIP_SCORE = 0.5
/** How much of the chip's box the face must share with where it was put. */
export const MIN_CHIP_OVERLAP = 0.3

export const FACE_PROBLEMS = ['low_score', 'too_small', 'landmarks_out_of_order', 'not_seen_when_aligned'] as const
export type FaceProblem = (typeof FACE_PROBLEMS)[number]

export type FivePoints = { rightEye: Point; leftEye: Point; nose: Point; mouthRight: Point; mouthLeft: Point }

/** Right and left are the person's: the right eye stands on the left of the picture. */
export const fivePointsOf = (points: readonly Point[]): FivePoints => {
  const at = (index: number): Point => points[index] ?? { x: 0, y: 0 }
  return {
    rightEye: mean(points.slice(36, 42)),
    leftEye: mean(points.slice(42, 48)),
    nose: at(30),
    mouthRight: at(48),
    mouthLeft: at(54),
  }
}

export const listOf = ({ rightEye, leftEye, nose, mouthRight, mouthLeft }: FivePoints): Point[] => [
  rightEye,
  leftEye,
  nose,
  mouthRight,
  mouthLeft,
]

export type FaceEvidence = {
  box: Box
  points: readonly Point[]
  /** The best box on the aligned chip that lies where the face was put; 0 when there is none. */
  chipScore: number
}

export function problemsOf({ box, points, chipScore }: FaceEvidence): FaceProblem[] {
  const five = fivePointsOf(points)
  const found: [FaceProblem, boolean][] = [
    ['low_score', box.score < MIN_DETECTION_SCORE],
    ['too_small', distance(five.rightEye, five.leftEye) < MIN_EYE_DISTANCE],
    ['landmarks_out_of_order', !areInOrder(five, points, box)],
    ['not_seen_when_aligned', chipScore < MIN_CHIP_SCORE],
  ]
  return found.flatMap(([problem, isThere]) => (isThere ? [problem] : []))
}

/** Seen along the face's own axes: eyes beside each other, mouth below them, nose between, all about where the box is. */
function areInOrder(five: FivePoints, points: readonly Point[], box: Box): boolean {
  const { rightEye, leftEye, nose, mouthRight, mouthLeft } = five
  const eyes = mean([rightEye, leftEye])
  const mouth = mean([mouthRight, mouthLeft])
  const across = { x: leftEye.x - rightEye.x, y: leftEye.y - rightEye.y }
  const width = Math.hypot(across.x, across.y)
  if (width === 0) return false
  const along = (from: Point, to: Point): number => ((to.x - from.x) * across.x + (to.y - from.y) * across.y) / width
  const down = (from: Point, to: Point): number => ((to.y - from.y) * across.x - (to.x - from.x) * across.y) / width
  const faceHeight = down(eyes, mouth)
  return (
    faceHeight > 0.5 * width &&
    faceHeight < 2.5 * width &&
    along(mouthRight, mouthLeft) > 0.3 * width &&
    down(eyes, nose) > 0.1 * faceHeight &&
    down(nose, mouth) > 0.1 * faceHeight &&
    Math.abs(along(eyes, nose)) < width &&
    shareWithin(points, box) >= 0.8
  )
}

const BOX_MARGIN = 0.25

function shareWithin(points: readonly Point[], { x, y, width, height }: Box): number {
  const inside = points.filter(
    (point) =>
      point.x >= x - BOX_MARGIN * width &&
      point.x <= x + (1 + BOX_MARGIN) * width &&
      point.y >= y - BOX_MARGIN * height &&
      point.y <= y + (1 + BOX_MARGIN) * height,
  )
  return inside.length / points.length
}
