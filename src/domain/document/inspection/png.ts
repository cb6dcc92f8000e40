// The chunks of a PNG (W3C PNG, third edition) from the header to IEND: its size, whether it moves, what else is packed in it.

import { broken, type Findings, MAX_PNG_TEXT_BYTES, NO_FACTS, pixelProblem, problem } from './problem.ts'
import { asciiOf, read, skip, viewOf, type Walk } from './scan.ts'

const SIGNATURE_BYTES = 8
const CRC_BYTES = 4
const HEADER_BYTES = 13
const UNPACKED_ON_THE_SIDE = new Set(['zTXt', 'iTXt', 'iCCP'])

export function* walkPng(): Walk<Findings> {
  let found: Findings = { facts: NO_FACTS, problem: null }
  let hasData = false
  if (!(yield* skip(SIGNATURE_BYTES))) return broken('unreadable')
  for (;;) {
    const head = yield* read(8)
    if (head === null) return broken('unreadable', found.facts)
    const [length, type] = [viewOf(head).getUint32(0), asciiOf(head, 4, 4)]
    if (length > 0x7f_ff_ff_ff || (found.facts.width === null) !== (type === 'IHDR'))
      return broken('unreadable', found.facts)
    if (type === 'IHDR') {
      const header = length === HEADER_BYTES ? yield* read(HEADER_BYTES) : null
      if (header === null) return broken('unreadable')
      const [width, height] = [viewOf(header).getUint32(0), viewOf(header).getUint32(4)]
      found = { facts: { width, height, pages: null }, problem: pixelProblem(width, height) }
      if (found.problem !== null) return found
      if (!(yield* skip(CRC_BYTES))) return broken('unreadable', found.facts)
      continue
    }
    if (type === 'acTL') return { ...found, problem: problem('moving_picture') }
    if (UNPACKED_ON_THE_SIDE.has(type) && length > MAX_PNG_TEXT_BYTES)
      return { ...found, problem: problem('unpacks_too_large') }
    if (!(yield* skip(length + CRC_BYTES))) return broken('unreadable', found.facts)
    if (type === 'IDAT') hasData = true
    if (type === 'IEND') return hasData ? found : broken('unreadable', found.facts)
  }
}
