// Which of the sixty-eight points becomes which in a mirror.

/** Runs of points that mirror each other: in one run the first is the last's twin. */
const MIRRORED_RUNS = [
  [0, 16],
  [17, 26],
  [31, 35],
  [48, 54],
  [55, 59],
  [60, 64],
  [65, 67],
] as const
const EYE_TWINS = [45, 44, 43, 42, 47, 46, 39, 38, 37, 36, 41, 40]

/** The point that this one becomes in a mirror. */
export function twinOf(index: number): number {
  if (index >= 36 && index <= 47) return EYE_TWINS[index - 36] ?? index
  const run = MIRRORED_RUNS.find(([from, to]) => index >= from && index <= to)
  return run === undefined ? index : run[0] + run[1] - index
}
