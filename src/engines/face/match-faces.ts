// Whether two pictures show one person. Only faces that passed the quality gate are compared; without one on either side the
// answer is `no_reliable_face`, and two in a selfie are for a person to look at. Neither is ever a match.

import type { ImageProblem } from '../images/decode.ts'
import { distancesOf } from './face-distance.ts'
import type { LookedAt, LookedAtFace } from './engine.ts'
import type { FaceProblem } from './quality.ts'
import { DEFAULT_FACE_THRESHOLD, decisionOf, similarityOf } from './similarity.ts'

/** A document also holds small second prints of its portrait; a selfie holds one person. */
export type PictureKind = 'document' | 'selfie'

export type PictureOfFaces = { kind: PictureKind; looked: LookedAt }

export type ReportedFace = {
  picture: 'reference' | 'probe'
  /** As parts of the picture's width and height. */
  box: { x: number; y: number; width: number; height: number }
  /** 0–1, of the detector: on the picture, and again on the aligned face. */
  score: number
  aligned_score: number
  /** Pixels, in the picture at most 1,280 on its longer side. */
  eye_distance: number
  is_reliable: boolean
  is_compared: boolean
  problems: FaceProblem[]
}

export type PictureQuality = {
  problem: ImageProblem | 'no_face' | 'no_reliable_face' | 'several_faces' | null
  width: number
  height: number
  faces: number
  reliable_faces: number
}

export type FaceMatch = {
  is_match: boolean
  /** 0–1; 0.85 is the default threshold. */
  similarity: number | null
  distance: number | null
  decision: 'match' | 'review' | 'no_match' | 'no_reliable_face'
  faces: ReportedFace[]
  quality: { reference: PictureQuality; probe: PictureQuality }
}

export function matchFaces(
  reference: PictureOfFaces,
  probe: PictureOfFaces,
  threshold = DEFAULT_FACE_THRESHOLD,
): FaceMatch {
  const quality = { reference: qualityOf(reference), probe: qualityOf(probe) }
  const [left, right] = [comparedFace(reference.looked), comparedFace(probe.looked)]
  const faces = [...reported('reference', reference.looked), ...reported('probe', probe.looked)]
  if (left === null || right === null) {
    return { is_match: false, similarity: null, distance: null, decision: 'no_reliable_face', faces, quality }
  }
  const distance = distancesOf(left.vector, right.vector).fused
  const similarity = similarityOf(distance)
  const decided = decisionOf(similarity, threshold)
  const isCrowded = [quality.reference, quality.probe].some(({ problem }) => problem === 'several_faces')
  // The largest of two faces may be the wrong one, whatever it resembles.
  const decision = isCrowded ? 'review' : decided
  return {
    is_match: decision === 'match',
    similarity,
    distance: Math.round(distance * 10_000) / 10_000,
    decision,
    faces,
    quality,
  }
}

type ComparedFace = LookedAtFace & { vector: NonNullable<LookedAtFace['vector']> }

/** The largest reliable one. */
function comparedFace({ faces }: LookedAt): ComparedFace | null {
  const reliable = faces.find(({ problems }) => problems.length === 0)
  return reliable === undefined || reliable.vector === null ? null : { ...reliable, vector: reliable.vector }
}

function qualityOf({ kind, looked }: PictureOfFaces): PictureQuality {
  const reliable = looked.faces.filter(({ problems }) => problems.length === 0).length
  const { width, height, faces } = looked
  const problem = (): PictureQuality['problem'] => {
    if (looked.problem !== null) return looked.problem
    if (faces.length === 0) return 'no_face'
    if (reliable === 0) return 'no_reliable_face'
    return reliable > 1 && kind === 'selfie' ? 'several_faces' : null
  }
  return { problem: problem(), width, height, faces: faces.length, reliable_faces: reliable }
}

const reported = (picture: ReportedFace['picture'], { width, height, faces }: LookedAt): ReportedFace[] =>
  faces.map(({ box, problems, eyeDistance, chipScore, vector }) => ({
    picture,
    box: {
      x: part(box.x, width),
      y: part(box.y, height),
      width: part(box.width, width),
      height: part(box.height, height),
    },
    score: part(box.score, 1),
    aligned_score: part(chipScore, 1),
    eye_distance: Math.round(eyeDistance),
    is_reliable: problems.length === 0,
    is_compared: vector !== null,
    problems,
  }))

const part = (value: number, whole: number): number => Math.round((value / whole) * 10_000) / 10_000
