import type { Image } from '../../../src/engines/images/image.ts'
import { resize } from '../../../src/engines/images/image.ts'

// A photo as it stands on an identity card that somebody took a picture of: cut to 35 × 45, grey, under guilloche lines,
// with a pale second print of it beside, noise over all.

export const CARD = { width: 1000, height: 630 }
const PORTRAIT = { x: 60, y: 150, width: 270, height: 347 }
const GHOST = { x: 760, y: 360, width: 110, height: 141 }

type Box = { x: number; y: number; width: number; height: number }

/** The face takes some 60 % of the portrait's height, as passport rules ask. */
export function portraitBox(face: Box): Box {
  const height = face.height / 0.6
  const width = (height * 35) / 45
  return { x: face.x + face.width / 2 - width / 2, y: face.y + face.height / 2 - height * 0.53, width, height }
}

export function asIdCard(photo: Image, face: Box, seed: number): Image {
  const portrait = crop(photo, portraitBox(face))
  const card: Image = { ...CARD, data: new Uint8ClampedArray(CARD.width * CARD.height * 4).fill(255) }
  const random = randomFrom(seed)
  for (let y = 0; y < CARD.height; y += 1) {
    for (let x = 0; x < CARD.width; x += 1) put(card, x, y, 214 + 10 * Math.sin(x / 37 + Math.sin(y / 29) * 2))
  }
  lay(card, resize(portrait, PORTRAIT.width, PORTRAIT.height), PORTRAIT, 1)
  lay(card, resize(portrait, GHOST.width, GHOST.height), GHOST, 0.35)
  for (let y = 0; y < CARD.height; y += 1) {
    for (let x = 0; x < CARD.width; x += 1) {
      const line = guilloche(x, y)
      const now = card.data[(y * CARD.width + x) * 4] ?? 0
      put(card, x, y, now * (1 - 0.22 * line) + 0.22 * line * 120 + 9 * gaussian(random))
    }
  }
  return card
}

/** Three families of fine waves that cross each other. */
function guilloche(x: number, y: number): number {
  const waves = [
    Math.sin((y + 9 * Math.sin(x / 23)) / 1.9),
    Math.sin((x + 11 * Math.sin(y / 31)) / 2.3),
    Math.sin((x + y + 7 * Math.sin((x - y) / 19)) / 2.9),
  ]
  return Math.max(...waves) > 0.93 ? 1 : 0
}

function lay(card: Image, picture: Image, { x: left, y: top }: { x: number; y: number }, strength: number): void {
  for (let y = 0; y < picture.height; y += 1) {
    for (let x = 0; x < picture.width; x += 1) {
      const at = (y * picture.width + x) * 4
      const [red = 0, green = 0, blue = 0] = picture.data.subarray(at, at + 3)
      const grey = 0.299 * red + 0.587 * green + 0.114 * blue
      const below = card.data[((top + y) * CARD.width + left + x) * 4] ?? 0
      put(card, left + x, top + y, below * (1 - strength) + grey * strength)
    }
  }
}

function put({ width, data }: Image, x: number, y: number, value: number): void {
  const at = (y * width + x) * 4
  data[at] = value
  data[at + 1] = value
  data[at + 2] = value
}

/** White where the photo ends. */
export function crop({ width, height, data }: Image, box: Box): Image {
  const out = { width: Math.round(box.width), height: Math.round(box.height) }
  const [left, top] = [Math.round(box.x), Math.round(box.y)]
  const cut = new Uint8ClampedArray(out.width * out.height * 4).fill(255)
  for (let y = Math.max(0, -top); y < Math.min(out.height, height - top); y += 1) {
    for (let x = Math.max(0, -left); x < Math.min(out.width, width - left); x += 1) {
      const from = ((top + y) * width + left + x) * 4
      cut.set(data.subarray(from, from + 3), (y * out.width + x) * 4)
    }
  }
  return { ...out, data: cut }
}

/** Mulberry32: the same picture in every run. */
function randomFrom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

const gaussian = (random: () => number): number =>
  Math.sqrt(-2 * Math.log(random() || 1e-9)) * Math.cos(2 * Math.PI * random())
