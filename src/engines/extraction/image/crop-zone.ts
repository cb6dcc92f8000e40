// Cuts the machine-readable zone out of a picture, by where OCR saw its lines. Seen at an angle, the zone leans otherwise
// than the page does: alone it can be made level.

import type { Reading } from '../ocr/ocr.ts'
import type { Box, TextLine } from '../ocr/text-lines.ts'
import type { Gray } from './gray.ts'

const ZONE_LETTERS = 18
/** In heights of a line: what is cut out beside the lines that were seen, since one of them may have been missed. */
const MARGIN = 2.2

/** Null when nothing on the page looked like a zone. */
export function cropZone(image: Gray, { lines, angle }: Reading): Gray | null {
  const zone = lines.filter(isOfZone)
  if (zone.length === 0) return null
  const height = Math.max(...zone.map(({ box }) => box.bottom - box.top))
  const margin = Math.min(height, image.height / 8) * MARGIN
  const seen: Box = {
    left: 0,
    top: Math.min(...zone.map(({ box }) => box.top)) - margin,
    right: image.width,
    bottom: Math.max(...zone.map(({ box }) => box.bottom)) + margin,
  }
  const box = unturned(seen, image, angle)
  return crop(image, Math.max(0, Math.floor(box.top)), Math.min(image.height, Math.ceil(box.bottom)))
}

function isOfZone({ text }: TextLine): boolean {
  const plain = text.replaceAll(' ', '')
  return plain.length >= ZONE_LETTERS && /<<|\d{6}/.test(plain) && /^[A-Z0-9<]+$/.test(plain)
}

/** OCR turned the picture about its middle before it looked. */
function unturned({ left, top, right, bottom }: Box, { width, height }: Gray, angle: number): Box {
  const [sin, cos] = [Math.sin(angle), Math.cos(angle)]
  const rows = [
    [left, top],
    [right, top],
    [left, bottom],
    [right, bottom],
  ].map(([x = 0, y = 0]) => height / 2 - (x - width / 2) * sin + (y - height / 2) * cos)
  return { left, right, top: Math.min(...rows), bottom: Math.max(...rows) }
}

function crop({ width, data }: Gray, top: number, bottom: number): Gray | null {
  return bottom - top < 8 ? null : { width, height: bottom - top, data: data.slice(top * width, bottom * width) }
}
