import type { Point } from '../../../src/engines/face/geometry.ts'
import type { Image } from '../../../src/engines/images/image.ts'

// A photo of a face as the camera would see it with the head turned or bowed: the face is laid over a half cylinder with a
// nose on it, turned, and looked at again. Enough like a head that landmarks move as they do on one.

export type Turn = {
  /** Degrees, to the person's left. */
  yaw?: number
  /** Degrees, down. */
  pitch?: number
}

export type Features = { rightEye: Point; leftEye: Point; nose: Point }

const STEPS = 12

export function turned(photo: Image, { rightEye, leftEye, nose }: Features, { yaw = 0, pitch = 0 }: Turn): Image {
  const eyes = Math.hypot(leftEye.x - rightEye.x, leftEye.y - rightEye.y)
  const centre = { x: (rightEye.x + leftEye.x) / 2, y: nose.y }
  const radius = 1.25 * eyes
  /** Towards the camera, in the face's own axes. */
  const depth = (x: number, y: number): number => {
    const [u, v] = [x / radius, y / (1.5 * radius)]
    const skull = radius * 0.75 * Math.sqrt(Math.max(0, 1 - u * u)) * Math.max(0, 1 - v * v)
    const bump = 0.5 * eyes * Math.exp(-((x / (0.2 * eyes)) ** 2 + ((y - 0.02 * eyes) / (0.35 * eyes)) ** 2) / 2)
    return skull + bump
  }
  const [sinYaw, cosYaw] = [Math.sin((yaw * Math.PI) / 180), Math.cos((yaw * Math.PI) / 180)]
  const [sinPitch, cosPitch] = [Math.sin((pitch * Math.PI) / 180), Math.cos((pitch * Math.PI) / 180)]
  const data = new Uint8ClampedArray(photo.data.length)
  for (let row = 0; row < photo.height; row += 1) {
    for (let column = 0; column < photo.width; column += 1) {
      const [seenX, seenY] = [column - centre.x, row - centre.y]
      let [x, y] = [seenX, seenY]
      for (let step = 0; step < STEPS; step += 1) {
        const z = depth(x, y)
        x += 0.5 * ((seenX - z * sinYaw) / cosYaw - x)
        y += 0.5 * ((seenY - z * sinPitch) / cosPitch - y)
      }
      copyPixel(photo, x + centre.x, y + centre.y, data, (row * photo.width + column) * 4)
    }
  }
  return { ...photo, data }
}

/** The whole picture as a print that is held askew: squeezed, turned and shifted, but flat. */
export function tilted(photo: Image, squeeze: number, degrees: number): Image {
  const [sin, cos] = [Math.sin((degrees * Math.PI) / 180), Math.cos((degrees * Math.PI) / 180)]
  const data = new Uint8ClampedArray(photo.data.length)
  const [middleX, middleY] = [photo.width / 2, photo.height / 2]
  for (let row = 0; row < photo.height; row += 1) {
    for (let column = 0; column < photo.width; column += 1) {
      const [u, v] = [column - middleX, row - middleY]
      const x = (u * cos + v * sin) / squeeze
      copyPixel(photo, x + middleX, v * cos - u * sin + middleY, data, (row * photo.width + column) * 4)
    }
  }
  return { ...photo, data }
}

function copyPixel({ width, height, data }: Image, x: number, y: number, target: Uint8ClampedArray, at: number): void {
  const [left, top] = [Math.floor(x), Math.floor(y)]
  const [fx, fy] = [x - left, y - top]
  for (let channel = 0; channel < 4; channel += 1) {
    const pixel = (column: number, row: number): number => {
      const inside = Math.min(width - 1, Math.max(0, column)) + Math.min(height - 1, Math.max(0, row)) * width
      return data[inside * 4 + channel] ?? 0
    }
    const upper = pixel(left, top) * (1 - fx) + pixel(left + 1, top) * fx
    const lower = pixel(left, top + 1) * (1 - fx) + pixel(left + 1, top + 1) * fx
    target[at + channel] = upper * (1 - fy) + lower * fy
  }
}
