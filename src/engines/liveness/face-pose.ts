// How a face is held and what it does, from its 68 points. Turning and nodding are read off where the tip of the nose stands
// between eyes and mouth, in their own oblique axes: a flat picture that is moved, tilted or bent about one axis keeps that
// place, a head does not, since its nose stands out.

import { distance, mean } from '../face/geometry.ts'
import type { Point } from '../face/geometry.ts'
import { fivePointsOf } from '../face/quality.ts'

export type FacePose = {
  /** Grows as the person turns to their own left, some 0.1 for every fifteen degrees; 0 is straight ahead. */
  turn: number
  /** Grows as the head goes down. What is straight ahead differs by person: 0.45–0.7. */
  pitch: number
  /** Height of the eye openings by their width; closed eyes are below some 0.2. */
  eyeOpening: number
  /** Width of the mouth by the distance of the eyes. */
  mouthWidth: number
}

export function poseOf(points: readonly Point[]): FacePose | null {
  const { rightEye, leftEye, nose, mouthRight, mouthLeft } = fivePointsOf(points)
  const eyes = mean([rightEye, leftEye])
  const mouth = mean([mouthRight, mouthLeft])
  const across = { x: leftEye.x - rightEye.x, y: leftEye.y - rightEye.y }
  const down = { x: mouth.x - eyes.x, y: mouth.y - eyes.y }
  const area = across.x * down.y - across.y * down.x
  if (area <= 0) return null
  const offset = { x: nose.x - eyes.x, y: nose.y - eyes.y }
  return {
    turn: (offset.x * down.y - offset.y * down.x) / area,
    pitch: (across.x * offset.y - across.y * offset.x) / area,
    eyeOpening: (openingOf(points.slice(36, 42)) + openingOf(points.slice(42, 48))) / 2,
    mouthWidth: distance(mouthRight, mouthLeft) / distance(rightEye, leftEye),
  }
}

/** Of six points from corner to corner, upper lid first. */
function openingOf([outer, upper1, upper2, inner, lower2, lower1]: readonly Point[]): number {
  if (!outer || !upper1 || !upper2 || !inner || !lower1 || !lower2) return 0
  return (distance(upper1, lower1) + distance(upper2, lower2)) / 2 / distance(outer, inner)
}
