// Texts as they can be compared: capitals, no marks, only letters and digits between single spaces. It keeps the
// script: what is not Latin is not turned into Latin here.

/** Latin letters without a decomposition, as plain letters. */
const PLAIN: ReadonlyMap<string, string> = new Map([
  ['Ø', 'O'],
  ['Ł', 'L'],
  ['Đ', 'D'],
  ['Ð', 'D'],
  ['Þ', 'TH'],
  ['Æ', 'AE'],
  ['Œ', 'OE'],
  ['ẞ', 'SS'],
  ['Ħ', 'H'],
  ['ı', 'I'],
  ['Ŋ', 'N'],
  ['Ŧ', 'T'],
  ['Ə', 'E'],
])

/** As passports spell letters that have a two-letter form (ICAO Doc 9303-3, section 6, table A). */
const PASSPORT: ReadonlyMap<string, string> = new Map([
  ['Ä', 'AE'],
  ['Ö', 'OE'],
  ['Ü', 'UE'],
  ['Å', 'AA'],
  ['Ø', 'OE'],
  ['Ñ', 'N'],
])

/** The plain folding, and the passport's where it is another: Müller is MULLER to one clerk and MUELLER to the next. */
export function foldings(text: string): string[] {
  const capitals = text.normalize('NFC').replaceAll('ß', 'ẞ').toUpperCase()
  const plain = fold(capitals)
  const passport = fold(replaceLetters(capitals, PASSPORT))
  return plain === passport ? [plain] : [plain, passport]
}

export const foldPlainly = (text: string): string => fold(text.normalize('NFC').replaceAll('ß', 'ẞ').toUpperCase())

function fold(capitals: string): string {
  return replaceLetters(capitals, PLAIN)
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/['’ʼ`´.]/g, '')
    .toUpperCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}

export const tokensOf = (folded: string): string[] => (folded === '' ? [] : folded.split(' '))

/** Letters and digits only, as document and registration numbers are compared. */
export const lettersAndDigits = (text: string): string => foldPlainly(text).replaceAll(' ', '')

/** True when most letters are Latin; a text without letters counts as Latin. */
export function isWrittenInLatin(text: string): boolean {
  const letters = text.match(/\p{L}/gu) ?? []
  const latin = letters.filter((letter) => /\p{Script=Latin}/u.test(letter))
  return latin.length * 2 >= letters.length
}

const replaceLetters = (text: string, by: ReadonlyMap<string, string>): string =>
  text.replace(/\P{ASCII}/gu, (letter) => by.get(letter) ?? letter)
