// Dates as documents print them, in the languages of the templates (English, Spanish, Portuguese, French, German). A
// date that could be two is read day first, or month first where the caller knows the country to write so.

import type { CivilDate } from '../../../domain/time.ts'
import { civilDateToDays } from '../../../domain/time.ts'

export type DateOrder = 'day_first' | 'month_first'

/** English, Spanish, Portuguese, French, German; without accents, the first letters that no other month shares. */
const MONTHS: readonly (readonly string[])[] = [
  ['JAN', 'ENE', 'JANV', 'JAENNER'],
  ['FEB', 'FEV', 'FEVR'],
  ['MAR', 'MRZ', 'MAERZ'],
  ['APR', 'ABR', 'AVR'],
  ['MAY', 'MAY', 'MAI'],
  ['JUN', 'JUIN'],
  ['JUL', 'JUIL'],
  ['AUG', 'AGO', 'AO'],
  ['SEP', 'SET'],
  ['OCT', 'OUT', 'OKT'],
  ['NOV'],
  ['DEC', 'DIC', 'DEZ'],
]

const YEAR_FIRST = /\b(\d{4})[-./](\d{1,2})[-./](\d{1,2})\b/
const NUMBERS = /\b(\d{1,2})\s?[-./ ]\s?(\d{1,2})\s?[-./ ]\s?(\d{4})\b/
const DAY_NAME =
  /\b(\d{1,2})(?:st|nd|rd|th|\.|er|º)?[\s./-]*(?:de\s+)?([A-Z]{3,10})\.?(?:\s*\/\s*[A-Z]{3,10}\.?)?[\s,./-]*(?:de\s+|del\s+)?(\d{4})\b/i
const NAME_DAY = /\b([A-Z]{3,10})\.?\s+(\d{1,2})(?:st|nd|rd|th)?\s*,?\s+(\d{4})\b/i

/** The first date in the text; null when there is none that exists. */
export function printedDate(text: string, order: DateOrder): CivilDate | null {
  // An English model reads û as "(i".
  const plain = text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/([a-z])\(i/gi, '$1ui')
  const iso = YEAR_FIRST.exec(plain)
  if (iso !== null) return dateOf(iso[1], iso[2], iso[3])
  const named = DAY_NAME.exec(plain)
  if (named !== null) {
    const month = monthOf(named[2] ?? '')
    if (month !== null) return dateOf(named[3], month, named[1])
  }
  const american = NAME_DAY.exec(plain)
  if (american !== null) {
    const month = monthOf(american[1] ?? '')
    if (month !== null) return dateOf(american[3], month, american[2])
  }
  const numbers = NUMBERS.exec(plain)
  if (numbers === null) return null
  const [, first, second, year] = numbers
  const isMonthFirst = Number(second) > 12 || (order === 'month_first' && Number(first) <= 12)
  return isMonthFirst ? dateOf(year, first, second) : dateOf(year, second, first)
}

function monthOf(name: string): string | null {
  const upper = name.toUpperCase()
  const index = MONTHS.findIndex((names) => names.some((start) => upper.startsWith(start)))
  return index === -1 ? null : String(index + 1)
}

function dateOf(year = '', month = '', day = ''): CivilDate | null {
  const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  return civilDateToDays(date) === null ? null : date
}
