// A list of what is wrong that grows while a definition is read. `at` moves into a part of it; paths are the sender's.

import type { ErrorDetail } from '../errors.ts'

export type Problems = {
  add(path: string, message: string): void
  at(path: string): Problems
  /** The whole path of a place in this part. */
  pathOf(path: string): string
}

export function problemList(): { list: ErrorDetail[]; root: Problems } {
  const list: ErrorDetail[] = []
  const join = (base: string, path: string) =>
    path === '' ? base : base === '' || path.startsWith('[') ? `${base}${path}` : `${base}.${path}`
  const within = (base: string): Problems => ({
    add: (path, message) => void list.push({ path: join(base, path), message }),
    at: (path) => within(join(base, path)),
    pathOf: (path) => join(base, path),
  })
  return { list, root: within('') }
}

/** Reports every value that was there before, by its position. */
export function refuseRepeats(
  values: readonly string[],
  problems: Problems,
  pathOf: (index: number) => string,
  noun: string,
): void {
  const seen = new Map<string, number>()
  for (const [index, value] of values.entries()) {
    const first = seen.get(value)
    if (first === undefined) seen.set(value, index)
    else
      problems.add(
        pathOf(index),
        `${noun} ${JSON.stringify(value)} is already used by ${problems.pathOf(pathOf(first))}; give each its own`,
      )
  }
}

export const isIdentifier = (text: string): boolean => /^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/.test(text)
export const IDENTIFIER_RULE = 'use 1 to 64 letters, digits, _ or -, beginning with a letter or digit'

export const isWholeNumber = (value: number, min: number, max: number): boolean =>
  Number.isInteger(value) && value >= min && value <= max
