// Kinds of words, names and legal forms as the small numbers they are kept as. The order is part of the layout.

import type { NameKind } from '../entity.ts'
import type { NameClass, NameToken, ParsedName, TokenKind } from '../names/parse-name.ts'
import type { Origin } from '../names/scripts.ts'
import type { LegalKind } from '../names/tables/legal-forms.ts'

const TOKEN_KINDS: readonly TokenKind[] = [
  'word',
  'initial',
  'particle',
  'title',
  'suffix',
  'number',
  'generic',
  'stop',
]
const NAME_KINDS: readonly NameKind[] = ['primary', 'aka', 'weak_aka', 'former', 'original_script']
const LEGAL_KINDS: readonly LegalKind[] = [
  'joint_stock',
  'limited',
  'partnership',
  'sole',
  'state',
  'nonprofit',
  'cooperative',
]

const ORGANIZATION_BIT = 8
const ORIGIN_SHIFT = 4
const ORIGINS: readonly Origin[] = ['plain', 'vowelless', 'hangul']

export const wordCode = (token: Pick<NameToken, 'kind' | 'origin'>, of: NameClass): number =>
  TOKEN_KINDS.indexOf(token.kind) |
  (of === 'organization' ? ORGANIZATION_BIT : 0) |
  (ORIGINS.indexOf(token.origin) << ORIGIN_SHIFT)

export const wordOf = (code: number): { kind: TokenKind; of: NameClass; origin: Origin } => ({
  kind: TOKEN_KINDS[code & 7] ?? 'word',
  of: classOfWord(code),
  origin: ORIGINS[code >> ORIGIN_SHIFT] ?? 'plain',
})

export const classOfWord = (code: number): NameClass => ((code & ORGANIZATION_BIT) === 0 ? 'person' : 'organization')

const FORM_SHIFT = 4
const CLASS_BIT = 8

const CHARACTERS_BIT = 1 << 15

export function nameCode(kind: NameKind, name: ParsedName): number {
  const bits = name.forms.reduce((sum, form) => sum | (1 << LEGAL_KINDS.indexOf(form)), 0)
  const flags = (name.of === 'organization' ? CLASS_BIT : 0) | (name.characters === '' ? 0 : CHARACTERS_BIT)
  return NAME_KINDS.indexOf(kind) | flags | (bits << FORM_SHIFT)
}

/** Whether the text of the name has Han, Kana or Hangul. */
export const hasCharacters = (code: number): boolean => (code & CHARACTERS_BIT) !== 0

export const nameKindOf = (code: number): NameKind => NAME_KINDS[code & 7] ?? 'aka'
export const nameClassOf = (code: number): NameClass => ((code & CLASS_BIT) === 0 ? 'person' : 'organization')
export const formsOf = (code: number): LegalKind[] =>
  LEGAL_KINDS.filter((_, at) => ((code >> FORM_SHIFT) & (1 << at)) !== 0)
