// Whether the frames of a challenge show one person who made the movements that the server drew, in that order. Turns and nods
// decide; a blink or a smile, which a few frames may miss, only adds. It finds a still picture, a moved print and movements in
// another order. It does not find a recording played in the right order, nor a face made by a computer: docs/faces.md.

import type { LivenessConfig } from '../../domain/workflow/definition.ts'
import type { FacePose } from './face-pose.ts'

export type Challenge = LivenessConfig['challenges'][number]

/** What one frame showed; in order of time. */
export type FrameReading = {
  /** Of the one reliable face; null when there is none. */
  pose: FacePose | null
  reliableFaces: number
  /** To the face of the first frame that has one: cosine distance of ArcFace, by its line between one person and two. */
  distanceToFirst: number | null
  /** Equal for frames that are the same bytes. */
  fingerprint: string
}

/** Each of these fails the frames, whatever else they show. */
const HARD_REASONS = [
  'too_few_frames',
  'no_reliable_face',
  'several_faces',
  'different_people',
  'still_picture',
  'movement_missing',
  'movement_out_of_order',
] as const
export const LIVENESS_REASONS = [...HARD_REASONS, 'blink_not_seen', 'smile_not_seen', 'no_challenge'] as const
export type LivenessReason = (typeof LIVENESS_REASONS)[number]

export type LivenessVerdict = {
  passed: boolean
  /** 0–100. */
  confidence: number
  reasons: LivenessReason[]
  /** The straightest frame with one reliable face: for a reviewer, or to compare with a document. */
  best_frame: number | null
  /** For each challenge the frame that shows it. */
  seen: { challenge: Challenge; frame: number | null }[]
}

export const MIN_FRAMES = 5
/** At least this part of the frames holds one reliable face: a head that turns far may be lost for a moment. */
const MIN_READABLE = 0.6
/** Press photos, whose heads are seldom quite straight, go to 0.11. */
const TURNED = 0.14
const NODDED = 0.09
/** A head that is asked to keep still moves more than this between two frames; noise of a print under a camera does not. */
const STILL = { turn: 0.02, pitch: 0.02 }
const SMILE_GROWTH = 1.08
const BLINK_DROP = 0.78
/** A turned face lies further from the first frame's than a straight one. */
const ONE_PERSON = { straight: 0.9, turned: 1.1 }

const HARD = new Set<LivenessReason>(HARD_REASONS)
/** What a verdict can reach: movements of the head are worth most, a mere series of frames least. */
const CAP = { failed: 30, passive: 40, expressions: 70 }

type Posed = FrameReading & { frame: number; pose: FacePose }
type Move = Extract<Challenge, 'turn_left' | 'turn_right' | 'nod'>
const isMove = (challenge: Challenge): challenge is Move => challenge !== 'blink' && challenge !== 'smile'

export function judgeFrames(
  frames: readonly FrameReading[],
  challenges: readonly Challenge[],
  minConfidence: number,
): LivenessVerdict {
  const posed = frames.flatMap((reading, frame): Posed[] =>
    reading.pose === null ? [] : [{ ...reading, frame, pose: reading.pose }],
  )
  const seen = showsOf(posed, challenges)
  const reasons = [...problemsOf(frames, posed), ...unmetOf(posed, challenges, seen)]
  const confidence = confidenceOf(posed, challenges, seen, reasons)
  const isRefused = reasons.some((reason) => HARD.has(reason))
  return {
    passed: !isRefused && confidence >= minConfidence,
    confidence,
    reasons,
    best_frame: straightest(posed),
    seen,
  }
}

function problemsOf(frames: readonly FrameReading[], posed: readonly Posed[]): LivenessReason[] {
  const found: [LivenessReason, boolean][] = [
    ['too_few_frames', frames.length < MIN_FRAMES],
    ['no_reliable_face', posed.length < Math.max(1, frames.length * MIN_READABLE)],
    ['several_faces', frames.some(({ reliableFaces }) => reliableFaces > 1)],
    ['different_people', posed.some(isAnother)],
    ['still_picture', isStill(frames, posed)],
  ]
  return found.flatMap(([reason, isThere]) => (isThere ? [reason] : []))
}

const isAnother = ({ distanceToFirst, pose }: Posed): boolean =>
  (distanceToFirst ?? 0) > (Math.abs(pose.turn) < TURNED ? ONE_PERSON.straight : ONE_PERSON.turned)

function isStill(frames: readonly FrameReading[], posed: readonly Posed[]): boolean {
  const different = new Set(frames.map(({ fingerprint }) => fingerprint)).size
  if (different <= frames.length / 2) return true
  return (
    spread(posed.map(({ pose }) => pose.turn)) < STILL.turn && spread(posed.map(({ pose }) => pose.pitch)) < STILL.pitch
  )
}

