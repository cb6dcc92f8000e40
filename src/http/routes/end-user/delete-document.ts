import { createRoute } from '@hono/zod-openapi'
import { deleteDocument } from '../../../application/end-user/delete-document.ts'
import { failure, linkCall, nowOf, success } from '../../answers.ts'
import { answerOf } from '../../schemas/envelope.ts'
import { LinkDocumentPath } from '../../schemas/ids.ts'
import { presentPublicSession } from '../../presenters/public-session.ts'
import { EXAMPLE_PUBLIC_SESSION, PublicSessionBody } from '../../schemas/public-session.ts'
import type { LinkRoute } from '../../api.ts'
import { linkErrors } from '../../schemas/errors.ts'
import { NoQuery } from '../../schemas/query.ts'
import { NO_HEADER } from '../../schemas/security.ts'

const route = createRoute({
  operationId: 'deleteDocument',
  method: 'delete',
  path: '/public/sessions/{access_token}/documents/{doc_id}',
  tags: ['End user'],
  summary: 'Remove a document',
  description:
    'Takes back a document before its step is completed, and erases its bytes. Afterwards a new document replaces the old one instead.',
  security: NO_HEADER,
  request: { params: LinkDocumentPath, query: NoQuery },
  responses: {
    200: answerOf('The session as the person may see it.', PublicSessionBody, EXAMPLE_PUBLIC_SESSION),
    ...linkErrors(
      'SESSION_CLOSED',
      'STEP_LOCKED',
      'FIELD_NOT_OPEN_FOR_CORRECTION',
      'DOCUMENT_NOT_FOUND',
      'STEP_NOT_FOUND',
    ),
  },
})

export const deleteDocumentRoute: LinkRoute = (app, deps) =>
  app.openapi(route, async (c) => {
    const deleted = await deleteDocument(deps, { ...linkCall(c), docId: c.req.valid('param').doc_id })
    if (!deleted.ok) return failure(c, deleted.error)
    return c.json(success(c, presentPublicSession(deleted.value, nowOf(deps.clock, deleted.value))), 200)
  })
