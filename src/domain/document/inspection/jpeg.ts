// The markers of a JPEG (ITU-T T.81, annex B) from the first to the end of the picture: its size, its passes, its end.

import { broken, type Findings, MAX_JPEG_SCANS, NO_FACTS, pixelProblem, problem } from './problem.ts'
import { read, skip, skipTo, viewOf, type Walk } from './scan.ts'

const [TEM, RST0, RST7, SOI, EOI, SOS] = [0x01, 0xd0, 0xd7, 0xd8, 0xd9, 0xda]
/** C4, C8 and CC are tables and a reserved marker, not frames. */
const isFrame = (marker: number): boolean => marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)
const hasNoLength = (marker: number): boolean => marker === TEM || (marker >= RST0 && marker <= SOI)

export function* walkJpeg(): Walk<Findings> {
  let found: Findings = { facts: NO_FACTS, problem: null }
  let scans = 0
  if (!(yield* skip(2))) return broken('unreadable')
  for (;;) {
    const marker = yield* nextMarker()
    if (marker === null) return broken('unreadable', found.facts)
    if (marker === EOI) return scans === 0 || found.facts.width === null ? broken('unreadable') : found
    if (hasNoLength(marker)) continue
    const length = yield* read(2)
    if (length === null) return broken('unreadable', found.facts)
    const left = viewOf(length).getUint16(0) - 2
    if (left < 0) return broken('unreadable', found.facts)
    if (isFrame(marker)) {
      const frame = yield* read(Math.min(left, 5))
      if (frame === null || frame.length < 5) return broken('unreadable')
      const [height, width] = [viewOf(frame).getUint16(1), viewOf(frame).getUint16(3)]
      const facts = { width, height, pages: null }
      // A height of 0 is told at the end of the first pass only: nothing that photographs or scans writes that.
      found = { facts, problem: pixelProblem(width, height) }
      if (found.problem !== null) return found
      if (!(yield* skip(left - 5))) return broken('unreadable', facts)
    } else {
      if (!(yield* skip(left))) return broken('unreadable', found.facts)
      if (marker === SOS && (scans += 1) > MAX_JPEG_SCANS)
        return { facts: found.facts, problem: problem('unpacks_too_large') }
    }
  }
}

/** Behind compressed data too: there FF 00 is a byte of it, FF D0–D7 restarts it, FF FF fills. */
function* nextMarker(): Walk<number | null> {
  for (;;) {
    if (!(yield* skipTo(0xff))) return null
    let marker = 0xff
    while (marker === 0xff) {
      const next = yield* read(1)
      if (next === null) return null
      marker = next[0] ?? 0
    }
    if (marker !== 0x00 && !(marker >= RST0 && marker <= RST7)) return marker
  }
}
