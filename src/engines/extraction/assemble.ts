// Puts together what was read of one document: the zone before the print where it is proven, the print where it is not;
// what the document is; what about it deserves a second look.

import type { DocumentExtraction } from '../../domain/decision/check-results.ts'
import { classify } from './classify.ts'
import { compareZones } from './compare-zones.ts'
import { familyOf } from './document-families.ts'
import { findFields } from './fields/find-fields.ts'
import type { Fields, FieldSource } from './fields/find-fields.ts'
import { fieldsFromMrz, issuerOf } from './fields/from-mrz.ts'
import { letterhead, numberedFields, provenIban } from './fields/unlabelled.ts'
import type { Quality } from './image/quality.ts'
import { findMrz } from './mrz/find-mrz.ts'
import type { ParsedMrz } from './mrz/parse-mrz.ts'
import type { TextLine } from './ocr/text-lines.ts'
import type { ReadJob } from './read-document.ts'
import { settleType } from './settle-type.ts'
import { dateWarnings, isMrzExpected, mrzWarnings, qualityWarnings, specimenWarning, typeWarning } from './warnings.ts'
import type { Warning } from './warnings.ts'

export type WhatWasRead = {
  mrz: ParsedMrz | null
  lines: TextLine[]
  source: FieldSource
  quality: Quality | null
  warnings: Warning[]
}

export type Assembled = { extraction: DocumentExtraction; text: string }

/** Below it a field of the zone gives way to a print that is surer. */
const DOUBTFUL = 0.5

export function assemble(job: ReadJob, read: WhatWasRead): Assembled {
  const text = read.lines.map((line) => line.text).join('\n')
  // A PDF may hold an MRZ as text: no OCR between it and us.
  const mrz = read.mrz ?? (read.source === 'pdf_text' ? findMrz(text) : null)
  const classification = classify(text, mrz)
  const { document_type, isOther } = settleType(job.document_type, classification)
  const family = familyOf(document_type ?? job.document_type) ?? familyOf(job.document_type)
  const printed = family === null ? {} : printedFields(read, family, isAmerican(text, mrz))
  const zone = mrz === null ? {} : fieldsFromMrz(mrz, job.today)
  const fields = merged(zone, printed)
  const warnings = [
    ...read.warnings,
    ...(isOther && document_type !== null ? [typeWarning(job.document_type, document_type)] : []),
    ...mrzWarnings(mrz, isMrzExpected(job.document_type, job.side) && (!isOther || document_type === 'passport')),
    ...compareZones(zone, printed),
    ...dateWarnings(fields, job.today),
    ...specimenWarning(text),
    ...(read.quality === null || mrz?.valid === true ? [] : qualityWarnings(read.quality, fields)),
  ]
  const extraction = {
    doc_id: job.doc_id,
    document_type,
    issuing_country: mrz === null ? null : issuerOf(mrz),
    fields,
    mrz: mrz === null ? null : { format: mrz.format, lines: mrz.lines, checks: mrz.checks, valid: mrz.valid },
    quality: read.quality,
    warnings,
  }
  return { extraction, text }
}

export function nothingRead(job: ReadJob, { code, message }: Warning): Assembled {
  const extraction: DocumentExtraction = {
    doc_id: job.doc_id,
    document_type: null,
    issuing_country: null,
    fields: {},
    mrz: null,
    quality: null,
    warnings: [{ code, message }],
  }
  return { extraction, text: '' }
}

function printedFields(read: WhatWasRead, family: 'card' | 'letter' | 'charter', isMonthFirst: boolean): Fields {
  const { lines, source } = read
  const labelled = findFields(lines, family, { source, order: isMonthFirst ? 'month_first' : 'day_first' })
  if (family === 'card') return { ...numberedFields(lines, source), ...labelled }
  return family === 'letter'
    ? { ...letterhead(lines, source), ...labelled, ...provenIban(lines, source) }
    : { ...labelled }
}

function merged(zone: Fields, printed: Fields): Fields {
  const fields: Fields = { ...printed }
  for (const [name, field] of Object.entries(zone)) {
    const other = printed[name]
    if (other === undefined || field.confidence >= DOUBTFUL || other.confidence < DOUBTFUL) fields[name] = field
  }
  return fields
}

/** Dates are written month first in the United States alone, of the countries whose languages are read here. */
const isAmerican = (text: string, mrz: ParsedMrz | null): boolean =>
  mrz === null ? /\b(?:USA|UNITED STATES)\b/.test(text.toUpperCase()) : issuerOf(mrz) === 'US'
