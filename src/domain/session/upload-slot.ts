// Which place in the session an announced file is for, and whether that place takes such a file: step, requirement or
// field, side, type, size. The bytes themselves are judged on confirm.

import { MAX_FILE_BYTES } from '../document/document.ts'
import { domainError } from '../errors.ts'
import type { DomainError } from '../errors.ts'
import { err, ok } from '../result.ts'
import type { Result } from '../result.ts'
import type {
  DocumentMimeType,
  DocumentRequirement,
  DocumentSide,
  FormField,
  FormFillStep,
  StoredDocumentType,
  WorkflowStep,
} from '../workflow/definition.ts'
import { DOCUMENT_TYPES, MIME_TYPES } from '../workflow/definition.ts'
import type { SessionCommand } from './commands.ts'
import { requirementFor } from './requirements.ts'

type Announced = Extract<SessionCommand, { type: 'announce_upload' }>

export type UploadSlot = {
  document_type: StoredDocumentType
  side: DocumentSide | null
  field: FormField | null
  mime_type: DocumentMimeType
}
type Place = Omit<UploadSlot, 'mime_type'> & { accepted: readonly DocumentMimeType[]; maxBytes: number }

const IMAGES = MIME_TYPES.filter((type) => type !== 'application/pdf')

export function uploadSlot(step: WorkflowStep, announced: Announced): Result<UploadSlot, DomainError> {
  const place = placeOf(step, announced)
  if (!place.ok) return place
  const { accepted, maxBytes, ...slot } = place.value
  const mime_type = accepted.find((type) => type === announced.mime_type)
  if (mime_type === undefined) return wrong('mime_type', `must be one of ${accepted.join(', ')}`)
  if (!Number.isInteger(announced.size) || announced.size < 1)
    return wrong('size', 'must be the number of bytes, at least 1')
  if (announced.size > maxBytes) return wrong('size', `must be at most ${maxBytes} bytes`)
  return ok({ ...slot, mime_type })
}

function placeOf(step: WorkflowStep, announced: Announced): Result<Place, DomainError> {
  switch (step.type) {
    case 'document_upload':
      return requirementPlace(step, announced)
    case 'form_fill':
      return fieldPlace(step, announced)
    case 'selfie':
      return picturePlace('selfie', announced)
    case 'liveness':
      return picturePlace('liveness_frame', announced)
    default:
      return wrong('step_id', `must name a step that takes files; "${step.step_id}" is a ${step.type} step`)
  }
}

function requirementPlace(
  step: Extract<WorkflowStep, { type: 'document_upload' }>,
  announced: Announced,
): Result<Place, DomainError> {
  if (announced.field_id !== null) return wrong('field_id', 'must be left out: this step takes document_type')
  const document_type = DOCUMENT_TYPES.find((type) => type === announced.document_type)
  const requirement = document_type === undefined ? null : requirementFor(step, document_type)
  if (document_type === undefined || requirement === null) {
    const asked = step.document_requirements.map((one) => one.document_type).join(', ')
    return wrong('document_type', `must be a document this step asks for: ${asked}`)
  }
  const side = sideFor(requirement, document_type, announced.side)
  if (!side.ok) return side
  const maxBytes = Math.min(requirement.max_size, MAX_FILE_BYTES)
  return ok({ document_type, side: side.value, field: null, accepted: requirement.accepted_mime_types, maxBytes })
}

function sideFor(
  requirement: DocumentRequirement,
  documentType: string,
  side: DocumentSide | null,
): Result<DocumentSide | null, DomainError> {
  const { sides } = requirement
  if (sides.length === 0)
    return side === null ? ok(null) : wrong('side', 'must be left out: this document has no sides')
  if (side === null && documentType === 'passport') return ok('front')
  const [only] = sides
  if (side === null && sides.length === 1 && only !== undefined) return ok(only)
  return side !== null && sides.includes(side) ? ok(side) : wrong('side', `must be ${sides.join(' or ')}`)
}

function fieldPlace(step: FormFillStep, announced: Announced): Result<Place, DomainError> {
  if (announced.document_type !== null && announced.document_type !== 'field_file') {
    return wrong('document_type', 'must be left out: this step takes field_id')
  }
  if (announced.side !== null) return wrong('side', 'must be left out: a field has no sides')
  const field = fileFields(step.custom_fields).find(
    (one) => one.field_id === announced.field_id || one.field_key === announced.field_id,
  )
  if (field === undefined) return wrong('field_id', 'must name a file field of this step')
  return ok({ document_type: 'field_file', side: null, field, accepted: MIME_TYPES, maxBytes: MAX_FILE_BYTES })
}

const fileFields = (fields: FormField[]): FormField[] =>
  fields.flatMap((field) => (field.type === 'file' ? [field] : fileFields(field.item_fields ?? [])))

function picturePlace(document_type: 'selfie' | 'liveness_frame', announced: Announced): Result<Place, DomainError> {
  if (announced.field_id !== null) return wrong('field_id', 'must be left out: this step takes a picture')
  if (announced.side !== null) return wrong('side', 'must be left out: a picture has no sides')
  if (announced.document_type !== null && announced.document_type !== document_type) {
    return wrong('document_type', `must be ${document_type} in this step`)
  }
  return ok({ document_type, side: null, field: null, accepted: IMAGES, maxBytes: MAX_FILE_BYTES })
}

const wrong = (path: string, message: string): { ok: false; error: DomainError } =>
  err(domainError('INVALID_REQUEST', `${path} ${message}.`, [{ path, message }]))
