import type { ReadJob } from '../../src/engines/extraction/read-document.ts'
import type { ReadAnswer } from '../../src/engines/extraction/reader.ts'
import type { ReaderHarness } from '../../test/support/reader/harness.ts'
import { workerdSeconds } from './cpu.ts'

export type Measured = { answer: ReadAnswer; cpuSeconds: number }

/** One job, and what it cost the whole of workerd. Jobs run one after the other. */
export async function measure(reader: ReaderHarness, job: Partial<ReadJob>, bytes: Uint8Array): Promise<Measured> {
  const before = workerdSeconds() ?? 0
  const answer = await reader.read(job, bytes)
  return { answer, cpuSeconds: (workerdSeconds() ?? 0) - before }
}

/** Places of the same character, of all that should be there. */
export function rightCharacters(read: readonly string[], truth: readonly string[]): { right: number; total: number } {
  let [right, total] = [0, 0]
  for (const [index, line] of truth.entries()) {
    total += line.length
    for (const [at, character] of [...line].entries()) if (read[index]?.charAt(at) === character) right += 1
  }
  return { right, total }
}

/** Words of the truth that were read, each as often as it is there. */
export function rightWords(read: string, truth: string): { right: number; total: number } {
  const left = new Map<string, number>()
  for (const word of read.split(/\s+/)) left.set(word, (left.get(word) ?? 0) + 1)
  const words = truth.split(/\s+/).filter((word) => word !== '')
  let right = 0
  for (const word of words) {
    const count = left.get(word) ?? 0
    if (count > 0) {
      right += 1
      left.set(word, count - 1)
    }
  }
  return { right, total: words.length }
}

export const percent = (right: number, total: number): string =>
  total === 0 ? '–' : `${((100 * right) / total).toFixed(1)} %`
export const average = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / Math.max(values.length, 1)
