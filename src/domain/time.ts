// Time as the domain sees it: instants are epoch milliseconds handed in by the caller, calendar dates are
// `YYYY-MM-DD` strings. There is no clock here; application's `Clock` port is the only source of an instant.

/** Milliseconds since 1970-01-01T00:00:00Z. */
export type EpochMs = number

/** A calendar date without a zone, `YYYY-MM-DD`. */
export type CivilDate = string

export const SECOND_MS = 1_000
export const MINUTE_MS = 60 * SECOND_MS
export const HOUR_MS = 60 * MINUTE_MS
/** A day of `ttl_days` is 24 h, whatever the calendar does. */
export const DAY_MS = 24 * HOUR_MS

const DATE_PATTERN = /^(\d{4})-(\d{2})-(\d{2})$/

/** Days since 1970-01-01 of a proleptic Gregorian date, or null when the text is not a date that exists. */
export function civilDateToDays(text: string): number | null {
  const match = DATE_PATTERN.exec(text)
  if (match === null) return null
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])]
  if (month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) return null
  // Howard Hinnant, "chrono-compatible low-level date algorithms": days_from_civil.
  const shifted = month <= 2 ? year - 1 : year
  const era = Math.floor(shifted / 400)
  const yearOfEra = shifted - era * 400
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear
  return era * 146_097 + dayOfEra - 719_468
}

/** The UTC calendar date of an instant. */
export function civilDateAt(instant: EpochMs): CivilDate {
  const days = Math.floor(instant / DAY_MS) + 719_468
  const era = Math.floor(days / 146_097)
  const dayOfEra = days - era * 146_097
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1_460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  )
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const shiftedMonth = Math.floor((5 * dayOfYear + 2) / 153)
  const day = dayOfYear - Math.floor((153 * shiftedMonth + 2) / 5) + 1
  const month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`
}

function daysInMonth(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31
}

/** RFC 3339 in UTC with milliseconds, e.g. `2026-11-23T10:30:00.000Z`. */
export function isoInstant(instant: EpochMs): string {
  const ofDay = instant - Math.floor(instant / DAY_MS) * DAY_MS
  const part = (value: number, width: number) => String(Math.floor(value)).padStart(width, '0')
  const clock = [
    part(ofDay / HOUR_MS, 2),
    part((ofDay % HOUR_MS) / MINUTE_MS, 2),
    part((ofDay % MINUTE_MS) / SECOND_MS, 2),
  ]
  return `${civilDateAt(instant)}T${clock.join(':')}.${part(ofDay % SECOND_MS, 3)}Z`
}
