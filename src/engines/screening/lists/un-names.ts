// The alias column of the UN list holds more than a name: several by semicolon, the original script in brackets or
// before them, enumerators, quotes and notes. This takes the names out and leaves the notes.

import { oneLine } from './xml-records.ts'
import { isOtherScript, personName, plainName } from './listed-names.ts'
import type { EntitySchema } from '../../../domain/screening/screening.ts'
import type { ListedName, NameKind } from '../entity.ts'

const NOTES =
  /^(?:original script|birth name|combat name|previously listed as|formerly listed as|third|false .*|.*\b(?:passport|number|born)\b.*)$/iu
const ENUMERATOR = /(?:^|\s)(?:[a-z0-9]{1,2}\)|\))\s+/u
const ACRONYM = /^(.+?)\s+\(([A-Z][A-Za-z-]{1,7})\)$/u

export function unAliases(written: string, quality: string, schema: EntitySchema): ListedName[] {
  const kind = kindOf(quality)
  return pieces(written).map((piece): ListedName => {
    if (isOtherScript(piece)) return plainName(piece, kind === 'weak_aka' ? 'weak_aka' : 'original_script')
    return schema === 'person' ? personName(piece, kind) : plainName(piece, kind)
  })
}

/** The name as it stands; of `SAMPLE BANK (SB)` also the name alone and its initials, of `A ; B` each. */
export function unOrganizationNames(written: string): ListedName[] {
  const whole = oneLine(written)
  const parts = splitOutside(whole)
  return [
    plainName(whole, 'primary'),
    ...parts.flatMap((part) => [plainName(part, 'aka'), ...withoutInitials(oneLine(part))]),
  ]
}

function withoutInitials(name: string): ListedName[] {
  const [, words, acronym] = ACRONYM.exec(name) ?? []
  if (words === undefined || acronym === undefined || !isInitials(acronym, words)) return []
  return [plainName(words, 'aka'), plainName(acronym, 'weak_aka')]
}

function kindOf(quality: string): NameKind {
  if (/^low$/iu.test(quality)) return 'weak_aka'
  return /^f\.?k\.?a\.?$/iu.test(quality) ? 'former' : 'aka'
}

function pieces(written: string): string[] {
  return splitOutside(withoutNotes(oneLine(written)))
    .flatMap((piece) => opened(piece.replace(/[\s,]+$/u, '').trim()))
    .map((piece) => piece.replace(/["“”]|^\s+|[\s,]+$/gu, ''))
    .filter((piece) => /\p{L}/u.test(piece))
}

/** The last brackets are opened only where a side is in another script: `(KENYA)` and `(GSPC)` stay in the name. */
function opened(piece: string): string[] {
  const [, outside = '', inside = ''] = /^(.*)\(([^()]*(?:\([^()]*\)[^()]*)*)\)$/u.exec(piece) ?? []
  const labels = inside.replace(/^original script:\s*/iu, '').split(';')
  const isPair = labels.some((label) => outside.trim() === '' || isOtherScript(outside) !== isOtherScript(label))
  return inside !== '' && isPair ? [outside, ...labels] : [piece]
}

const withoutNotes = (text: string): string =>
  text
    .replace(/, born .*$| - sub-unit name/gu, '')
    .replace(/\s*\(([^()]*)\)/gu, (whole, inside: string) => (NOTES.test(inside) ? '' : whole))

/** At semicolons outside brackets, and at `b) `. */
function splitOutside(text: string): string[] {
  const parts: string[] = []
  let depth = 0
  let from = 0
  for (let at = 0; at < text.length; at += 1) {
    if (text[at] === '(') depth += 1
    else if (text[at] === ')') depth = Math.max(0, depth - 1)
    else if (text[at] === ';' && depth === 0) {
      parts.push(text.slice(from, at))
      from = at + 1
    }
  }
  parts.push(text.slice(from))
  return parts.flatMap((part) => part.split(ENUMERATOR))
}

/** `KKBC` is made of letters of its name, in their order; `KENYA` is not made of those of a foundation's. */
function isInitials(acronym: string, name: string): boolean {
  const letters = name.toUpperCase().replace(/[^\p{L}]/gu, '')
  let at = 0
  for (const letter of acronym.toUpperCase().replace(/[^\p{L}]/gu, '')) {
    const next = letters.indexOf(letter, at)
    if (next === -1 || (at === 0 && next !== 0)) return false
    at = next + 1
  }
  return true
}
