import { createRoute } from '@hono/zod-openapi'
import { extractDocument } from '../../../application/end-user/extract-document.ts'
import { deferTo, failure, linkCall, success } from '../../answers.ts'
import { presentExtracted } from '../../presenters/end-user.ts'
import { DocumentInput, EXAMPLE_EXTRACTED, ExtractedDocumentBody } from '../../schemas/end-user.ts'
import { answerOf, bodyOf } from '../../schemas/envelope.ts'
import { EXAMPLE_DOC_ID, LinkPath } from '../../schemas/ids.ts'
import type { LinkRoute } from '../../api.ts'
import { linkErrors } from '../../schemas/errors.ts'
import { NoQuery } from '../../schemas/query.ts'
import { NO_HEADER } from '../../schemas/security.ts'

const route = createRoute({
  operationId: 'extractDocument',
  method: 'post',
  path: '/public/sessions/{access_token}/extract',
  tags: ['End user'],
  summary: 'Read a document',
  description:
    'Reads what can be read in an uploaded document, so that the person can look it over, and keeps it with the document: a file is read once. `extraction_check.state` says whether there was anything to read with; nothing is guessed.',
  security: NO_HEADER,
  request: { params: LinkPath, query: NoQuery, body: bodyOf(DocumentInput, { doc_id: EXAMPLE_DOC_ID }) },
  responses: {
    200: answerOf('The document with what was read.', ExtractedDocumentBody, EXAMPLE_EXTRACTED),
    ...linkErrors('INVALID_JSON', 'BODY_TOO_LARGE', 'UPLOAD_INCOMPLETE', 'SESSION_CLOSED', 'DOCUMENT_NOT_FOUND'),
  },
})

export const extractDocumentRoute: LinkRoute = (app, deps) =>
  app.openapi(route, async (c) => {
    const { doc_id: docId } = c.req.valid('json')
    const extracted = await extractDocument(deps, { ...linkCall(c), defer: deferTo(c, deps.log), docId })
    if (!extracted.ok) return failure(c, extracted.error)
    return c.json(success(c, presentExtracted(extracted.value)), 200)
  })
