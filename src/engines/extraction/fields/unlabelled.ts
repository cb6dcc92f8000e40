// What stands on documents without a label: the numbered fields of European driving licences, the letterhead of a
// company, an account number that proves itself. Each has a shape that other text does not have.

import type { TextLine } from '../ocr/text-lines.ts'
import type { Fields, FieldSource } from './find-fields.ts'
import { findIban } from './iban.ts'
import type { LabelledField } from './labels.ts'
import { fold } from './segments.ts'
import { valueOfField } from './values.ts'

/** Directive 2006/126/EC, annex I. 4c is who issued it, 8 the address, which few print. */
const LICENCE_FIELDS: ReadonlyMap<string, LabelledField> = new Map([
  ['1', 'surname'],
  ['2', 'given_names'],
  ['3', 'date_of_birth'],
  ['4A', 'issue_date'],
  ['4B', 'expiry_date'],
  ['4C', 'issuer'],
  ['5', 'document_number'],
  ['8', 'address'],
])

const NUMBERED = /^\s*(4\s?[a-cA-C]|[1-9])\s?[.)]\s*(\S.*)$/
const NEXT_NUMBERED = /\s(?=4\s?[a-cA-C]\s?\.)/

export function numberedFields(lines: readonly TextLine[], source: FieldSource): Fields {
  const fields: Fields = {}
  for (const line of lines) {
    for (const part of line.text.split(NEXT_NUMBERED)) {
      const [, number = '', raw = ''] = NUMBERED.exec(part) ?? []
      const field = LICENCE_FIELDS.get(number.replace(' ', '').toUpperCase())
      const value = field === undefined ? null : valueOfField(field, raw, 'day_first')
      if (field === undefined || value === null || fields[field] !== undefined) continue
      const sum = line.words.reduce((total, word) => total + word.confidence, 0)
      fields[field] = { value, raw, confidence: Math.round((sum / Math.max(line.words.length, 1)) * 100) / 100, source }
    }
  }
  return fields
}

const LEGAL_FORMS = new Set(
  (
    'LTD LIMITED PLC LLP INC CORP LLC CO GMBH AG UG KG EG SE SA SAS SARL SASU EURL SL SLU SAU SLL LDA SGPS UNIPESSOAL BV NV AB AS OY ' +
    'SPA SRL'
  ).split(' '),
)

/** The first line that ends as a company's name does: a letterhead says who writes. */
export function letterhead(lines: readonly TextLine[], source: FieldSource): Fields {
  for (const line of lines.slice(0, 12)) {
    const words = fold(line.text.replaceAll('.', '')).split(' ')
    const isName =
      words.length >= 2 && words.length <= 8 && LEGAL_FORMS.has(words.at(-1) ?? '') && !line.text.includes(':')
    if (isName) return { issuer: { value: line.text, raw: line.text, confidence: 0.7, source } }
  }
  return {}
}

export function provenIban(lines: readonly TextLine[], source: FieldSource): Fields {
  for (const line of lines) {
    const found = findIban(line.text.toUpperCase())
    if (found !== null) return { iban: { ...found, confidence: 0.99, source } }
  }
  return {}
}
