// Finds a machine-readable zone in the text that OCR gave. Every group of neighbouring lines that could be one is put
// into every format it nearly fits, and the check digits choose. What passes too few of them is no MRZ: nothing is made up.

import { LAYOUTS } from './formats.ts'
import type { Layout } from './formats.ts'
import { parseMrz } from './parse-mrz.ts'
import type { ParsedMrz } from './parse-mrz.ts'
import { isKnownState } from './states.ts'

/** OCR loses or doubles a filler here and there. */
const MAX_LENGTH_ERROR = 3
const SHORTEST_LINE = 26
/** A page of text has few lines as long as an MRZ's; a hostile one has many. */
const MAX_LINES = 60

export function findMrz(text: string): ParsedMrz | null {
  const lines = text
    .split('\n')
    .map(normalizeLine)
    .filter((line) => line.length >= SHORTEST_LINE)
    .slice(0, MAX_LINES)
  let best: { mrz: ParsedMrz; score: number } | null = null
  for (const layout of LAYOUTS) {
    for (let at = 0; at + layout.lines <= lines.length; at += 1) {
      for (const group of fittings(lines.slice(at, at + layout.lines), layout)) {
        const mrz = parseMrz(group)
        if (mrz === null || mrz.format !== layout.format || !isPlausible(mrz)) continue
        const score = scoreOf(mrz)
        if (best === null || score > best.score) best = { mrz, score }
      }
    }
  }
  return best?.mrz ?? null
}

/** As an MRZ could be meant: capitals, digits and fillers, nothing else. */
function normalizeLine(line: string): string {
  return line
    .replaceAll('«', '<<')
    .replace(/[‹＜〈≤({[]/g, '<')
    .toUpperCase()
    .replace(/[^A-Z0-9<]/g, '')
}

function fittings(lines: readonly string[], layout: Layout): string[][] {
  if (lines.some((line) => Math.abs(line.length - layout.width) > MAX_LENGTH_ERROR)) return []
  let groups: string[][] = [[]]
  for (const line of lines) {
    const ways = fitted(line, layout.width)
    groups = groups.flatMap((group) => ways.map((way) => [...group, way]))
  }
  return groups
}

/** The line at the wanted length: fillers added or taken at the end, at the start, or in the longest run of them. */
function fitted(line: string, width: number): string[] {
  const error = width - line.length
  if (error === 0) return [line]
  const run = longestFiller(line)
  const ways =
    error > 0
      ? [line.padEnd(width, '<'), line.slice(0, run) + '<'.repeat(error) + line.slice(run)]
      : [line.slice(0, width), line.slice(-error), line.slice(0, run) + line.slice(run - error)]
  return [...new Set(ways)]
}

function longestFiller(line: string): number {
  let [best, length] = [line.length, 0]
  for (const match of line.matchAll(/<+/g)) {
    if (match[0].length > length) [best, length] = [match.index, match[0].length]
  }
  return best
}

const passed = (mrz: ParsedMrz): number => Object.values(mrz.checks).filter(Boolean).length

/** More right digits than wrong ones, two dates to read, and a name that is parted as only an MRZ parts it. */
function isPlausible(mrz: ParsedMrz): boolean {
  const total = Object.keys(mrz.checks).length
  return (
    /^[ACIPV]/.test(mrz.lines[0] ?? '') &&
    passed(mrz) * 2 > total &&
    /^\d{2}[\d<]{4}$/.test(mrz.fields.date_of_birth) &&
    mrz.lines.some((line) => line.includes('<<'))
  )
}

function scoreOf(mrz: ParsedMrz): number {
  const states = [mrz.fields.issuing_state, mrz.fields.nationality].filter(isKnownState).length
  return passed(mrz) * 10 + states * 3 + (mrz.valid ? 5 : 0) - (mrz.isRepaired ? 1 : 0)
}
