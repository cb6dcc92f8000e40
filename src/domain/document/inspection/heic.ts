// The boxes of a HEIC file (ISO/IEC 14496-12 and 23008-12): the sizes of its pictures from their `ispe` properties, and
// whether it is a sequence. The coded pictures themselves are measured, not read.

import {
  broken,
  type FileFacts,
  type Findings,
  MAX_HEIC_META_BYTES,
  NO_FACTS,
  pixelProblem,
  problem,
} from './problem.ts'
import { asciiOf, read, skip, viewOf, type Walk } from './scan.ts'

const HEADER_BYTES = 8
const LARGE_HEADER_BYTES = 16
const ISPE_BYTES = 16

export function* walkHeic(): Walk<Findings> {
  let facts: FileFacts = NO_FACTS
  let hasData = false
  for (;;) {
    const head = yield* read(HEADER_BYTES)
    if (head === null) return facts.width === null || !hasData ? broken('unreadable', facts) : { facts, problem: null }
    const type = asciiOf(head, 4, 4)
    const size = yield* sizeOf(head)
    // A box "to the end of the file" holds the pictures; nothing comes behind it.
    if (size === 0 && type === 'mdat') return facts.width === null ? broken('unreadable') : { facts, problem: null }
    if (size === null || size <= 0) return broken('unreadable', facts)
    if (type === 'moov') return { facts, problem: problem('moving_picture') }
    if (type !== 'meta') {
      if (!(yield* skip(size))) return broken('unreadable', facts)
      hasData ||= type === 'mdat' || type === 'idat'
      continue
    }
    const meta = size > MAX_HEIC_META_BYTES ? null : yield* read(size)
    if (meta === null) return broken('unreadable')
    const largest = largestPicture(meta)
    if (largest === null) return broken('unreadable')
    facts = { ...largest, pages: null }
    const found = pixelProblem(largest.width, largest.height)
    if (found !== null) return { facts, problem: found }
  }
}

/** Bytes behind the header; 0 = to the end of the file; null = nonsense. */
function* sizeOf(head: Uint8Array): Walk<number | null> {
  const size = viewOf(head).getUint32(0)
  if (size === 0) return 0
  if (size !== 1) return size > HEADER_BYTES ? size - HEADER_BYTES : null
  const large = yield* read(LARGE_HEADER_BYTES - HEADER_BYTES)
  if (large === null) return null
  const bytes = viewOf(large).getUint32(0) * 2 ** 32 + viewOf(large).getUint32(4)
  return bytes > LARGE_HEADER_BYTES ? bytes - LARGE_HEADER_BYTES : null
}

/** Of a tiled picture the whole stands there beside its tiles: the largest counts. */
function largestPicture(meta: Uint8Array): { width: number; height: number } | null {
  const view = viewOf(meta)
  let largest: { width: number; height: number } | null = null
  for (let at = 0; at + ISPE_BYTES <= meta.length; at += 1) {
    if (asciiOf(meta, at, 4) !== 'ispe') continue
    const size = { width: view.getUint32(at + 8), height: view.getUint32(at + 12) }
    if (largest === null || size.width * size.height > largest.width * largest.height) largest = size
  }
  return largest
}