const spread = (values: readonly number[]): number =>
  values.length === 0 ? 0 : Math.max(...values) - Math.min(...values)

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0

function straightest(posed: readonly Posed[]): number | null {
  const [best] = posed.toSorted((a, b) => Math.abs(a.pose.turn) - Math.abs(b.pose.turn))
  return best?.frame ?? null
}

type Shows = LivenessVerdict['seen']

/** Each challenge in the first frame that shows it and is not before that of the challenge before. */
function showsOf(posed: readonly Posed[], challenges: readonly Challenge[]): Shows {
  const shows = testsOf(posed)
  let from = 0
  return challenges.map((challenge) => {
    const frame = posed.find((reading) => reading.frame >= from && shows[challenge](reading))?.frame ?? null
    // Two movements need two frames; an expression may come with either.
    if (frame !== null) from = isMove(challenge) ? frame + 1 : frame
    return { challenge, frame }
  })
}

function testsOf(posed: readonly Posed[]): Record<Challenge, (reading: Posed) => boolean> {
  const straight = posed.filter(({ pose }) => Math.abs(pose.turn) < TURNED)
  const level = median(straight.map(({ pose }) => pose.pitch))
  const open = median(straight.map(({ pose }) => pose.eyeOpening))
  const relaxed = Math.min(...straight.map(({ pose }) => pose.mouthWidth))
  const isStraight = ({ pose }: Posed): boolean => Math.abs(pose.turn) < TURNED
  return {
    turn_left: ({ pose }) => pose.turn >= TURNED,
    turn_right: ({ pose }) => pose.turn <= -TURNED,
    nod: (reading) => isStraight(reading) && Math.abs(reading.pose.pitch - level) >= NODDED,
    smile: (reading) => isStraight(reading) && reading.pose.mouthWidth >= relaxed * SMILE_GROWTH,
    blink: (reading) => isStraight(reading) && reading.pose.eyeOpening <= open * BLINK_DROP,
  }
}

function unmetOf(posed: readonly Posed[], challenges: readonly Challenge[], seen: Shows): LivenessReason[] {
  if (challenges.length === 0) return ['no_challenge']
  const missing = seen.filter(({ frame }) => frame === null).map(({ challenge }) => challenge)
  const expressions: LivenessReason[] = [
    ...(missing.includes('blink') ? (['blink_not_seen'] as const) : []),
    ...(missing.includes('smile') ? (['smile_not_seen'] as const) : []),
  ]
  const made = movesOf(posed, challenges)
  const asked = challenges.filter(isMove)
  if (asked.some((move) => !made.includes(move))) return ['movement_missing', ...expressions]
  const isInOrder = made.length === asked.length && made.every((move, index) => move === asked[index])
  return isInOrder && !missing.some(isMove) ? expressions : ['movement_out_of_order', ...expressions]
}

/** The movements as they followed each other, each once however many frames it lasts. A nod counts only where one is asked for. */
function movesOf(posed: readonly Posed[], challenges: readonly Challenge[]): Move[] {
  const shows = testsOf(posed)
  const looked: Move[] = challenges.includes('nod') ? ['turn_left', 'turn_right', 'nod'] : ['turn_left', 'turn_right']
  const moves: Move[] = []
  for (const reading of posed) {
    const move = looked.find((one) => shows[one](reading))
    if (move !== undefined && move !== moves.at(-1)) moves.push(move)
  }
  return moves
}

function confidenceOf(
  posed: readonly Posed[],
  challenges: readonly Challenge[],
  seen: Shows,
  reasons: readonly LivenessReason[],
): number {
  const moves = challenges.filter(isMove)
  const expressions = seen.filter(({ challenge }) => !isMove(challenge))
  const shown = expressions.filter(({ frame }) => frame !== null).length
  const furthest = Math.max(0, ...posed.map(({ distanceToFirst }) => distanceToFirst ?? 0))
  const points =
    60 +
    10 * Math.min(2, moves.length) +
    10 * Math.max(0, 1 - Math.max(0, furthest - 0.5) / 0.6) +
    10 * (expressions.length === 0 ? 1 : shown / expressions.length)
  const cap = reasons.some((reason) => HARD.has(reason))
    ? CAP.failed
    : challenges.length === 0
      ? CAP.passive
      : moves.length === 0
        ? CAP.expressions * (expressions.length === 0 ? 0 : shown / expressions.length)
        : 100
  return Math.round(Math.min(points, cap))
}
