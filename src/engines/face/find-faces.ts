// The faces of a picture: boxes at several sizes, landmarks in two passes (the second with the head turned upright), the
// chip that comparisons see, and what the quality gate says of each. Nothing is compared here.

import { shrinkTo } from '../images/image.ts'
import type { Image } from '../images/image.ts'
import { overlapOf, withoutOverlaps } from './boxes.ts'
import type { Box } from './boxes.ts'
import type { Detector } from './detector.ts'
import { apply, distance, fitSimilarity, inverse, squareToChip } from './geometry.ts'
import type { Point } from './geometry.ts'
import { LANDMARK_SIDE } from './landmarks.ts'
import type { LandmarkFinder } from './landmarks.ts'
import { fivePointsOf, listOf, MIN_CHIP_OVERLAP, problemsOf } from './quality.ts'
import type { FaceProblem } from './quality.ts'
import { cutChip, imageOf } from './warp.ts'

export type FaceNets = { detect: Detector; findLandmarks: LandmarkFinder }

export type FoundFace = {
  /** In pixels of the picture that was looked at. */
  box: Box
  points: Point[]
  eyeDistance: number
  chipScore: number
  problems: FaceProblem[]
}

/** The longest side that is looked at: enough for a portrait of a tenth of the width. */
export const WORK_SIDE = 1280
const DETECTION_SIDES = [320, 416] as const
/** For a face that fills the picture, and for one too near: only when the others saw none that is sure. */
const FURTHER_SIDES = [224, 160] as const
const SURE = 0.55
/** Boxes looked at more closely, surest first. */
const MAX_FACES = 6

/** The places of the five points on a chip of 112 (ArcFace). */
export const ARCFACE_TEMPLATE: Point[] = [
  { x: 38.2946, y: 51.6963 },
  { x: 73.5318, y: 51.5014 },
  { x: 56.0252, y: 71.7366 },
  { x: 41.5493, y: 92.3655 },
  { x: 70.7299, y: 92.2041 },
]
export const ARCFACE_CHIP = 112

/** A frame of a camera holds one large face: one size of it is enough to find that. */
export const FRAME_SIDES = [320] as const

export function findFaces(
  picture: Image,
  nets: FaceNets,
  sides: readonly number[] = DETECTION_SIDES,
): { image: Image; faces: FoundFace[] } {
  const image = shrinkTo(picture, WORK_SIDE)
  return {
    image,
    faces: boxesIn(image, nets.detect, sides)
      .slice(0, MAX_FACES)
      .map((box) => look(image, box, nets)),
  }
}

function boxesIn(image: Image, detect: Detector, sides: readonly number[]): Box[] {
  const boxes = withoutOverlaps(sides.flatMap((side) => detect(image, side)))
  for (const side of FURTHER_SIDES) {
    if (boxes.some(({ score }) => score >= SURE)) break
    boxes.push(...detect(image, side))
  }
  return withoutOverlaps(boxes)
}

function look(image: Image, box: Box, nets: FaceNets): FoundFace {
  const points = landmarksIn(image, box, nets)
  const { rightEye, leftEye } = fivePointsOf(points)
  const chipScore = scoreOnChip(image, points, nets.detect)
  return {
    box,
    points,
    eyeDistance: distance(rightEye, leftEye),
    chipScore,
    problems: problemsOf({ box, points, chipScore }),
  }
}

function landmarksIn(image: Image, box: Box, { findLandmarks }: FaceNets): Point[] {
  const centre = { x: box.x + box.width / 2, y: box.y + box.height / 2 }
  const first = landmarksOn(image, centre, Math.max(box.width, box.height), 0, findLandmarks)
  const { rightEye, leftEye } = fivePointsOf(first)
  const roll = Math.atan2(leftEye.y - rightEye.y, leftEye.x - rightEye.x)
  return landmarksOn(image, ...squareAround(first, roll), roll, findLandmarks)
}

function landmarksOn(image: Image, centre: Point, side: number, angle: number, find: LandmarkFinder): Point[] {
  const toChip = squareToChip(centre, side, angle, LANDMARK_SIDE)
  const back = inverse(toChip)
  return find(cutChip(image, toChip, LANDMARK_SIDE)).map((point) => apply(back, point))
}

/** As the network was trained: all points inside, with a small margin. */
const SQUARE_MARGIN = 1.15

function squareAround(points: readonly Point[], roll: number): [Point, number] {
  const upright = { a: Math.cos(-roll), b: Math.sin(-roll), tx: 0, ty: 0 }
  const turned = points.map((point) => apply(upright, point))
  const xs = turned.map(({ x }) => x)
  const ys = turned.map(({ y }) => y)
  const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)]
  const centre = apply(inverse(upright), { x: (left + right) / 2, y: (top + bottom) / 2 })
  return [centre, Math.max(right - left, bottom - top) * SQUARE_MARGIN]
}

/** The chip with room around it, as large as the detector likes a face to be. */
const SEEN_SIDE = 160
const SEEN_ROOM = 2.2

function scoreOnChip(image: Image, points: readonly Point[], detect: Detector): number {
  const toChip = fitSimilarity(listOf(fivePointsOf(points)), ARCFACE_TEMPLATE)
  const scale = SEEN_SIDE / (ARCFACE_CHIP * SEEN_ROOM)
  const shift = (SEEN_SIDE - ARCFACE_CHIP * scale) / 2
  const seen = {
    a: toChip.a * scale,
    b: toChip.b * scale,
    tx: toChip.tx * scale + shift,
    ty: toChip.ty * scale + shift,
  }
  const chip = imageOf(cutChip(image, seen, SEEN_SIDE))
  const expected = { x: shift, y: shift, width: ARCFACE_CHIP * scale, height: ARCFACE_CHIP * scale }
  const scores = detect(chip, SEEN_SIDE)
    .filter((box) => overlapOf(box, expected) >= MIN_CHIP_OVERLAP)
    .map(({ score }) => score)
  return Math.max(0, ...scores)
}
