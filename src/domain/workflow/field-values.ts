// Whether one answer fits its field, in words for the person who fills the form, and the form in which it is kept.
// Which fields there are, which are shown and which are missing is fields.ts.

import type { SessionDocument } from '../document/document.ts'
import { isCurrent } from '../document/document.ts'
import type { ErrorDetail } from '../errors.ts'
import type { Result } from '../result.ts'
import { err, ok } from '../result.ts'
import type { JsonValue } from '../session/state.ts'
import type { CivilDate } from '../time.ts'
import { civilDateToDays } from '../time.ts'
import { checkAddress, checkPersonName, checkWallet } from './compound-values.ts'
import { isDisposableEmail, normalizeDomain, normalizeEmail, normalizePhone, normalizeUrl } from './contact-values.ts'
import { toCountryCode, isCountryCode } from './countries.ts'
import type { FormField } from './definition.ts'
import { matchPattern } from './patterns.ts'

export const MAX_ENTITIES = 50
export const MAX_TEXT_LENGTH = 1_000
export const MAX_TEXTAREA_LENGTH = 10_000
export const MAX_FILES_PER_FIELD = 10

export type ValueContext = {
  today: CivilDate
  /** Where the field's files would be; documents of other steps are no answer here. */
  step_id: string
  documents: readonly SessionDocument[]
  /** On save a value may be unfinished (a half-typed address, a text that is still too short); on complete it may not. */
  purpose: 'save' | 'complete'
}

export type Checked = Result<JsonValue, ErrorDetail[]>

export const refuse = (path: string, message: string): Checked => err([{ path, message }])

/** `value` is not empty. `entity_array` is checked by fields.ts, which knows how to check its items. */
export function checkValue(field: FormField, value: unknown, path: string, context: ValueContext): Checked {
  switch (field.type) {
    case 'text':
    case 'textarea':
      return checkText(field, value, path, context)
    case 'number':
      return checkNumber(field, value, path)
    case 'date':
      return checkDate(field, value, path, context.today)
    case 'boolean':
      return typeof value === 'boolean' ? ok(value) : refuse(path, 'Please answer yes or no (true or false).')
    case 'select':
      return typeof value === 'string' && hasOption(field, value)
        ? ok(value)
        : refuse(path, `Please choose one of: ${optionList(field)}.`)
    case 'multi_select':
      return checkMultiSelect(field, value, path, context)
    case 'file':
      return checkFiles(field, value, path, context)
    case 'email':
      return checkEmail(field, value, path)
    case 'phone':
      return checkContact(
        value,
        path,
        normalizePhone,
        'Please enter a phone number with its country code, for example +442071838750.',
      )
    case 'url':
      return checkContact(
        value,
        path,
        normalizeUrl,
        'Please enter a full web address that starts with https:// or http://.',
      )
    case 'domain':
      return checkContact(value, path, normalizeDomain, 'Please enter a domain name, for example example.com.')
    case 'country':
      return checkCountry(value, path)
    case 'name':
      return checkPersonName(value, path, context)
    case 'wallet':
      return checkWallet(value, path, context)
    case 'address':
      return checkAddress(value, path, context)
    case 'entity_array':
      return refuse(path, 'Please give a list of entries.')
  }
}

function checkText(field: FormField, value: unknown, path: string, context: ValueContext): Checked {
  if (typeof value !== 'string') return refuse(path, 'Please enter text.')
  const text = value.trim()
  const rules = field.validation_rules
  const ceiling = field.type === 'text' ? MAX_TEXT_LENGTH : MAX_TEXTAREA_LENGTH
  const maxLength = Math.min(field.max_length ?? ceiling, rules?.max_length ?? ceiling)
  const length = [...text].length
  if (length > maxLength) return refuse(path, `Please use at most ${maxLength} characters; this has ${length}.`)
  if (hasControlCharacters(text, field.type === 'textarea')) {
    return refuse(
      path,
      'This holds characters that cannot be used, such as line breaks or invisible control characters.',
    )
  }
  if (context.purpose === 'save') return ok(text)
  const minLength = rules?.min_length ?? 0
  if (length < minLength) return refuse(path, `Please use at least ${minLength} characters; this has ${length}.`)
  if (rules?.pattern === undefined) return ok(text)
  const verdict = matchPattern(rules.pattern, text)
  if (verdict.matches) return ok(text)
  if (text.length > verdict.maxLength) return refuse(path, `Please use at most ${verdict.maxLength} characters.`)
  return refuse(path, rules.pattern_message ?? 'This does not have the expected format.')
}

function hasControlCharacters(text: string, allowLineBreaks: boolean): boolean {
  const seen = allowLineBreaks ? text.replace(/[\t\n\r]/g, '') : text
  return /\p{Cc}/u.test(seen) || !text.isWellFormed()
}

