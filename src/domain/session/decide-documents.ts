// Files of a session: announced, confirmed against what was really stored, removed, swept. What a document says is
// extraction's matter.

import { MAX_UPLOADS_PER_SESSION, isCurrent } from '../document/document.ts'
import type { SessionDocument } from '../document/document.ts'
import { domainError } from '../errors.ts'
import type { WorkflowStep } from '../workflow/definition.ts'
import type { ObservedUpload, SessionCommand } from './commands.ts'
import { uploadDeadline } from './deadlines.ts'
import { linkRefusal, notOpen, writableStep, writeRefusal } from './end-user-gate.ts'
import { advance, firstWrite, reopenValidationsAfter } from './flow.ts'
import { isDocumentOpen, isFieldOpen, openItems } from './open-corrections.ts'
import { isPassport, requirementFor } from './requirements.ts'
import { missingFrom } from './step-completeness.ts'
import type { SessionStep } from './steps.ts'
import { emit } from './turn.ts'
import type { Refusal, Turn } from './turn.ts'
import { uploadSlot } from './upload-slot.ts'

type Command<T extends SessionCommand['type']> = Extract<SessionCommand, { type: T }>

export function decideAnnounce(turn: Turn, command: Command<'announce_upload'>): Refusal {
  const found = writableStep(turn, command.step_id)
  if (!found.ok) return found.error
  if (turn.state.documents.some((document) => document.doc_id === command.doc_id)) return null
  const { definition } = found.value
  const slot = uploadSlot(definition, command)
  if (!slot.ok) return slot.error
  const { document_type, side, field, mime_type } = slot.value
  const closed = closedRefusal(turn, found.value, document_type, field?.field_id ?? null)
  if (closed !== null) return closed
  if (turn.state.documents.length >= MAX_UPLOADS_PER_SESSION) {
    const message = `A session holds at most ${MAX_UPLOADS_PER_SESSION} uploads; remove some first.`
    return domainError('INVALID_REQUEST', message, [{ path: 'doc_id', message }])
  }
  const begun = firstWrite(turn)
  if (begun !== null) return begun
  const document: SessionDocument = {
    doc_id: command.doc_id,
    step_id: command.step_id,
    document_type,
    side,
    field_id: field?.field_id ?? null,
    file_name: command.file_name,
    mime_type,
    size: command.size,
    sha256: null,
    declared_sha256: command.sha256?.toLowerCase() ?? null,
    status: 'pending_upload',
    created_at: turn.context.now,
    uploaded_at: null,
    replaced_by: null,
    rejection: null,
    warnings: [],
    extraction: null,
  }
  emit(turn, { type: 'upload_announced', document })
  return null
}

/** In correction only what was asked for is open, a file like any other answer. */
function closedRefusal(turn: Turn, step: SessionStep, documentType: string, fieldId: string | null): Refusal {
  if (turn.state.status !== 'awaiting_client_correction') return null
  const { definition, state } = step
  const items = openItems(turn.state, state.step_id)
  if (definition.type !== 'form_fill') {
    return isDocumentOpen(definition, items, documentType)
      ? null
      : notOpen(`${documentType} was not asked to be corrected.`, 'document_type')
  }
  const field = definition.custom_fields.find((one) => one.field_id === fieldId || hasItemField(one, fieldId))
  const isOpen = field !== undefined && isFieldOpen(definition, items, state.form_data, field)
  return isOpen ? null : notOpen(`Field "${fieldId}" was not asked to be corrected.`, 'field_id')
}

const hasItemField = (field: { item_fields?: { field_id: string }[] | undefined }, fieldId: string | null): boolean =>
  (field.item_fields ?? []).some((item) => item.field_id === fieldId)

export function decideConfirm(turn: Turn, command: Command<'confirm_upload'>): Refusal {
  const expired = linkRefusal(turn)
  if (expired !== null) return expired
  const document = turn.state.documents.find((one) => one.doc_id === command.doc_id)
  if (document === undefined) return unknownDocument(command.doc_id)
  if (document.status !== 'pending_upload') return null
  const found = writableStep(turn, document.step_id)
  if (!found.ok) return found.error
  const { observed } = command
  if (observed === null) {
    return domainError('UPLOAD_INCOMPLETE', 'The file is not there yet. PUT it to upload_url first, then confirm.')
  }
  const rejection = rejectionReason(document, observed)
  const mime_type = observed.mime_type
  if (rejection !== null || mime_type === null) {
    emit(turn, { type: 'upload_rejected', doc_id: document.doc_id, rejection: rejection ?? UNKNOWN_TYPE })
    return null
  }
  const replaces = replacedBy(turn, document, found.value.definition)
  emit(turn, {
    type: 'upload_confirmed',
    doc_id: document.doc_id,
    size: observed.size,
    sha256: observed.sha256,
    mime_type,
    warnings: command.warnings,
    replaces,
  })
  recordDocumentChange(turn, document, replaces)
  return afterDocumentChange(turn, found.value)
}

const UNKNOWN_TYPE = {
  code: 'unknown_type',
  message: 'This is no file of a type that we can read. Send a JPEG, PNG, WebP or HEIC picture, or a PDF.',
}

