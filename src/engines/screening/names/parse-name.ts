// A name as the pieces that are compared: lower-case Latin words, each with what it is (a name, a particle, a title, a
// number, a legal form) and how much it tells. It splits and classifies; likeness is decided in score/.

import type { EntitySchema } from '../../../domain/screening/screening.ts'
import { legalFormAt, unglue } from './tables/legal-forms.ts'
import type { LegalKind } from './tables/legal-forms.ts'
import { GENERIC_WORDS, NUMBER_WORDS, STOP_WORDS } from './tables/organization-words.ts'
import { ARTICLES, KUNYAS, PARTICLES, SUFFIXES, TITLES, WEAK_TITLES } from './tables/person-words.ts'
import { latinize, originOf, scriptOf } from './scripts.ts'
import type { Origin } from './scripts.ts'
import { organizationRarity, personRarity } from './rarity.ts'

export type TokenKind = 'word' | 'initial' | 'particle' | 'title' | 'suffix' | 'number' | 'generic' | 'stop'

export type NameToken = {
  readonly text: string
  readonly kind: TokenKind
  /** 0–1: how much an agreement on it tells. */
  readonly weight: number
  /** One bit a letter, to tell far words apart at once. */
  readonly letters: number
  readonly origin: Origin
}

export type NameClass = 'person' | 'organization'
export type ParsedName = {
  readonly of: NameClass
  readonly tokens: readonly NameToken[]
  /** Legal forms found, in order. */
  readonly forms: readonly LegalKind[]
  /** Han, Kana and Hangul as they were written: equal sounds may be other characters. Empty for all other names. */
  readonly characters: string
}

export const classOf = (schema: EntitySchema): NameClass => (schema === 'person' ? 'person' : 'organization')

type Word = { text: string; origin: Origin }

export function parseName(raw: string, of: NameClass): ParsedName {
  const words = wordsOf(raw, of)
  const characters = charactersOf(raw)
  return of === 'person'
    ? { of, tokens: personTokens(words), forms: [], characters }
    : { of, ...organizationName(words), characters }
}

const LONGEST = 300

const CHARACTERS = /[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}]/gu
export const charactersOf = (raw: string): string =>
  isAscii(raw) ? '' : (raw.normalize('NFKC').match(CHARACTERS) ?? []).join('')

export function wordsOf(raw: string, of: NameClass): Word[] {
  let text = raw.length > LONGEST ? raw.slice(0, LONGEST) : raw
  if (!isAscii(text)) text = text.normalize('NFKC')
  if (of === 'person' && text.includes(',')) text = familyLast(text)
  text = text.toLowerCase()
  if (text.includes('.')) text = joinedAcronyms(text, of)
  if (text.includes('&')) text = text.replaceAll('&', ' and ')
  if (isAscii(text)) return asciiWords(text)
  const words: Word[] = []
  for (const [word] of text.matchAll(WORD)) {
    const bare = word.replace(APOSTROPHES, '')
    if (bare === '') continue
    if (isAscii(bare)) words.push({ text: bare, origin: 'plain' })
    else words.push(...latinWords(bare))
  }
  return words
}

/** The same as below, without an expression: most names are plain. */
function asciiWords(text: string): Word[] {
  const words: Word[] = []
  let word = ''
  for (let at = 0; at <= text.length; at += 1) {
    const code = at < text.length ? text.charCodeAt(at) : 0
    if ((code >= 97 && code <= 122) || (code >= 48 && code <= 57)) word += text.charAt(at)
    else if (word !== '' && code !== APOSTROPHE && code !== BACKTICK) {
      words.push({ text: word, origin: 'plain' })
      word = ''
    }
  }
  return words
}

