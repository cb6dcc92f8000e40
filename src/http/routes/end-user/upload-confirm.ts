import { createRoute } from '@hono/zod-openapi'
import { confirmUpload } from '../../../application/end-user/confirm-upload.ts'
import { deferTo, failure, linkCall, success } from '../../answers.ts'
import type { LinkRoute } from '../../api.ts'
import { presentConfirmed } from '../../presenters/public-session.ts'
import { UploadConfirmInput } from '../../schemas/document.ts'
import { answerOf, bodyOf } from '../../schemas/envelope.ts'
import { linkErrors } from '../../schemas/errors.ts'
import { EXAMPLE_DOC_ID, LinkPath } from '../../schemas/ids.ts'
import { ConfirmedDocumentBody, EXAMPLE_CONFIRMED } from '../../schemas/public-session.ts'
import { NoQuery } from '../../schemas/query.ts'
import { NO_HEADER } from '../../schemas/security.ts'

const route = createRoute({
  operationId: 'confirmUpload',
  method: 'post',
  path: '/public/sessions/{access_token}/upload/confirm',
  tags: ['End user'],
  summary: 'Confirm an upload',
  description:
    'The last of three calls for a file: looks at the bytes that were put there. If their size, hash or real type is not what was announced, they are refused and erased. Confirming again answers the same.',
  security: NO_HEADER,
  request: { params: LinkPath, query: NoQuery, body: bodyOf(UploadConfirmInput, { doc_id: EXAMPLE_DOC_ID }) },
  responses: {
    200: answerOf('The document.', ConfirmedDocumentBody, EXAMPLE_CONFIRMED),
    ...linkErrors(
      'INVALID_JSON',
      'BODY_TOO_LARGE',
      'UPLOAD_INCOMPLETE',
      'FILE_REJECTED',
      'SESSION_CLOSED',
      'DOCUMENT_NOT_FOUND',
    ),
  },
})

export const confirmUploadRoute: LinkRoute = (app, deps) =>
  app.openapi(route, async (c) => {
    const confirmed = await confirmUpload(deps, {
      ...linkCall(c),
      defer: deferTo(c, deps.log),
      docId: c.req.valid('json').doc_id,
    })
    if (!confirmed.ok) return failure(c, confirmed.error)
    return c.json(success(c, presentConfirmed(confirmed.value)), 200)
  })
