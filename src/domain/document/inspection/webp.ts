// The first chunk of a WebP (RFC 9649): its size, and whether it moves. The rest is measured, not read.

import { broken, type Findings, pixelProblem, problem } from './problem.ts'
import { asciiOf, read, skip, viewOf, type Walk } from './scan.ts'

const HEAD_BYTES = 30
const ANIMATED = 0x02

export function* walkWebp(): Walk<Findings> {
  const head = yield* read(HEAD_BYTES)
  if (head === null) return broken('unreadable')
  const view = viewOf(head)
  // RIFF counts from behind its own eight bytes.
  const rest = view.getUint32(4, true) + 8 - HEAD_BYTES
  const isMoving = asciiOf(head, 12, 4) === 'VP8X' && ((head[20] ?? 0) & ANIMATED) !== 0
  const size = sizeOf(asciiOf(head, 12, 4), view)
  if (size === null) return broken('unreadable')
  const facts = { ...size, pages: null }
  const found = pixelProblem(size.width, size.height)
  if (found !== null) return { facts, problem: found }
  if (isMoving) return { facts, problem: problem('moving_picture') }
  if (rest < 0 || !(yield* skip(rest))) return broken('unreadable', facts)
  return { facts, problem: null }
}

function sizeOf(chunk: string, view: DataView): { width: number; height: number } | null {
  switch (chunk) {
    case 'VP8 ': {
      const isKeyFrame = view.getUint8(23) === 0x9d && view.getUint8(24) === 0x01 && view.getUint8(25) === 0x2a
      return isKeyFrame ? { width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff } : null
    }
    case 'VP8L': {
      if (view.getUint8(20) !== 0x2f) return null
      const bits = view.getUint32(21, true)
      return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 }
    }
    default:
      return { width: 1 + uint24(view, 24), height: 1 + uint24(view, 27) }
  }
}

const uint24 = (view: DataView, at: number): number => view.getUint16(at, true) + view.getUint8(at + 2) * 0x1_00_00
