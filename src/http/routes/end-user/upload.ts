import { createRoute } from '@hono/zod-openapi'
import type { z } from '@hono/zod-openapi'
import { base64 } from '@scure/base'
import { uploadFile } from '../../../application/end-user/upload-file.ts'
import { deferTo, failure, linkCall, success } from '../../answers.ts'
import type { LinkRoute } from '../../api.ts'
import { fileTooLarge, MAX_UPLOAD_FILE_BYTES } from '../../middleware/body-limit.ts'
import { presentConfirmed } from '../../presenters/public-session.ts'
import { EXAMPLE_UPLOAD, EXAMPLE_UPLOAD_FORM, UploadForm, UploadInput } from '../../schemas/end-user.ts'
import { answerOf } from '../../schemas/envelope.ts'
import { linkErrors } from '../../schemas/errors.ts'
import { LinkPath } from '../../schemas/ids.ts'
import { ConfirmedDocumentBody, EXAMPLE_CONFIRMED } from '../../schemas/public-session.ts'
import { NoQuery } from '../../schemas/query.ts'
import { NO_HEADER } from '../../schemas/security.ts'
import { invalidJson } from '../../validation.ts'

const routeAt = <P extends 'upload' | 'documents'>(path: P, operationId: string) =>
  createRoute({
    operationId,
    method: 'post',
    path: `/public/sessions/{access_token}/${path}` as const,
    tags: ['End user'],
    summary: 'Upload a small file in one call',
    description:
      'Announces, stores and confirms a file of at most 4 MiB in one call, as multipart/form-data or as base64 in JSON. For larger files use `upload/init`. `/documents` is the same as `/upload`.',
    security: NO_HEADER,
    request: {
      params: LinkPath,
      query: NoQuery,
      body: {
        content: {
          'application/json': { schema: UploadInput, example: EXAMPLE_UPLOAD },
          'multipart/form-data': { schema: UploadForm, example: EXAMPLE_UPLOAD_FORM },
        },
      },
    },
    responses: {
      200: answerOf('The document.', ConfirmedDocumentBody, EXAMPLE_CONFIRMED),
      ...linkErrors(
        'INVALID_JSON',
        'BODY_TOO_LARGE',
        'FILE_REJECTED',
        'UPLOAD_INCOMPLETE',
        'STEP_LOCKED',
        'FIELD_NOT_OPEN_FOR_CORRECTION',
        'SESSION_CLOSED',
        'STEP_NOT_FOUND',
        'DOCUMENT_NOT_FOUND',
      ),
    },
  })

export const uploadRoute: LinkRoute = (app, deps) => add(app, deps, routeAt('upload', 'uploadFile'))
export const uploadAliasRoute: LinkRoute = (app, deps) => add(app, deps, routeAt('documents', 'uploadDocument'))

function add(
  app: Parameters<LinkRoute>[0],
  deps: Parameters<LinkRoute>[1],
  route: ReturnType<typeof routeAt<'upload' | 'documents'>>,
) {
  return app.openapi(route, async (c) => {
    const type = c.req.header('content-type') ?? ''
    const isForm = type.startsWith('multipart/form-data')
    if (!isForm && !type.startsWith('application/json')) return failure(c, invalidJson())
    const body = isForm ? c.req.valid('form') : c.req.valid('json')
    const file = 'file' in body ? await fromForm(body) : fromJson(body)
    if (file.bytes.length > MAX_UPLOAD_FILE_BYTES) return failure(c, fileTooLarge())
    const uploaded = await uploadFile(deps, { ...linkCall(c), defer: deferTo(c, deps.log), ...file })
    if (!uploaded.ok) return failure(c, uploaded.error)
    return c.json(success(c, presentConfirmed(uploaded.value)), 200)
  })
}

type Said = Pick<z.infer<typeof UploadInput>, 'step_id' | 'document_type' | 'field_id' | 'side' | 'sha256'>

const announcementOf = (said: Said, file_name: string, mime_type: string) => ({
  step_id: said.step_id,
  document_type: said.document_type ?? null,
  field_id: said.field_id ?? null,
  side: said.side ?? null,
  file_name,
  mime_type,
  sha256: said.sha256 ?? null,
})

const fromJson = (body: z.infer<typeof UploadInput>) => ({
  announcement: announcementOf(body, body.file_name, body.mime_type),
  bytes: base64.decode(body.content),
})

const fromForm = async (form: z.infer<typeof UploadForm>) => ({
  announcement: announcementOf(
    form,
    form.file_name ?? (form.file.name.slice(0, 255) || 'file'),
    form.mime_type ?? form.file.type,
  ),
  bytes: new Uint8Array(await form.file.arrayBuffer()),
})
