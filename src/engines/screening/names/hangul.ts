// Hangul as Latin letters, by the Revised Romanization without its sound changes: names are written syllable by
// syllable. Passports spell freely (Lee, Yi, Rhee), so the scorer folds what the systems write differently.

import { HANGUL_SURNAMES } from './tables/hangul-surnames.ts'

const FIRST = 0xac00
const MEDIALS = 21
const FINALS = 28

const INITIAL = 'g kk n d tt r m b pp s ss  j jj ch k t p h'.split(' ')
const MEDIAL = 'a ae ya yae eo e yeo ye o wa wae oe yo u wo we wi yu eu ui i'.split(' ')
const FINAL = ' k k k n n n t l k m l l l p l m p p t t ng t t k t p t'.split(' ')

function syllable(code: number): string {
  const at = code - FIRST
  const initial = INITIAL[Math.floor(at / (MEDIALS * FINALS))] ?? ''
  const medial = MEDIAL[Math.floor((at % (MEDIALS * FINALS)) / FINALS)] ?? ''
  return initial + medial + (FINAL[at % FINALS] ?? '')
}

/** Two to four syllables are a person's family and given name; the family name is one syllable but for a few. */
export function romanizeHangul(word: string): string[] {
  const characters = [...word]
  const text = (part: string[]) => part.map((one) => syllable(one.codePointAt(0) ?? FIRST)).join('')
  if (characters.length < 2 || characters.length > 4) {
    const whole = HANGUL_SURNAMES[word]
    return [whole ?? text(characters)]
  }
  const two = characters.slice(0, 2).join('')
  const length = characters.length > 3 || (characters.length === 3 && HANGUL_SURNAMES[two] !== undefined) ? 2 : 1
  const family = characters.slice(0, length)
  return [HANGUL_SURNAMES[family.join('')] ?? text(family), ...characters.slice(length).map((one) => text([one]))]
}

/** What the systems in use (Revised, McCune-Reischauer, Yale, habit) write differently, written one way: cheol, chol and ch'ol. */
export const koreanFold = (text: string): string =>
  text
    .replace(/yeo|eo|o/g, 'o')
    .replace(/eu|oo|u/g, 'u')
    .replace(/ae|e/g, 'e')
    .replace(/ee|i/g, 'i')
    .replace(/kk|g/g, 'k')
    .replace(/tt|d/g, 't')
    .replace(/pp|b/g, 'p')
    .replace(/jj|j/g, 'ch')
    .replace(/chh/g, 'ch')
    .replace(/ss/g, 's')
    .replace(/shi/g, 'si')
    .replace(/r/g, 'l')
    .replace(/ll/g, 'l')
    .replace(/(?<=[aeiou])h(?=$|[^aeiou])/g, '')
    .replace(/y(?=[aeiou])/g, '')
