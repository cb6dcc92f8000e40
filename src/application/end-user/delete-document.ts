import type { DomainError } from '../../domain/errors.ts'
import type { Result } from '../../domain/result.ts'
import type { LinkCall } from '../call.ts'
import type { SessionSnapshot } from '../ports.ts'
import type { LinkWriteDeps } from './run-by-link.ts'
import { runByLink } from './run-by-link.ts'

/** The object erases the bytes after it forgot the document. */
export const deleteDocument = (
  deps: LinkWriteDeps,
  input: LinkCall & { docId: string },
): Promise<Result<SessionSnapshot, DomainError>> =>
  runByLink(deps, input, { type: 'remove_document', doc_id: input.docId })