function rejectionReason(
  document: SessionDocument,
  observed: ObservedUpload,
): { code: string; message: string } | null {
  if (observed.size !== document.size) {
    return {
      code: 'size_mismatch',
      message: `The file has ${observed.size} bytes, ${document.size} were announced. Upload it anew.`,
    }
  }
  if (document.declared_sha256 !== null && document.declared_sha256 !== observed.sha256) {
    return {
      code: 'hash_mismatch',
      message: 'The file is not the one that was announced (SHA-256 differs). Upload it anew.',
    }
  }
  if (observed.mime_type === null) return UNKNOWN_TYPE
  if (observed.mime_type !== document.mime_type) {
    return {
      code: 'type_mismatch',
      message: `The file is ${observed.mime_type} by its content, ${document.mime_type} was announced. Announce it as what it is.`,
    }
  }
  return observed.problem
}

/** A passport takes the place of every side of an `id`; else same requirement and side. Fields keep all their files. */
function replacedBy(turn: Turn, document: SessionDocument, definition: WorkflowStep): string[] {
  if (definition.type === 'form_fill' || definition.type === 'liveness') return []
  const requirement = definition.type === 'document_upload' ? requirementFor(definition, document.document_type) : null
  if (requirement?.allow_multiple === true) return []
  return turn.state.documents
    .filter((one) => one.doc_id !== document.doc_id && one.step_id === document.step_id && isCurrent(one))
    .filter(
      (one) => definition.type !== 'document_upload' || requirementFor(definition, one.document_type) === requirement,
    )
    .filter((one) => one.side === document.side || isPassport(document))
    .map((one) => one.doc_id)
}

function recordDocumentChange(turn: Turn, document: SessionDocument, replaces: string[]): void {
  if (turn.state.status !== 'awaiting_client_correction') return
  const { now, actor } = turn.context
  const definition = turn.context.workflow.steps.find((step) => step.step_id === document.step_id)
  const items = openItems(turn.state, document.step_id)
  const asked = items.filter(
    (item) => definition !== undefined && isDocumentOpen(definition, [item], document.document_type),
  )
  for (const item of asked.length > 0 ? asked : items.slice(0, 1)) {
    emit(turn, {
      type: 'correction_changed',
      correction_id: item.correction_id,
      changes: [
        {
          field_id: null,
          document_type: document.document_type,
          old_value: replaces.length > 0 ? replaces : null,
          new_value: document.doc_id,
          at: now,
          by: actor,
        },
      ],
    })
  }
}

/** A done step whose new document leaves a gap (a card's front for a passport) is open again; a gate behind it looks again. */
function afterDocumentChange(turn: Turn, step: SessionStep): Refusal {
  const { definition, state } = step
  if (turn.state.status !== 'active' || state.status !== 'completed') return null
  if (definition.type !== 'form_fill' && missingFrom(turn.state, state, definition).length > 0) {
    emit(turn, { type: 'steps_reopened', step_ids: [state.step_id] })
  }
  reopenValidationsAfter(turn, step.index)
  return advance(turn)
}

/** Read once: a file never changes, so what was read of it does not either. */
export function decideRecordExtraction(turn: Turn, { extraction }: Command<'record_extraction'>): Refusal {
  const closed = writeRefusal(turn)
  if (closed !== null) return closed
  const document = turn.state.documents.find((one) => one.doc_id === extraction.doc_id)
  if (document === undefined || document.status !== 'uploaded') return unknownDocument(extraction.doc_id)
  if (document.extraction === null) emit(turn, { type: 'document_read', extraction })
  return null
}

export function decideRemove(turn: Turn, command: Command<'remove_document'>): Refusal {
  const closed = writeRefusal(turn)
  if (closed !== null) return closed
  const document = turn.state.documents.find((one) => one.doc_id === command.doc_id)
  if (document === undefined || document.status === 'rejected') return unknownDocument(command.doc_id)
  const found = writableStep(turn, document.step_id)
  if (!found.ok) return found.error
  if (found.value.state.status === 'completed') {
    return domainError(
      'INVALID_REQUEST',
      'The step of this document is done; upload a new document to replace this one.',
    )
  }
  if (document.replaced_by !== null) {
    return domainError('INVALID_REQUEST', 'This document was replaced; remove the one that took its place.')
  }
  const items = openItems(turn.state, document.step_id)
  const isOfThisRound =
    document.status === 'pending_upload' ||
    items.some((item) => item.changes.some((change) => change.new_value === document.doc_id))
  if (turn.state.status === 'awaiting_client_correction' && !isOfThisRound) {
    return notOpen(
      'Only documents of this correction can be removed; upload a new one to replace an old one.',
      'doc_id',
    )
  }
  emit(turn, { type: 'document_removed', doc_id: document.doc_id })
  return null
}

export function decideSweep(turn: Turn): Refusal {
  const doc_ids = turn.state.documents
    .filter((document) => document.status === 'pending_upload' && turn.context.now >= uploadDeadline(document))
    .map((document) => document.doc_id)
  if (doc_ids.length > 0) emit(turn, { type: 'uploads_swept', doc_ids })
  return null
}

const unknownDocument = (docId: string): Refusal =>
  domainError('DOCUMENT_NOT_FOUND', `This session has no document "${docId}".`)
