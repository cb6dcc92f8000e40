import { z } from '@hono/zod-openapi'
import { PERMISSIONS } from '../../application/actor.ts'
import { MODES } from '../../domain/session/state.ts'
import type { TenantChange } from '../../domain/tenant/settings.ts'
import { Instant, Pagination } from './envelope.ts'
import { EXAMPLE_KEY_ID } from './ids.ts'

const MAX_URLS = 50
/** Ten years, leap days included. */
const MAX_RETENTION_DAYS = 3_653

const Address = z.string().min(1).max(2_000)
const DisplayName = z.string().trim().min(1).max(100).nullable().default(null)
const Color = z
  .string()
  .regex(/^#[0-9a-fA-F]{6}$/, 'must be a colour such as #1a5fb4')
  .nullable()
  .default(null)

const BrandingInput = z
  .strictObject({
    display_name: DisplayName.openapi({ description: 'What the person reads in place of `name`' }),
    logo_url: Address.nullable().default(null).openapi({ description: 'https', format: 'uri' }),
    color: Color.openapi({ description: '`#rrggbb`', example: '#1a5fb4' }),
  })
  .openapi('BrandingInput')

export const UpdateTenantInput = z
  .strictObject({
    name: z.string().trim().min(1).max(200).optional(),
    branding: BrandingInput.optional().openapi({
      description: 'Replaces all of it: a member that is left out is null',
    }),
    retention_days: z
      .number()
      .int()
      .min(1)
      .max(MAX_RETENTION_DAYS)
      .nullable()
      .optional()
      .openapi({ description: 'null: nothing is erased by age' }),
    allowed_origins: z
      .array(Address)
      .max(MAX_URLS)
      .optional()
      .openapi({ description: 'Origins that may call the public API from a browser; http for localhost only' }),
    allowed_redirects: z
      .array(Address)
      .max(MAX_URLS)
      .optional()
      .openapi({ description: 'https URLs that a `redirect_url` must lie under; empty: any https URL' }),
  })
  .openapi('UpdateTenant')

export const readChange = ({ name, ...settings }: z.output<typeof UpdateTenantInput>): TenantChange => ({
  name,
  settings,
})

export const TenantBody = z
  .strictObject({
    tenant_id: z.string(),
    name: z.string(),
    branding: z
      .strictObject({
        display_name: z.string().nullable(),
        logo_url: z.string().nullable(),
        color: z.string().nullable(),
      })
      .openapi('Branding'),
    retention_days: z.number().int().nullable(),
    allowed_origins: z.array(z.string()),
    allowed_redirects: z.array(z.string()),
    created_at: Instant,
  })
  .openapi('Tenant')
export type TenantBody = z.infer<typeof TenantBody>

const PermissionName = z.enum(PERMISSIONS).openapi('Permission')

export const IssueApiKeyInput = z
  .strictObject({
    name: z.string().trim().min(1).max(100).openapi({ description: 'Shown as the actor in audit trails' }),
    permissions: z
      .array(PermissionName)
      .min(1)
      .max(PERMISSIONS.length)
      .openapi({ description: 'None that the caller does not hold' }),
  })
  .openapi('IssueApiKey')

const keyMembers = {
  key_id: z.string(),
  name: z.string(),
  mode: z.enum(MODES),
  hint: z.string().openapi({ description: 'The last four characters of the secret' }),
  permissions: z.array(PermissionName),
  created_at: Instant,
  created_by: z
    .strictObject({ type: z.enum(['api_key', 'user', 'end_user', 'system']), id: z.string() })
    .nullable()
    .openapi({ description: 'null: made by the operator of the service' }),
  revoked_at: Instant.nullable(),
}
export const ApiKeyBody = z.strictObject(keyMembers).openapi('ApiKey')
export type ApiKeyBody = z.infer<typeof ApiKeyBody>

export const IssuedApiKeyBody = z
  .strictObject({
    ...keyMembers,
    api_key: z.string().openapi({ description: 'The secret, in this answer only; what is kept is its hash' }),
  })
  .openapi('IssuedApiKey')

export const ApiKeyListBody = z
  .strictObject({ api_keys: z.array(ApiKeyBody), pagination: Pagination })
  .openapi('ApiKeyList')

export const EXAMPLE_TENANT: TenantBody = {
  tenant_id: '019ab1f0-52c8-7e41-a0b6-7d9e2f4c8a15',
  name: 'Example Bank',
  branding: { display_name: 'Example', logo_url: 'https://www.example.com/logo.svg', color: '#1a5fb4' },
  retention_days: 1_826,
  allowed_origins: ['https://app.example.com'],
  allowed_redirects: ['https://www.example.com/onboarding/'],
  created_at: '2026-11-23T10:00:00.000Z',
}

export const EXAMPLE_API_KEY: ApiKeyBody = {
  key_id: EXAMPLE_KEY_ID,
  name: 'Backend',
  mode: 'live',
  hint: 'q7Zk',
  permissions: ['kyc:read', 'kyc:session'],
  created_at: '2026-11-23T10:05:00.000Z',
  created_by: { type: 'api_key', id: '019ab1f0-52c9-7b13-9c27-4e6a8d0b1f35' },
  revoked_at: null,
}