function checkNumber(field: FormField, value: unknown, path: string): Checked {
  // A form posts text; `1e3`, `0x10` and `1,5` are not how a person writes a number here.
  const number = typeof value === 'string' && /^[+-]?\d{1,15}(\.\d{1,15})?$/.test(value.trim()) ? Number(value) : value
  if (typeof number !== 'number' || !Number.isFinite(number))
    return refuse(path, 'Please enter a number, for example 12.5.')
  const min = Math.max(field.min_value ?? -Infinity, field.validation_rules?.min_value ?? -Infinity)
  const max = Math.min(field.max_value ?? Infinity, field.validation_rules?.max_value ?? Infinity)
  if (number < min) return refuse(path, `Please enter a number that is at least ${min}.`)
  if (number > max) return refuse(path, `Please enter a number that is at most ${max}.`)
  return ok(number)
}

function checkDate(field: FormField, value: unknown, path: string, today: CivilDate): Checked {
  const text = typeof value === 'string' ? value.trim() : ''
  const day = civilDateToDays(text)
  if (day === null || text < '1850-01-01')
    return refuse(path, 'Please enter a date that exists, as YYYY-MM-DD, for example 1990-05-31.')
  const min = field.min_date === 'today' ? today : field.min_date
  const max = field.max_date === 'today' ? today : field.max_date
  if (min !== undefined && day < (civilDateToDays(min) ?? -Infinity))
    return refuse(path, `Please enter a date on or after ${min}.`)
  if (max !== undefined && day > (civilDateToDays(max) ?? Infinity))
    return refuse(path, `Please enter a date on or before ${max}.`)
  return ok(text)
}

const hasOption = (field: FormField, value: string): boolean =>
  (field.options ?? []).some((option) => option.value === value)

function optionList(field: FormField): string {
  const values = (field.options ?? []).map((option) => option.value)
  return values.length > 12 ? `${values.slice(0, 12).join(', ')} …` : values.join(', ')
}

function checkMultiSelect(field: FormField, value: unknown, path: string, context: ValueContext): Checked {
  if (!Array.isArray(value)) return refuse(path, `Please give a list of choices out of: ${optionList(field)}.`)
  const chosen: string[] = []
  for (const [index, one] of value.entries()) {
    if (typeof one !== 'string' || !hasOption(field, one)) {
      return refuse(`${path}[${index}]`, `Please choose among: ${optionList(field)}.`)
    }
    if (!chosen.includes(one)) chosen.push(one)
  }
  const problem = countProblem(field, chosen.length, 'choice', context)
  return problem === null ? ok(chosen) : refuse(path, problem)
}

/** What `min_items` and `max_items` have against this many; a list that is still growing may be short. */
export function countProblem(
  field: FormField,
  count: number,
  noun: 'choice' | 'file' | 'entry',
  context: ValueContext,
): string | null {
  const { min_items: min = 0, max_items: max = Infinity } = field.validation_rules ?? {}
  const plural = (amount: number) => (amount === 1 ? `1 ${noun}` : `${amount} ${noun === 'entry' ? 'entrie' : noun}s`)
  if (count > max) return `Please give at most ${plural(max)} (${count} given).`
  if (count < min && context.purpose === 'complete') return `Please give at least ${plural(min)} (${count} given).`
  return null
}

function checkFiles(field: FormField, value: unknown, path: string, context: ValueContext): Checked {
  const listed = Array.isArray(value) ? value : [value]
  if (listed.length > MAX_FILES_PER_FIELD) return refuse(path, `Please give at most ${MAX_FILES_PER_FIELD} files.`)
  const files: string[] = []
  for (const docId of listed) {
    const file = typeof docId === 'string' ? currentFile(docId, field, context) : null
    if (file === null) return refuse(path, 'Please upload the file for this field first, then give its doc_id.')
    if (!files.includes(file)) files.push(file)
  }
  const problem = countProblem(field, files.length, 'file', context)
  return problem === null ? ok(files) : refuse(path, problem)
}

/** Follows replacements, since a saved form may still name the file that a newer one took the place of. */
function currentFile(docId: string, field: FormField, context: ValueContext): string | null {
  const own = context.documents.filter((one) => one.field_id === field.field_id && one.step_id === context.step_id)
  let document = own.find((one) => one.doc_id === docId)
  for (let hop = 0; hop < own.length && document !== undefined && document.replaced_by !== null; hop += 1) {
    const next = document.replaced_by
    document = own.find((one) => one.doc_id === next)
  }
  return document !== undefined && isCurrent(document) ? document.doc_id : null
}

function checkEmail(field: FormField, value: unknown, path: string): Checked {
  const email = typeof value === 'string' ? normalizeEmail(value) : null
  if (email === null) return refuse(path, 'Please enter an e-mail address, for example name@example.com.')
  if (field.block_disposable === true && isDisposableEmail(email)) {
    return refuse(path, 'Please use a lasting e-mail address: throw-away mailboxes are not accepted here.')
  }
  return ok(email)
}

function checkContact(
  value: unknown,
  path: string,
  normalize: (text: string) => string | null,
  message: string,
): Checked {
  const normalized = typeof value === 'string' ? normalize(value) : null
  return normalized === null ? refuse(path, message) : ok(normalized)
}

function checkCountry(value: unknown, path: string): Checked {
  const code = typeof value === 'string' ? value.trim().toUpperCase() : ''
  if (isCountryCode(code)) return ok(code)
  const meant = code.length === 3 ? toCountryCode(code) : null
  return refuse(path, `Please give the country as its two-letter code, for example ${meant ?? 'GB'}.`)
}
