import type { DocumentBytes, LivenessJudge } from '../application/ports.ts'
import { LIVENESS_CHALLENGES } from '../domain/workflow/definition.ts'
import type { Challenge, LivenessVerdict } from '../engines/liveness/judge-frames.ts'

/** What of the Worker `faces` is used here. */
export type FramesEngine = {
  judgeFrames(call: {
    frames: ReadableStream<Uint8Array>[]
    challenges: Challenge[]
    min_confidence: number
  }): Promise<LivenessVerdict>
}

export function createLivenessJudge(parts: {
  engine: FramesEngine
  documents: Pick<DocumentBytes, 'open'>
}): LivenessJudge {
  return {
    async judge({ session_id, frame_doc_ids, challenges, min_confidence }) {
      const opened = await Promise.all(frame_doc_ids.map((doc_id) => parts.documents.open({ session_id, doc_id })))
      const frames = opened.filter((frame) => frame !== null)
      if (frames.length < opened.length) {
        await Promise.all(frames.map((frame) => frame.cancel()))
        return { state: 'error', message: 'A frame is not there.', ...NOTHING_SEEN }
      }
      const drawn = challenges.filter((challenge): challenge is Challenge =>
        LIVENESS_CHALLENGES.some((one) => one === challenge),
      )
      const verdict = await parts.engine.judgeFrames({ frames, challenges: drawn, min_confidence })
      const { passed, confidence, reasons, best_frame } = verdict
      const best_frame_doc_id = best_frame === null ? null : (frame_doc_ids[best_frame] ?? null)
      return { state: 'ok', passed, confidence, reasons, best_frame_doc_id }
    },
  }
}

const NOTHING_SEEN = { passed: false, confidence: null, reasons: [], best_frame_doc_id: null }
