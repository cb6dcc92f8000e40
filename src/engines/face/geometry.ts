// Points, and the one map between pictures that faces need: turn, scale and shift, without shear or reflection.

export type Point = { x: number; y: number }

/** x′ = a·x − b·y + tx, y′ = b·x + a·y + ty. */
export type Similarity = { a: number; b: number; tx: number; ty: number }

export const apply = ({ a, b, tx, ty }: Similarity, { x, y }: Point): Point => ({
  x: a * x - b * y + tx,
  y: b * x + a * y + ty,
})

export function inverse({ a, b, tx, ty }: Similarity): Similarity {
  const square = a * a + b * b
  const inverted = { a: a / square, b: -b / square }
  return { ...inverted, tx: -(inverted.a * tx - inverted.b * ty), ty: -(inverted.b * tx + inverted.a * ty) }
}

export const mean = (points: readonly Point[]): Point => ({
  x: points.reduce((sum, { x }) => sum + x, 0) / points.length,
  y: points.reduce((sum, { y }) => sum + y, 0) / points.length,
})

export const distance = (a: Point, b: Point): number => Math.hypot(a.x - b.x, a.y - b.y)

/** The similarity that takes `from` to `to` with the least squared error; both hold the same number of points, two at least. */
export function fitSimilarity(from: readonly Point[], to: readonly Point[]): Similarity {
  const fromMean = mean(from)
  const toMean = mean(to)
  let along = 0
  let across = 0
  let spread = 0
  for (const [index, point] of from.entries()) {
    const target = to[index] ?? toMean
    const [x, y] = [point.x - fromMean.x, point.y - fromMean.y]
    const [u, v] = [target.x - toMean.x, target.y - toMean.y]
    along += x * u + y * v
    across += x * v - y * u
    spread += x * x + y * y
  }
  const turn = spread === 0 ? { a: 1, b: 0 } : { a: along / spread, b: across / spread }
  const shifted = apply({ ...turn, tx: 0, ty: 0 }, fromMean)
  return { ...turn, tx: toMean.x - shifted.x, ty: toMean.y - shifted.y }
}

/** Of a square of the picture, turned by `angle` radians, to the square from 0 to `size`. */
export function squareToChip(centre: Point, side: number, angle: number, size: number): Similarity {
  const scale = size / side
  const a = Math.cos(-angle) * scale
  const b = Math.sin(-angle) * scale
  return { a, b, tx: size / 2 - (a * centre.x - b * centre.y), ty: size / 2 - (b * centre.x + a * centre.y) }
}
