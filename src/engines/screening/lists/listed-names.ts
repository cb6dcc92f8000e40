// Names of entries, as the index wants them: natural order, blanks collapsed, each once, the primary one first.

import { oneLine } from './xml-records.ts'
import type { ListedEntity, ListedName, NameKind } from '../entity.ts'

const SUFFIX = /^(?:jr|sr|ii|iii|iv)\.?$/iu

/** `LAST, First` and `LAST, First, Jr.` of people to natural order; a name without a comma stays as it is. */
export function personName(written: string, kind: NameKind): ListedName {
  const [last = '', ...parts] = oneLine(written)
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
  const suffixes = parts.filter((part) => SUFFIX.test(part))
  const given = parts.filter((part) => !SUFFIX.test(part))
  const value = [...given, last, ...suffixes].join(' ')
  return given.length === 0 ? { value, kind } : { value, kind, family: last }
}

export const plainName = (written: string, kind: NameKind): ListedName => ({ value: oneLine(written), kind })

/** Names as the parts of a list's own fields: given names, then the family name. */
export function nameOfParts(given: readonly string[], family: string, kind: NameKind): ListedName {
  const last = oneLine(family)
  const value = oneLine([...given, last].join(' '))
  return last === '' || last === value ? { value, kind } : { value, kind, family: last }
}

/** Without the empty ones and repeats. Of equal ones the first stays, unless it is the weak one. */
export function distinctNames(names: readonly ListedName[]): ListedName[] {
  const seen = new Map<string, ListedName>()
  for (const name of names) {
    const held = seen.get(name.value)
    const isBetter = held === undefined || (held.kind === 'weak_aka' && name.kind !== 'weak_aka')
    if (isBetter && /[\p{L}\p{N}]/u.test(name.value)) seen.set(name.value, name)
  }
  return [...seen.values()]
}

/** Written at least half in another script than Latin. */
export const isOtherScript = (text: string): boolean =>
  (text.match(/[^\P{L}\p{Script=Latin}]/gu)?.length ?? 0) > (text.match(/\p{Script=Latin}/gu)?.length ?? 0)

export function genderOf(text: string): ListedEntity['gender'] {
  if (/^(?:male|m)$/iu.test(text.trim())) return 'male'
  return /^(?:female|f)$/iu.test(text.trim()) ? 'female' : null
}