const APOSTROPHE = 39
const BACKTICK = 96
const WORD = /[\p{L}\p{M}\p{N}'’‘ʼʻ`´ʾʿ′]+/gu
const APOSTROPHES = /['’‘ʼʻ`´ʾʿ′]/g
const ACRONYM = /(?<![\p{L}\p{N}])(?:\p{L}\.){2,}(?:\p{L}(?![\p{L}\p{N}]))?/gu

function isAscii(text: string): boolean {
  for (let at = 0; at < text.length; at += 1) if (text.charCodeAt(at) > 127) return false
  return true
}

/** "MADURO MOROS, Nicolas" names the family first; "Jr." after a comma is no given name. */
function familyLast(text: string): string {
  const at = text.indexOf(',')
  const rest = text.slice(at + 1).trim()
  const isSuffix = /^(?:jr|sr|ii|iii|iv|phd|md|esq)\.?$/i.test(rest)
  return isSuffix || rest === '' ? text : `${rest} ${text.slice(0, at)}`
}

/** S.A.R.L. is one word of a company; J.R.R. of a person are three initials. */
const joinedAcronyms = (text: string, of: NameClass): string =>
  text.replace(ACRONYM, (acronym) => acronym.replaceAll('.', of === 'person' ? ' ' : ''))

function latinWords(word: string): Word[] {
  return splitScripts(word).flatMap(({ text, script }) =>
    latinize(text, script).flatMap((latin) =>
      latin === '' ? [] : [{ text: latin.replace(/[^a-z0-9]/g, ''), origin: originOf(script) }],
    ),
  )
}

/** "平井Kazuo" is two words. Kanji and kana of one word are read apart. */
function splitScripts(word: string): { text: string; script: ReturnType<typeof scriptOf> }[] {
  const parts: { text: string; script: ReturnType<typeof scriptOf> }[] = []
  for (const letter of word) {
    const last = parts.at(-1)
    const isMark = /^[\p{M}\p{N}ー々]$/u.test(letter)
    const script = isMark && last !== undefined ? last.script : scriptOf(letter)
    if (last !== undefined && last.script === script) last.text += letter
    else parts.push({ text: letter, script })
  }
  return parts
}

function personTokens(words: Word[]): NameToken[] {
  const tokens = words.map((word, at) => personToken(word, words[at + 1]?.text ?? ''))
  // A name of titles alone is not nameless: "Sultan Malik".
  const hasName = tokens.some((token) => token.kind === 'word')
  return hasName ? tokens : words.map((word) => makeToken(word, 'word', personRarity(word.text)))
}

function personToken(word: Word, next: string): NameToken {
  const { text } = word
  if (isArticle(text, next)) return makeToken({ ...word, text: 'al' }, 'particle', PARTICLE_WEIGHT)
  if (text.length === 1) return makeToken(word, 'initial', INITIAL_WEIGHT)
  const suffix = SUFFIXES[text]
  if (suffix !== undefined && !TITLES.has(text)) return makeToken({ ...word, text: suffix }, 'suffix', SUFFIX_WEIGHT)
  if (PARTICLES.has(text)) return makeToken(word, 'particle', PARTICLE_WEIGHT)
  if (KUNYAS.has(text)) return makeToken(word, 'word', WEAK_TITLE_WEIGHT)
  if (TITLES.has(text) && !WEAK_TITLES.has(text)) return makeToken(word, 'title', TITLE_WEIGHT)
  if (/^\d+$/.test(text)) return makeToken(word, 'number', NUMBER_WEIGHT)
  return makeToken(
    word,
    'word',
    WEAK_TITLES.has(text) ? Math.min(WEAK_TITLE_WEIGHT, personRarity(text)) : personRarity(text),
  )
}

/** Before a sun letter the article takes its sound: ar-Rahman, as-Salam, ud-Din. */
const isArticle = (text: string, next: string): boolean =>
  ARTICLES.has(text) || (SUN_ARTICLE.test(text) && next.length > 2 && next.startsWith(text.slice(1)))
const SUN_ARTICLE = /^[aeu](?:sh|[rsdtzn])$/

function organizationName(words: Word[]): Pick<ParsedName, 'tokens' | 'forms'> {
  const texts = words.map((word) => word.text)
  const tokens: NameToken[] = []
  const forms: LegalKind[] = []
  for (let at = 0; at < words.length; at += 1) {
    const form = legalFormAt(texts, at)
    const isWholeName = form !== null && form.length === words.length
    if (form !== null && !isWholeName && isFormHere(texts, at, form.length)) {
      forms.push(form.kind)
      at += form.length - 1
      continue
    }
    const word = words[at]
    if (word === undefined) continue
    const glued = forms.length === 0 ? unglue(word.text) : null
    if (glued !== null) forms.push(glued.kind)
    tokens.push(organizationToken(glued === null ? word : { ...word, text: glued.word }, at, words.length))
  }
  // "Limited Company": a name of legal forms alone is compared by its words.
  return { tokens: tokens.length > 0 ? tokens : words.map((word) => makeToken(word, 'generic', GENERIC_WEIGHT)), forms }
}

/** Short forms that are words as well ("as", "co", "pe") count at the ends of a name only. */
function isFormHere(texts: readonly string[], at: number, length: number): boolean {
  if (length > 1 || (texts[at] ?? '').length > 3) return true
  return at === 0 || at + length >= texts.length - 2
}

function organizationToken(word: Word, at: number, count: number): NameToken {
  const { text } = word
  const value = numberOf(text, at, count)
  if (value !== null) return makeToken({ ...word, text: value }, 'number', NUMBER_WEIGHT)
  if (STOP_WORDS.has(text)) return makeToken(word, 'stop', STOP_WEIGHT)
  const meaning = GENERIC_WORDS.get(text)
  if (meaning !== undefined) return makeToken({ ...word, text: meaning }, 'generic', GENERIC_WEIGHT)
  return makeToken(word, 'word', text.length === 1 ? INITIAL_WEIGHT : organizationRarity(text))
}

const INITIAL_WEIGHT = 0.3
const SUFFIX_WEIGHT = 0.15
const PARTICLE_WEIGHT = 0.08
const TITLE_WEIGHT = 0.03
const WEAK_TITLE_WEIGHT = 0.4
const NUMBER_WEIGHT = 0.4
const GENERIC_WEIGHT = 0.35
const STOP_WEIGHT = 0.03

/** Digits, written numbers, ordinals, and roman numerals that do not stand first. */
function numberOf(text: string, at: number, count: number): string | null {
  if (/^\d+$/.test(text)) return String(Number(text))
  const ordinal = /^(\d+)(?:st|nd|rd|th)$/.exec(text)?.[1]
  if (ordinal !== undefined) return ordinal
  const written = NUMBER_WORDS[text]
  if (written !== undefined) return String(written)
  return at > 0 && count > 1 && /^[ivx]{1,5}$/.test(text) ? romanValue(text) : null
}

function romanValue(text: string): string | null {
  if (!/^x{0,3}(?:ix|iv|v?i{0,3})$/.test(text)) return null
  const values: Record<string, number> = { i: 1, v: 5, x: 10 }
  let sum = 0
  for (let at = 0; at < text.length; at += 1) {
    const value = values[text.charAt(at)] ?? 0
    const next = values[text.charAt(at + 1)] ?? 0
    sum += value < next ? -value : value
  }
  return String(sum)
}

export function makeToken(word: Word, kind: TokenKind, weight: number): NameToken {
  return {
    text: word.text,
    kind,
    weight,
    letters: lettersOf(word.text),
    origin: word.origin,
  }
}

function lettersOf(text: string): number {
  let bits = 0
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at)
    bits |= code >= 97 && code <= 122 ? 1 << (code - 97) : 1 << 26
  }
  return bits
}
