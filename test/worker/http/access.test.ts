import { guards, jwtOf } from '../../support/auth-matrix.ts'
import { send, textAt, valueAt } from '../../support/api.ts'
import { expect, it } from 'vitest'
import { makeWorld } from '../../support/world.ts'
import { TENANT_ROUTES } from '../../../src/http/routes/index.ts'
import type { GuardedRoute } from '../../support/auth-matrix.ts'
import { createApp } from '../../../src/http/app.ts'
import { unaskedDeps } from '../../support/unasked-deps.ts'

const STEPS = [{ type: 'form_fill', custom_fields: [{ name: 'Name', type: 'text' }] }]

const HIT_ID = `hit_${'0'.repeat(32)}`
const CHANNELS = '/kyc/tenants/me/notification-channels'
const DAY = { from: '2026-11-23T00:00:00.000Z', to: '2026-11-24T00:00:00.000Z' }

const ROUTES: Record<string, GuardedRoute> = {
  [`GET ${CHANNELS}`]: { method: 'GET', path: () => CHANNELS, needs: 'tenant:manage', foreign: null },
  [`PATCH ${CHANNELS}`]: {
    method: 'PATCH',
    path: () => CHANNELS,
    body: () => ({ notification_emails: [] }),
    needs: 'tenant:manage',
    foreign: null,
  },
  [`POST ${CHANNELS}/rotate-secret`]: {
    method: 'POST',
    path: () => `${CHANNELS}/rotate-secret`,
    body: () => ({}),
    needs: 'tenant:manage',
    foreign: null,
  },
  'GET /kyc/webhooks/deliveries': {
    method: 'GET',
    path: ({ sessionId }) => `/kyc/webhooks/deliveries?session_id=${sessionId}`,
    needs: 'kyc:read',
    foreign: null,
  },
  'POST /kyc/webhooks/deliveries/{delivery_id}/redeliver': {
    method: 'POST',
    path: ({ deliveryId }) => `/kyc/webhooks/deliveries/${deliveryId}/redeliver`,
    needs: 'kyc:create',
    foreign: 'ROUTE_NOT_FOUND',
  },
  'POST /kyc/webhooks/redeliver': {
    method: 'POST',
    path: () => '/kyc/webhooks/redeliver',
    body: () => DAY,
    needs: 'kyc:create',
    foreign: null,
  },
  'POST /kyc/webhooks/test': { method: 'POST', path: () => '/kyc/webhooks/test', needs: 'kyc:create', foreign: null },
  'GET /kyc/webhooks/events': { method: 'GET', path: () => '/kyc/webhooks/events', needs: 'kyc:read', foreign: null },
  'POST /kyc/sessions': {
    method: 'POST',
    path: () => '/kyc/sessions',
    body: ({ workflowId }) => ({ workflow_id: workflowId }),
    needs: 'kyc:session',
    foreign: 'WORKFLOW_NOT_FOUND',
  },
  'GET /kyc/sessions': { method: 'GET', path: () => '/kyc/sessions', needs: 'kyc:read', foreign: null },
  'GET /kyc/sessions/{session_id}': {
    method: 'GET',
    path: ({ sessionId }) => `/kyc/sessions/${sessionId}`,
    needs: 'kyc:read',
    foreign: 'SESSION_NOT_FOUND',
  },
  'PATCH /kyc/sessions/{session_id}': {
    method: 'PATCH',
    path: ({ sessionId }) => `/kyc/sessions/${sessionId}`,
    body: () => ({ notes: 'x' }),
    needs: 'kyc:decide',
    foreign: 'SESSION_NOT_FOUND',
  },
  'DELETE /kyc/sessions/{session_id}': {
    method: 'DELETE',
    path: ({ sessionId }) => `/kyc/sessions/${sessionId}`,
    needs: 'kyc:delete',
    foreign: 'SESSION_NOT_FOUND',
  },
  'POST /kyc/sessions/{session_id}/legal-hold': {
    method: 'POST',
    path: ({ sessionId }) => `/kyc/sessions/${sessionId}/legal-hold`,
    needs: 'kyc:decide',
    foreign: 'SESSION_NOT_FOUND',
  },
  'DELETE /kyc/sessions/{session_id}/legal-hold': {
    method: 'DELETE',
    path: ({ sessionId }) => `/kyc/sessions/${sessionId}/legal-hold`,
    needs: 'tenant:manage',
    foreign: 'SESSION_NOT_FOUND',
  },
  'POST /kyc/sessions/{session_id}/hits/{hit_id}/whitelist': {
    method: 'POST',
    path: ({ sessionId }) => `/kyc/sessions/${sessionId}/hits/${HIT_ID}/whitelist`,
    body: () => ({ reason: 'x' }),
    needs: 'kyc:decide',
    foreign: 'SESSION_NOT_FOUND',
  },
  'DELETE /kyc/sessions/{session_id}/hits/{hit_id}/whitelist': {
    method: 'DELETE',
    path: ({ sessionId }) => `/kyc/sessions/${sessionId}/hits/${HIT_ID}/whitelist`,
    needs: 'kyc:decide',
    foreign: 'SESSION_NOT_FOUND',
  },
  'POST /kyc/screenings': {
    method: 'POST',
    path: () => '/kyc/screenings',
    body: () => ({ subjects: [{ name: 'Anna Eriksson' }] }),
    needs: 'kyc:session',
    foreign: null,
  },
  'POST /kyc/sessions/{session_id}/process': {
    method: 'POST',
    path: ({ sessionId }) => `/kyc/sessions/${sessionId}/process`,
    body: () => ({}),
    needs: 'kyc:session',
    foreign: 'SESSION_NOT_FOUND',
  },
  'GET /kyc/sessions/{session_id}/documents/{doc_id}/url': {
    method: 'GET',
    path: ({ sessionId, docId }) => `/kyc/sessions/${sessionId}/documents/${docId}/url`,
    needs: 'kyc:read',
    foreign: 'SESSION_NOT_FOUND',
  },
  'GET /kyc/sessions/{session_id}/events': {
    method: 'GET',
    path: ({ sessionId }) => `/kyc/sessions/${sessionId}/events`,
    needs: 'kyc:read',
    foreign: 'SESSION_NOT_FOUND',
  },
  'GET /kyc/sessions/{session_id}/audit': {
    method: 'GET',
    path: ({ sessionId }) => `/kyc/sessions/${sessionId}/audit`,
    needs: 'kyc:read',
    foreign: 'SESSION_NOT_FOUND',
  },
  'GET /kyc/audit/access-log': {
    method: 'GET',
    path: () => '/kyc/audit/access-log?day=2026-11-23',
    needs: 'tenant:manage',
    foreign: null,
  },
  'POST /kyc/sessions/{session_id}/generate-link': {
    method: 'POST',
    path: ({ sessionId }) => `/kyc/sessions/${sessionId}/generate-link`,
    body: () => ({}),
    needs: 'kyc:session',
    foreign: 'SESSION_NOT_FOUND',
  },
  'POST /kyc/sessions/{session_id}/extend': {
    method: 'POST',
    path: ({ sessionId }) => `/kyc/sessions/${sessionId}/extend`,
    body: () => ({ ttl_days: 1 }),
    needs: 'kyc:session',
    foreign: 'SESSION_NOT_FOUND',
  },
  'POST /kyc/sessions/{session_id}/corrections': {
    method: 'POST',
    path: ({ sessionId }) => `/kyc/sessions/${sessionId}/corrections`,
    body: () => ({ corrections: [{ step_id: 'person', message: 'Again' }] }),
    needs: 'kyc:decide',
    foreign: 'SESSION_NOT_FOUND',
  },
  'POST /kyc/sessions/{session_id}/validate': {
    method: 'POST',
    path: ({ sessionId }) => `/kyc/sessions/${sessionId}/validate`,
    body: () => ({ validations: ['crypto'], wait_seconds: 0 }),
    needs: 'kyc:session',
    foreign: 'SESSION_NOT_FOUND',
  },
  'POST /kyc/sessions/{session_id}/subsessions': {
    method: 'POST',
    path: ({ sessionId }) => `/kyc/sessions/${sessionId}/subsessions`,
    body: () => ({ relationship: 'ubo' }),
    needs: 'kyc:session',
    foreign: 'SESSION_NOT_FOUND',
  },
  'GET /kyc/sessions/{session_id}/subsessions': {
    method: 'GET',
    path: ({ sessionId }) => `/kyc/sessions/${sessionId}/subsessions`,
    needs: 'kyc:read',
    foreign: 'SESSION_NOT_FOUND',
  },
  'POST /kyc/sessions/{session_id}/subsessions/{sub_id}/regenerate-link': {
    method: 'POST',
    path: ({ sessionId }) => `/kyc/sessions/${sessionId}/subsessions/${sessionId}/regenerate-link`,
    body: () => ({}),
    needs: 'kyc:session',
    foreign: 'SESSION_NOT_FOUND',
  },
  'DELETE /kyc/sessions/{session_id}/subsessions/{sub_id}': {
    method: 'DELETE',
    path: ({ sessionId }) => `/kyc/sessions/${sessionId}/subsessions/${sessionId}`,
    needs: 'kyc:delete',
    foreign: 'SESSION_NOT_FOUND',
  },
  'POST /kyc/workflows': {
    method: 'POST',
    path: () => '/kyc/workflows',
    body: () => ({ name: 'W', steps: STEPS }),
    needs: 'kyc:workflow',
    foreign: null,
  },
  'POST /kyc/workflows/from-template/{template}': {
    method: 'POST',
    path: () => '/kyc/workflows/from-template/basic-kyc',
    needs: 'kyc:workflow',
    foreign: null,
  },
  'GET /kyc/watchlists/lists': {
    method: 'GET',
    path: () => '/kyc/watchlists/lists',
    needs: 'kyc:read',
    foreign: null,
  },
  'GET /kyc/workflows': { method: 'GET', path: () => '/kyc/workflows', needs: 'kyc:read', foreign: null },
  'GET /kyc/workflows/{workflow_id}': {
    method: 'GET',
    path: ({ workflowId }) => `/kyc/workflows/${workflowId}`,
    needs: 'kyc:read',
    foreign: 'WORKFLOW_NOT_FOUND',
  },
  'GET /kyc/workflows/{workflow_id}/versions': {
    method: 'GET',
    path: ({ workflowId }) => `/kyc/workflows/${workflowId}/versions`,
    needs: 'kyc:read',
    foreign: 'WORKFLOW_NOT_FOUND',
  },
  'PUT /kyc/workflows/{workflow_id}': {
    method: 'PUT',
    path: ({ workflowId }) => `/kyc/workflows/${workflowId}`,
    body: () => ({ name: 'W', steps: STEPS }),
    needs: 'kyc:workflow',
    foreign: 'WORKFLOW_NOT_FOUND',
  },
  'DELETE /kyc/workflows/{workflow_id}': {
    method: 'DELETE',
    path: ({ workflowId }) => `/kyc/workflows/${workflowId}`,
    needs: 'kyc:workflow',
    foreign: 'WORKFLOW_NOT_FOUND',
  },
  'GET /kyc/tenants/me': { method: 'GET', path: () => '/kyc/tenants/me', needs: 'tenant:manage', foreign: null },
  'PATCH /kyc/tenants/me': {
    method: 'PATCH',
    path: () => '/kyc/tenants/me',
    body: () => ({ name: 'Another name' }),
    needs: 'tenant:manage',
    foreign: null,
  },
  'GET /kyc/tenants/me/api-keys': {
    method: 'GET',
    path: () => '/kyc/tenants/me/api-keys',
    needs: 'tenant:manage',
    foreign: null,
  },
  'POST /kyc/tenants/me/api-keys': {
    method: 'POST',
    path: () => '/kyc/tenants/me/api-keys',
    body: () => ({ name: 'Backend', permissions: ['tenant:manage'] }),
    needs: 'tenant:manage',
    foreign: null,
  },
  'DELETE /kyc/tenants/me/api-keys/{key_id}': {
    method: 'DELETE',
    path: ({ keyId }) => `/kyc/tenants/me/api-keys/${keyId}`,
    needs: 'tenant:manage',
    foreign: 'ROUTE_NOT_FOUND',
  },
  'GET /kyc/meta/transitions': { method: 'GET', path: () => '/kyc/meta/transitions', needs: 'kyc:read', foreign: null },
}

