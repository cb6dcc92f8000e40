// Words of any script as lower-case Latin letters. Cyrillic, Greek, Arabic, Hebrew, Hangul, Kana and Han go by their own
// rules; what else there is by the general table of a library. It does not split names or know what a word means.

import { transliterate } from 'transliteration'
import { ARABIC, CYRILLIC, GREEK, HEBREW, LATIN_LETTERS } from './tables/alphabets.ts'
import { CHINESE_SURNAMES, JAPANESE_SURNAMES } from './tables/han-surnames.ts'
import { NAME_CHARACTERS } from './tables/japanese-names.ts'
import { romanizeHangul } from './hangul.ts'
import { isKana, romanizeKana } from './kana.ts'

export type Script = 'latin' | 'cyrillic' | 'greek' | 'arabic' | 'hebrew' | 'hangul' | 'kana' | 'han' | 'other'

/**
 * How a word came to be Latin, as far as it matters to comparing: written without all its vowels (Arabic, Hebrew, the scripts
 * of India, Thailand, Ethiopia …), or read from Hangul, whose romanisations differ by rule.
 */
export type Origin = 'plain' | 'vowelless' | 'hangul'

export const originOf = (script: Script): Origin =>
  script === 'hangul'
    ? 'hangul'
    : script === 'arabic' || script === 'hebrew' || script === 'other'
      ? 'vowelless'
      : 'plain'

export function scriptOf(word: string): Script {
  const code = word.codePointAt(0) ?? 0
  if (code < 0x250 || (code >= 0x1e00 && code < 0x1f00)) return 'latin'
  if (code >= 0x400 && code < 0x530) return 'cyrillic'
  if ((code >= 0x370 && code < 0x400) || (code >= 0x1f00 && code < 0x2000)) return 'greek'
  if ((code >= 0x600 && code < 0x780) || (code >= 0xfb50 && code < 0xfe00) || (code >= 0xfe70 && code < 0xff00))
    return 'arabic'
  if (code >= 0x590 && code < 0x600) return 'hebrew'
  if (code >= 0xac00 && code < 0xd7b0) return 'hangul'
  if (isKana(code)) return 'kana'
  if ((code >= 0x3400 && code < 0xa000) || (code >= 0xf900 && code < 0xfb00) || code >= 0x20000) return 'han'
  return 'other'
}

/** One word in, one or several out: Han, Kana and Hangul run family and given name together. */
export function latinize(word: string, script: Script): string[] {
  switch (script) {
    case 'latin':
      return [byTable(stripMarks(word), LATIN_LETTERS)]
    case 'cyrillic':
      return [byTable(word, CYRILLIC)]
    case 'greek':
      return [greek(word)]
    case 'arabic':
      return arabic(word)
    case 'hebrew':
      return [byTable(word.replace(/\p{M}/gu, ''), HEBREW)]
    case 'hangul':
      return romanizeHangul(word)
    case 'kana':
      return [romanizeKana(word)]
    case 'han':
      return han(word)
    case 'other':
      return general(word)
  }
}

const stripMarks = (word: string): string => word.normalize('NFD').replace(/\p{M}/gu, '')

function byTable(word: string, table: Readonly<Record<string, string>>): string {
  let text = ''
  for (const letter of word) {
    const known = table[letter]
    text += known ?? (letter < '\u0080' ? letter : letters(transliterate(letter)))
  }
  return text
}

/** Digraphs first: μπ is b at the start of a word, ντ d, γκ g. */
function greek(word: string): string {
  const plain = stripMarks(word)
    .replace(/^μπ/, 'b')
    .replace(/^ντ/, 'd')
    .replace(/γ[κγ]/g, 'g')
    .replace(/ου/g, 'u')
    .replace(/[αε]υ(?=[βγδζλμνραεηιοω])/g, (pair) => (pair.startsWith('α') ? 'av' : 'ev'))
    .replace(/[αε]υ/g, (pair) => (pair.startsWith('α') ? 'af' : 'ef'))
  return byTable(plain, GREEK)
}

/** The article is its own word, as it is in Latin spellings: السوداني reads al swdany. A first ع carries a vowel. */
function arabic(word: string): string[] {
  const bare = word.replace(/[\p{M}\u0640]/gu, '')
  const stem = /^ال.{3,}$/u.test(bare) ? bare.slice(2) : bare
  const text = byTable(stem.replace(/^ع/u, 'ا'), ARABIC)
  return stem === bare ? [text] : ['al', text]
}

/**
 * Family name first, one or two characters; each syllable of the given name joined to one word. A Japanese family name
 * makes the whole Japanese; all else is read as Mandarin.
 */
function han(word: string): string[] {
  const characters = [...word]
  if (characters.length === 1 || characters.length > LONGEST_PERSON) return [JAPANESE_SURNAMES[word] ?? mandarin(word)]
  const two = characters.slice(0, 2).join('')
  const japanese =
    JAPANESE_SURNAMES[two] ?? (characters.length > 2 ? JAPANESE_SURNAMES[characters[0] ?? ''] : undefined)
  if (japanese !== undefined) {
    const given = characters.slice(JAPANESE_SURNAMES[two] === undefined ? 1 : 2)
    return given.length === 0 ? [japanese] : [japanese, japaneseGiven(given)]
  }
  const length = characters.length > 2 && CHINESE_SURNAMES[two] !== undefined ? 2 : 1
  const family = characters.slice(0, length).join('')
  return [CHINESE_SURNAMES[family] ?? mandarin(family), mandarin(characters.slice(length).join(''))]
}

const LONGEST_PERSON = 5
const mandarin = (characters: string): string => letters(transliterate(characters))

function japaneseGiven(characters: string[]): string {
  const whole = NAME_CHARACTERS[characters.join('')]
  return whole ?? characters.map((one) => NAME_CHARACTERS[one] ?? mandarin(one)).join('')
}

/** A consonant under the mark ์ is silent, and so is what it ends: ทร์ of จันทร์, which is chan. */
const SILENT_THAI = /(?:[ตทด]ร|[ก-ฮ][ิุ]?)์/gu

/** The table writes จ as cch, everybody else as ch. */
const general = (word: string): string[] => [
  letters(transliterate(word.replace(SILENT_THAI, ''))).replaceAll('cch', 'ch'),
]
const letters = (text: string): string => text.toLowerCase().replace(/[^a-z0-9]/g, '')
