/** Where as many of one person are refused as of two are taken, going through every distance that was seen. */
export function curveOf(same: readonly number[], different: readonly number[]): { equalError: number; at: number } {
  let best = { equalError: 1, at: 0, gap: Infinity }
  for (const line of [...same, ...different]) {
    const refused = same.filter((distance) => distance > line).length / same.length
    const taken = different.filter((distance) => distance <= line).length / different.length
    const gap = Math.abs(refused - taken)
    if (gap < best.gap || (gap === best.gap && (refused + taken) / 2 < best.equalError)) {
      best = { equalError: (refused + taken) / 2, at: line, gap }
    }
  }
  return best
}

export const quantile = (values: readonly number[], part: number): number =>
  values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * part))] ?? 0
