import type { Point } from '../../../src/engines/face/geometry.ts'

/** Sixty-eight points of a face that looks straight ahead, eyes 60 apart about (100, 100); what is told is changed. */
export function drawnFace(
  change: { nose?: Point; mouth?: { y: number; width: number }; eyeHeight?: number } = {},
): Point[] {
  const { nose = { x: 100, y: 134 }, mouth = { y: 160, width: 48 }, eyeHeight = 6 } = change
  const points = Array.from({ length: 68 }, (_, index) => ({ x: 100, y: 100 + index / 2 }))
  const put = (from: number, list: [number, number][]): void => {
    for (const [offset, [x, y]] of list.entries()) points[from + offset] = { x, y }
  }
  const eye = (x: number): [number, number][] => [
    [x - 10, 100],
    [x - 4, 100 - eyeHeight / 2],
    [x + 4, 100 - eyeHeight / 2],
    [x + 10, 100],
    [x + 4, 100 + eyeHeight / 2],
    [x - 4, 100 + eyeHeight / 2],
  ]
  put(30, [[nose.x, nose.y]])
  put(36, eye(70))
  put(42, eye(130))
  put(48, [[100 - mouth.width / 2, mouth.y]])
  put(54, [[100 + mouth.width / 2, mouth.y]])
  return points
}