it('the matrix has a row for each tenant route', () => {
  const app = createApp(unaskedDeps())
  const routes = app.openAPIRegistry.definitions.flatMap((definition) =>
    definition.type === 'route' ? [definition.route] : [],
  )
  const tenantRoutes = routes.filter((route) => route.path.startsWith('/kyc/'))
  expect(tenantRoutes.length).toBe(TENANT_ROUTES.length)
  expect(tenantRoutes.map((route) => `${route.method.toUpperCase()} ${route.path}`).toSorted()).toEqual(
    Object.keys(ROUTES).toSorted(),
  )
})

for (const [name, route] of Object.entries(ROUTES)) guards(name, route)

it('a JWT with the permission is served, and acts under its subject', async () => {
  const world = await makeWorld()
  const token = await jwtOf(world, { permissions: ['kyc:create'] })
  const created = await send('POST', '/kyc/sessions', { key: token, body: { workflow_id: world.workflowId } })
  expect(created.status).toBe(201)
  const patched = await send('PATCH', `/kyc/sessions/${textAt(created.data, 'session_id')}`, {
    key: token,
    body: { status: 'rejected' },
  })
  expect(valueAt(patched.data, 'decision')).toMatchObject({ by: 'reviewer', reviewer: 'reviewer-7' })
})
