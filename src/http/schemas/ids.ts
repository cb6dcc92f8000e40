import { z } from '@hono/zod-openapi'
import { TEMPLATE_NAMES } from '../../domain/workflow/templates/index.ts'

const UUID_V7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/
/** 26 Crockford characters: no i, l, o, u. */
export const SHORT = '[0-9abcdefghjkmnpqrstvwxyz]{26}'

export const EXAMPLE_SESSION_ID = '019ab1f4-6b00-7c3a-9d52-3f1e8a6b4c21'
export const EXAMPLE_WORKFLOW_ID = '019ab1f3-11d0-7a8e-8b47-52c9e0f7d318'
export const EXAMPLE_KEY_ID = '019ab1f5-8e21-7f60-b3d4-6c1a9e7f2b08'
export const EXAMPLE_SUBSESSION_ID = '019ab1f9-2c44-7d10-8f6e-90b7c5d2a1e3'
export const EXAMPLE_DOC_ID = 'doc_01kb2v8x5nf6b8m1q4r7t0w3y6'

export const SessionId = z
  .string()
  .regex(UUID_V7, 'must be a UUIDv7 in lower case')
  .openapi({ format: 'uuid', example: EXAMPLE_SESSION_ID })

export const WorkflowId = z
  .string()
  .regex(UUID_V7, 'must be a UUIDv7 in lower case')
  .openapi({ format: 'uuid', example: EXAMPLE_WORKFLOW_ID })

export const DocId = z
  .string()
  .regex(new RegExp(`^doc_${SHORT}$`), 'must be `doc_` and 26 characters, as upload/init gave it')
  .openapi({ example: EXAMPLE_DOC_ID })

export const EXAMPLE_HIT_ID = 'hit_3f9a01c25b7e4d8096aa17e3c4f2b851'
export const HitId = z
  .string()
  .regex(/^hit_[0-9a-f]{32}$/, 'must be `hit_` and 32 hexadecimal characters, as the results have it')
  .openapi({ example: EXAMPLE_HIT_ID })

export const StepId = z.string().min(1).max(100).openapi({ example: 'identity' })

const ACCESS_TOKEN = z
  .string()
  .openapi({ description: 'The credential of the person: the last part of the access link' })

const inPath = (name: string) => ({ param: { name, in: 'path' as const } })

export const SessionPath = z.object({ session_id: SessionId.openapi(inPath('session_id')) })
export const DocumentPath = z.object({
  session_id: SessionId.openapi(inPath('session_id')),
  doc_id: DocId.openapi(inPath('doc_id')),
})
export const HitPath = z.object({
  session_id: SessionId.openapi(inPath('session_id')),
  hit_id: HitId.openapi(inPath('hit_id')),
})
export const SubsessionPath = z.object({
  session_id: SessionId.openapi(inPath('session_id')),
  sub_id: SessionId.openapi({ ...inPath('sub_id'), example: EXAMPLE_SUBSESSION_ID }),
})
export const TemplatePath = z.object({
  template: z.enum(TEMPLATE_NAMES).openapi({ ...inPath('template'), example: 'basic-kyc' }),
})
export const WorkflowPath = z.object({ workflow_id: WorkflowId.openapi(inPath('workflow_id')) })
const ApiKeyId = z
  .string()
  .regex(UUID_V7, 'must be a UUIDv7 in lower case')
  .openapi({ format: 'uuid', example: EXAMPLE_KEY_ID })
export const ApiKeyPath = z.object({ key_id: ApiKeyId.openapi(inPath('key_id')) })
export const LinkPath = z.object({ access_token: ACCESS_TOKEN.openapi(inPath('access_token')) })
export const StepPath = z.object({
  access_token: ACCESS_TOKEN.openapi(inPath('access_token')),
  step_id: StepId.openapi(inPath('step_id')),
})
export const LinkDocumentPath = z.object({
  access_token: ACCESS_TOKEN.openapi(inPath('access_token')),
  doc_id: DocId.openapi(inPath('doc_id')),
})
export const LinkSubsessionPath = z.object({
  access_token: ACCESS_TOKEN.openapi(inPath('access_token')),
  sub_id: SessionId.openapi({ ...inPath('sub_id'), example: EXAMPLE_SUBSESSION_ID }),
})
