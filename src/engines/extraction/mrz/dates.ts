// The two-digit years of an MRZ as calendar dates. A birth lies in the past; a document runs out near the reference
// date. A date that is not wholly stated (`7408<<`) or does not exist is null: nothing is made up.

import type { CivilDate } from '../../../domain/time.ts'
import { civilDateToDays } from '../../../domain/time.ts'

/** A document is at most this old when it is shown; ICAO passports run ten years. */
const LONGEST_EXPIRED_YEARS = 50

type Meaning = 'birth' | 'expiry'

export function mrzDate(text: string, meaning: Meaning, today: CivilDate): CivilDate | null {
  if (!/^\d{6}$/.test(text)) return null
  const current = Number(today.slice(0, 4))
  const [year, rest] = [Number(text.slice(0, 2)), `${text.slice(2, 4)}-${text.slice(4, 6)}`]
  const century = Math.floor(current / 100) * 100
  const candidates = [century - 100, century, century + 100].map((base) => `${base + year}-${rest}`)
  if (meaning === 'birth') return candidates.findLast((date) => isReal(date) && date <= today) ?? null
  const oldest = current - LONGEST_EXPIRED_YEARS
  return candidates.find((date) => isReal(date) && Number(date.slice(0, 4)) > oldest) ?? null
}

const isReal = (date: CivilDate): boolean => civilDateToDays(date) !== null
