import { createRoute } from '@hono/zod-openapi'
import { announceUpload } from '../../../application/end-user/announce-upload.ts'
import { failure, linkCall, success } from '../../answers.ts'
import type { LinkRoute } from '../../api.ts'
import { iso } from '../../presenters/time.ts'
import { AnnouncedUploadBody, UploadInitInput } from '../../schemas/document.ts'
import { answerOf, bodyOf } from '../../schemas/envelope.ts'
import { linkErrors } from '../../schemas/errors.ts'
import { EXAMPLE_DOC_ID, LinkPath } from '../../schemas/ids.ts'
import { NoQuery } from '../../schemas/query.ts'
import { NO_HEADER } from '../../schemas/security.ts'

const route = createRoute({
  operationId: 'initUpload',
  method: 'post',
  path: '/public/sessions/{access_token}/upload/init',
  tags: ['End user'],
  summary: 'Announce an upload',
  description:
    'The first of three calls for a file: answers a URL that takes exactly this file, once, for 15 minutes. PUT the bytes there with exactly the `headers` of the answer, then call `upload/confirm`. Up to 60 uploads a session.',
  security: NO_HEADER,
  request: {
    params: LinkPath,
    query: NoQuery,
    body: bodyOf(UploadInitInput, {
      step_id: 'identity',
      document_type: 'id',
      side: 'front',
      file_name: 'id-front.jpg',
      mime_type: 'image/jpeg',
      size: 48_213,
    }),
  },
  responses: {
    200: answerOf('Where to put the bytes.', AnnouncedUploadBody, {
      doc_id: EXAMPLE_DOC_ID,
      upload_url: 'https://account.r2.cloudflarestorage.com/kyc-documents/…?X-Amz-Signature=…',
      method: 'PUT',
      headers: { 'content-type': 'image/jpeg', 'if-none-match': '*' },
      expires_at: '2026-11-23T10:47:00.000Z',
    }),
    ...linkErrors(
      'INVALID_JSON',
      'BODY_TOO_LARGE',
      'STEP_LOCKED',
      'FIELD_NOT_OPEN_FOR_CORRECTION',
      'SESSION_CLOSED',
      'STEP_NOT_FOUND',
    ),
  },
})

export const announceUploadRoute: LinkRoute = (app, deps) =>
  app.openapi(route, async (c) => {
    const { document_type = null, field_id = null, side = null, sha256, ...file } = c.req.valid('json')
    const announcement = { ...file, document_type, field_id, side, sha256: sha256?.toLowerCase() ?? null }
    const announced = await announceUpload(deps, { ...linkCall(c), announcement })
    if (!announced.ok) return failure(c, announced.error)
    const { docId, upload } = announced.value
    const { url, method, headers, expires_at } = upload
    return c.json(success(c, { doc_id: docId, upload_url: url, method, headers, expires_at: iso(expires_at) }), 200)
  })
