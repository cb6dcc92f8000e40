// Figures of a classifier from scores and truths.

export type Scored = { score: number; isMatch: boolean; isStrong?: boolean }

export function atThreshold(cases: readonly Scored[], threshold: number) {
  let [hits, wrongHits, misses, wrongStrong] = [0, 0, 0, 0]
  for (const { score, isMatch, isStrong } of cases) {
    const isHit = score >= threshold
    if (isHit && isMatch) hits += 1
    else if (isHit) wrongHits += 1
    else if (isMatch) misses += 1
    if (isStrong === true && isHit !== isMatch) wrongStrong += 1
  }
  return {
    precision: hits / (hits + wrongHits),
    recall: hits / (hits + misses),
    f1: (2 * hits) / (2 * hits + wrongHits + misses),
    wrongStrong,
  }
}

/** Recall at the lowest threshold that calls at most this share of the different pairs the same. */
export function recallAt(cases: readonly Scored[], falsePositives: number): number {
  const different = cases.filter((one) => !one.isMatch).map((one) => one.score)
  const allowed = different.toSorted((one, other) => other - one)[Math.floor(different.length * falsePositives)] ?? 1
  const same = cases.filter((one) => one.isMatch)
  return same.filter((one) => one.score > allowed).length / same.length
}

export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((one, other) => one - other)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0
}
