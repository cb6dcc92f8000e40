// How far two faces lie apart: the Euclidean distance of dlib's vectors and the cosine distance of ArcFace's, each by the
// line that its network draws between one person and two, and one number out of both.

/** ArcFace's has the length 1. */
export type FaceVector = { dlib: Float32Array; arcface: Float32Array }

/** Where a network's own line between one person and two lies, and how much its opinion counts. */
const DLIB = { line: 0.61, weight: 0.3 }
const ARCFACE = { line: 0.72, weight: 0.7 }

export type Distances = { dlib: number; arcface: number; fused: number }

export function distancesOf(a: FaceVector, b: FaceVector): Distances {
  const dlib = Math.sqrt(a.dlib.reduce((sum, value, at) => sum + (value - (b.dlib[at] ?? 0)) ** 2, 0))
  const arcface = cosineDistance(a.arcface, b.arcface)
  return { dlib, arcface, fused: (DLIB.weight * dlib) / DLIB.line + (ARCFACE.weight * arcface) / ARCFACE.line }
}

/** Of two quick vectors: 1 lies on the line between one person and two. */
export const quickDistance = (a: Float32Array, b: Float32Array): number => cosineDistance(a, b) / ARCFACE.line

/** Of vectors of length 1. */
const cosineDistance = (a: Float32Array, b: Float32Array): number =>
  1 - a.reduce((sum, value, at) => sum + value * (b[at] ?? 0), 0)
