import { createRoute } from '@hono/zod-openapi'
import { documentUrl } from '../../../application/sessions/document-url.ts'
import { failure, success, tenantCall } from '../../answers.ts'
import type { TenantRoute } from '../../api.ts'
import { iso } from '../../presenters/time.ts'
import { DocumentUrlBody } from '../../schemas/document.ts'
import { answerOf } from '../../schemas/envelope.ts'
import { tenantErrors } from '../../schemas/errors.ts'
import { DocumentPath, EXAMPLE_DOC_ID } from '../../schemas/ids.ts'
import { NoQuery } from '../../schemas/query.ts'
import { BEARER } from '../../schemas/security.ts'

const route = createRoute({
  operationId: 'getDocumentUrl',
  method: 'get',
  path: '/kyc/sessions/{session_id}/documents/{doc_id}/url',
  tags: ['Sessions'],
  summary: 'Get a download URL of a document',
  description:
    'A URL that downloads the file as an attachment for five minutes, for whoever has it. Each call is recorded in the trail of the session.',
  security: BEARER,
  request: { params: DocumentPath, query: NoQuery },
  responses: {
    200: answerOf('The URL.', DocumentUrlBody, {
      doc_id: EXAMPLE_DOC_ID,
      url: 'https://account.r2.cloudflarestorage.com/kyc-documents/…?X-Amz-Signature=…',
      expires_in: 300,
      expires_at: '2026-11-23T10:45:00.000Z',
      file_name: 'id-front.jpg',
      mime_type: 'image/jpeg',
      size: 48_213,
    }),
    ...tenantErrors('SESSION_NOT_FOUND', 'DOCUMENT_NOT_FOUND', 'UPLOAD_INCOMPLETE'),
  },
})

export const documentUrlRoute: TenantRoute = (app, deps) =>
  app.openapi(route, async (c) => {
    const { session_id, doc_id } = c.req.valid('param')
    const signed = await documentUrl(deps, { ...tenantCall(c), sessionId: session_id, docId: doc_id })
    if (!signed.ok) return failure(c, signed.error)
    const { document, url, expiresInSeconds, expiresAt } = signed.value
    const { file_name, mime_type, size } = document
    const data = { doc_id, url, expires_in: expiresInSeconds, expires_at: iso(expiresAt), file_name, mime_type, size }
    return c.json(success(c, data), 200)
  })
