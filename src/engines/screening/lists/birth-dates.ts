// Days of birth as the lists write them, to an interval: `04 Nov 1962`, `Sep 1961`, `circa 1962`, `1958 to 1963`,
// `1955-1957`, `dd/mm/1964`, `1962-11-04`. A month is a range; what is no date is left out, never guessed.

import type { BirthDate } from '../entity.ts'

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
const CIRCA = /^(?:circa|approximately|approx|about|c)\b\.?\s*/iu
const RANGE = /^(?:between\s+)?(.+?)\s*(?:\bto\b|\band\b|–|—)\s*(.+)$/iu
const YEARS = /^(\d{4})\s*[-/]\s*(\d{4})$/u

type Interval = { from: string; to: string }

/** Null for what is no date. */
export function birthDate(text: string): BirthDate | null {
  const clean = text
    .replace(/\s+/gu, ' ')
    .trim()
    .replace(/[.,;]$/u, '')
  const told = clean.replace(CIRCA, '')
  const span = YEARS.exec(told) ?? RANGE.exec(told)
  const interval = span === null ? singleDate(told) : spanned(span[1] ?? '', span[2] ?? '')
  if (interval === null) return null
  if (told !== clean) return { precision: 'circa', ...interval }
  if (span !== null) return { precision: 'range', ...interval }
  if (interval.from === interval.to) return { precision: 'exact', ...interval }
  const isYear = interval.from.endsWith('-01-01') && interval.to.endsWith('-12-31')
  return { precision: isYear ? 'year' : 'range', ...interval }
}

/** The years of `between`, first and last included. */
export function birthYears(from: string, to: string): BirthDate | null {
  const interval = spanned(from, to)
  return interval === null ? null : { precision: 'range', ...interval }
}

export const approximately = (date: BirthDate): BirthDate => ({ ...date, precision: 'circa' })

/** One of `2026-11-24`, `24 Nov 2026`, `24/11/2026` to YYYY-MM-DD; null for less than a day. */
export function calendarDay(text: string): string | null {
  const interval = singleDate(text.trim())
  return interval !== null && interval.from === interval.to ? interval.from : null
}

/** Each once, in their order. */
export function distinctDates(dates: readonly (BirthDate | null)[]): BirthDate[] {
  const seen = new Map<string, BirthDate>()
  for (const date of dates) {
    if (date !== null) seen.set(`${date.from}/${date.to}/${date.precision}`, date)
  }
  return [...seen.values()]
}

function spanned(first: string, last: string): Interval | null {
  const end = singleDate(last)
  if (end === null) return null
  // `Aug. and Sep. 1977`: the year stands once.
  const start = singleDate(first) ?? singleDate(`${first} ${end.to.slice(0, 4)}`)
  return start === null || start.from > end.to ? null : { from: start.from, to: end.to }
}

function singleDate(text: string): Interval | null {
  const year = /^(\d{4})$/u.exec(text)?.[1]
  if (year !== undefined) return ofParts(year, null, null)
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})(?:T.*|[+-]\d\d:\d\d|Z)?$/u.exec(text)
  if (iso !== null) return ofParts(iso[1], Number(iso[2]), Number(iso[3]))
  const month = /^(\d{4})-(\d{2})$/u.exec(text)
  if (month !== null) return ofParts(month[1], Number(month[2]), null)
  const slashed = /^(\d{1,2}|dd)[/.](\d{1,2}|mm)[/.](\d{4})$/iu.exec(text)
  if (slashed !== null) return ofParts(slashed[3], numberOrUnknown(slashed[2]), numberOrUnknown(slashed[1]))
  const worded = /^(?:(\d{1,2})[ -])?([a-z]{3,9})\.?,?[ -](\d{4})$/iu.exec(text)
  if (worded === null) return null
  const number = MONTHS.indexOf((worded[2] ?? '').slice(0, 3).toLowerCase()) + 1
  return number === 0 ? null : ofParts(worded[3], number, numberOrUnknown(worded[1]))
}

/** `dd`, `mm` and 0 stand for unknown in the UK's and the EU's lists. */
function numberOrUnknown(text: string | undefined): number | null {
  const number = Number(text ?? '')
  return Number.isInteger(number) && number > 0 ? number : null
}

function ofParts(year: string | undefined, month: number | null, day: number | null): Interval | null {
  if (year === undefined || year < '1000') return null
  if (month === null) return { from: `${year}-01-01`, to: `${year}-12-31` }
  if (month < 1 || month > 12) return null
  const last = daysOfMonth(Number(year), month)
  if (day === null) return { from: dayText(year, month, 1), to: dayText(year, month, last) }
  return day < 1 || day > last ? null : { from: dayText(year, month, day), to: dayText(year, month, day) }
}

function daysOfMonth(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28
  return [4, 6, 9, 11].includes(month) ? 30 : 31
}

const dayText = (year: string, month: number, day: number): string =>
  `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`
