// Boxes around faces, and which of several that lie over each other stays.

/** In pixels of the picture. */
export type Box = { x: number; y: number; width: number; height: number; score: number }

const MAX_OVERLAP = 0.4

/** The surest of those that overlap; surest first. */
export function withoutOverlaps(boxes: readonly Box[], limit = MAX_OVERLAP): Box[] {
  const kept: Box[] = []
  for (const box of boxes.toSorted((a, b) => b.score - a.score)) {
    if (kept.every((other) => overlapOf(box, other) <= limit)) kept.push(box)
  }
  return kept
}

/** Common area by united area, 0–1. */
export function overlapOf(a: Omit<Box, 'score'>, b: Omit<Box, 'score'>): number {
  const width = Math.max(0, Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x))
  const height = Math.max(0, Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y))
  const common = width * height
  return common === 0 ? 0 : common / (a.width * a.height + b.width * b.height - common)
}
