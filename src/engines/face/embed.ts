// A face as two vectors, each the mean of what a network says of the aligned chip and of its mirror image.

import type { Image } from '../images/image.ts'
import type { Embedder } from './dlib-embedding.ts'
import { DLIB_SIDE } from './dlib-embedding.ts'
import type { FaceVector } from './face-distance.ts'
import { ARCFACE_CHIP, ARCFACE_TEMPLATE } from './find-faces.ts'
import { fitSimilarity } from './geometry.ts'
import type { Point } from './geometry.ts'
import { fivePointsOf, listOf } from './quality.ts'
import { cutChip, mirrored } from './warp.ts'
import type { Chip } from './warp.ts'

export type Embedders = { dlib: Embedder; arcface: Embedder }

/** dlib's places of the outer and inner eye corners and the nose's base on a chip with a quarter of padding. */
const DLIB_TEMPLATE: Point[] = [
  { x: 0.8595674595992, y: 0.2134981538014 },
  { x: 0.6460604764104, y: 0.2289674387677 },
  { x: 0.1205750620789, y: 0.2137274526848 },
  { x: 0.3340850613712, y: 0.2290642403242 },
  { x: 0.4901123135679, y: 0.6277975316475 },
].map(({ x, y }) => ({ x: ((x + 0.25) / 1.5) * DLIB_SIDE, y: ((y + 0.25) / 1.5) * DLIB_SIDE }))
const DLIB_POINTS = [45, 42, 36, 39, 33]

export function embed(image: Image, points: readonly Point[], embedders: Embedders): FaceVector {
  const corners = DLIB_POINTS.flatMap((index) => points[index] ?? [])
  const dlibChip = cutChip(image, fitSimilarity(corners, DLIB_TEMPLATE), DLIB_SIDE)
  const chip = arcfaceChip(image, points)
  return {
    arcface: unit(meanOf(embedders.arcface([chip, mirrored(chip)]).map(unit))),
    dlib: meanOf(embedders.dlib([dlibChip, mirrored(dlibChip)])),
  }
}

/** A quarter of the work, for many frames of one person: ArcFace alone, and not mirrored. */
export function embedQuickly(image: Image, points: readonly Point[], { arcface }: Embedders): Float32Array {
  return unit(meanOf(arcface([arcfaceChip(image, points)])))
}

const arcfaceChip = (image: Image, points: readonly Point[]): Chip =>
  cutChip(image, fitSimilarity(listOf(fivePointsOf(points)), ARCFACE_TEMPLATE), ARCFACE_CHIP)

function unit(vector: Float32Array): Float32Array {
  const length = Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0))
  return length === 0 ? vector : vector.map((value) => value / length)
}

function meanOf(vectors: readonly Float32Array[]): Float32Array {
  const [first = new Float32Array(), ...others] = vectors
  return first.map((value, at) => others.reduce((sum, other) => sum + (other[at] ?? 0), value) / vectors.length)
}
