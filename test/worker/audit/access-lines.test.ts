// Every read of a session is one line of the access log, and nothing else is.

import { env } from 'cloudflare:workers'
import { describe, expect, it } from 'vitest'
import { JPEG } from '../../support/fixtures/files.ts'
import { createApp } from '../../../src/http/app.ts'
import { send, textAt } from '../../support/api.ts'
import { documentRequirement, workflowOf } from '../../support/fixtures/workflow.ts'
import { unaskedDeps } from '../../support/unasked-deps.ts'
import { eventually, makeWorld, newSession, type World } from '../../support/world.ts'

type Case = { world: World; sessionId: string; token: string; docId: string }
type Read = { operation: string; method?: string; path: (made: Case) => string; namesSession?: false }

/** A test for each route that shows something of a session. */
const READS: Record<string, Read> = {
  'GET /kyc/sessions': { operation: 'session.list', path: () => '/kyc/sessions', namesSession: false },
  'GET /kyc/sessions/{session_id}': {
    operation: 'session.read',
    path: ({ sessionId }) => `/kyc/sessions/${sessionId}`,
  },
  'GET /kyc/sessions/{session_id}/documents/{doc_id}/url': {
    operation: 'document.url',
    path: ({ sessionId, docId }) => `/kyc/sessions/${sessionId}/documents/${docId}/url`,
  },
  'GET /kyc/sessions/{session_id}/events': {
    operation: 'session.events',
    path: ({ sessionId }) => `/kyc/sessions/${sessionId}/events`,
  },
  'GET /kyc/sessions/{session_id}/audit': {
    operation: 'session.audit',
    path: ({ sessionId }) => `/kyc/sessions/${sessionId}/audit`,
  },
  'GET /kyc/sessions/{session_id}/subsessions': {
    operation: 'subsession.list',
    path: ({ sessionId }) => `/kyc/sessions/${sessionId}/subsessions`,
  },
  'GET /kyc/audit/access-log': {
    operation: 'audit.access_log',
    path: () => '/kyc/audit/access-log?day=2026-11-23',
    namesSession: false,
  },
  'GET /kyc/webhooks/deliveries': {
    operation: 'webhook.deliveries',
    path: () => '/kyc/webhooks/deliveries',
    namesSession: false,
  },
  'GET /kyc/webhooks/events': {
    operation: 'webhook.events',
    path: () => '/kyc/webhooks/events',
    namesSession: false,
  },
  'GET /public/sessions/{access_token}': { operation: 'link.opened', path: ({ token }) => `/public/sessions/${token}` },
  'GET /public/sessions/{access_token}/workflow': {
    operation: 'link.workflow_read',
    path: ({ token }) => `/public/sessions/${token}/workflow`,
  },
  'GET /public/sessions/{access_token}/subsessions': {
    operation: 'subsession.list',
    path: ({ token }) => `/public/sessions/${token}/subsessions`,
  },
  'POST /public/sessions/{access_token}/extract': {
    operation: 'document.extract',
    method: 'POST',
    path: ({ token }) => `/public/sessions/${token}/extract`,
  },
  'GET /v/{access_token}': { operation: 'link.page_opened', path: ({ token }) => `/v/${token}` },
}

/** What they show is the service's own or the tenant's configuration. */
const NOT_OF_A_SESSION = [
  'GET /healthz',
  'GET /kyc/meta/transitions',
  'GET /kyc/tenants/me',
  'GET /kyc/tenants/me/api-keys',
  'GET /kyc/tenants/me/notification-channels',
  'GET /kyc/watchlists/lists',
  'GET /kyc/workflows',
  'GET /kyc/workflows/{workflow_id}',
  'GET /kyc/workflows/{workflow_id}/versions',
]

type Line = { actor_type: string; actor_id: string; request_id: string; operation: string; session_id: string | null }
const linesOf = async ({ tenant }: World): Promise<Line[]> => {
  const { results } = await env.DB.prepare(
    'SELECT actor_type, actor_id, request_id, operation, session_id FROM access_log WHERE tenant_id = ? ORDER BY id',
  )
    .bind(tenant.tenant_id)
    .all<Line>()
  return results
}

async function made(): Promise<Case> {
  const world = await makeWorld({ definition: oneUpload() })
  const session = await newSession(world)
  return { world, sessionId: session.state.session_id, token: session.accessToken, docId: '' }
}

/** Opened, with a document: its object owns it. */
async function opened(): Promise<Case> {
  const seed = await made()
  const announced = await send('POST', `/public/sessions/${seed.token}/upload/init`, {
    body: {
      step_id: 'upload',
      document_type: 'proof_of_address',
      file_name: 'bill.jpg',
      mime_type: 'image/jpeg',
      size: JPEG.length,
    },
  })
  const docId = textAt(announced.data, 'doc_id')
  await env.DOCUMENTS.put(`${seed.sessionId}/${docId}`, JPEG)
  await send('POST', `/public/sessions/${seed.token}/upload/confirm`, { body: { doc_id: docId } })
  return { ...seed, docId }
}

function oneUpload() {
  return workflowOf([
    {
      step_id: 'upload',
      order: 1,
      name: 'upload',
      required: true,
      description: null,
      instructions: null,
      type: 'document_upload',
      document_requirements: [documentRequirement('proof_of_address')],
    },
  ])
}

it('there is a row here for each route that reads', () => {
  const routes = createApp(unaskedDeps()).openAPIRegistry.definitions.flatMap((definition) =>
    definition.type === 'route' ? [`${definition.route.method.toUpperCase()} ${definition.route.path}`] : [],
  )
  const reads = routes.filter((route) => route.startsWith('GET ')).toSorted()
  const known = [...Object.keys(READS), ...NOT_OF_A_SESSION].filter((route) => /^GET \/(?!v\/)/.test(route))
  expect(known.toSorted()).toEqual(reads)
})

describe.each(Object.entries(READS))('%s', (route, { operation, method = 'GET', path, namesSession }) => {
  const isLink = /\{access_token\}/.test(route)

  const unwritten = ['of a session that nobody has written to', made] as const
  const owned = ['of a session that its object owns', opened] as const
  // Without a document there is none to read out.
  it.each(method === 'POST' ? [owned] : [unwritten, owned])(
    '%s is one line, with who, which request and what',
    async (_which, prepare) => {
      const one = await prepare()
      const isMissing = one.docId === '' && route.includes('{doc_id}')
      const answer = await send(method, path(isMissing ? { ...one, docId: `doc_${'0'.repeat(26)}` } : one), {
        ...(isLink ? {} : { key: one.world.key }),
        ...(method === 'POST' ? { body: { doc_id: one.docId } } : {}),
      })
      expect(answer.status).toBe(isMissing ? 404 : 200)
      const lines = await eventually(async () => {
        const found = await linesOf(one.world)
        return found.length > 0 && found
      }, 'the line is written')
      expect(lines).toEqual([
        {
          actor_type: isLink ? 'end_user' : 'api_key',
          actor_id: isLink ? one.sessionId : one.world.actor.ref.id,
          request_id: answer.headers.get('x-request-id'),
          operation,
          session_id: namesSession === false ? null : one.sessionId,
        },
      ])
    },
  )

  it('that is refused by its token, its permission or its form is no line', async () => {
    const one = await opened()
    const stranger = await makeWorld({ permissions: ['kyc:create'] })
    const before = await linesOf(one.world)
    const token = `${one.token.slice(0, -4)}AAAA`
    if (isLink) {
      expect((await send(method, path({ ...one, token }))).status).toBe(404)
    } else {
      expect((await send(method, path(one))).status).toBe(401)
      expect((await send(method, path(one), { key: stranger.key })).status).toBe(403)
      const unknown = `${path(one)}${path(one).includes('?') ? '&' : '?'}no_such_parameter=1`
      expect((await send(method, unknown, { key: one.world.key })).status).toBe(400)
    }
    expect(await linesOf(one.world)).toEqual(before)
    expect(await linesOf(stranger)).toEqual([])
  })
})

describe('the access log', () => {
  it('holds one line for an opening from another origin: asking where it may come from is none', async () => {
    const one = await made()
    const preflight = { origin: 'https://shop.example', 'access-control-request-method': 'GET' }
    await send('OPTIONS', `/public/sessions/${one.token}`, { headers: preflight })
    await send('GET', `/public/sessions/${one.token}`, { headers: { origin: 'https://shop.example' } })
    expect((await linesOf(one.world)).map(({ operation }) => operation)).toEqual(['link.opened'])
  })

  it('tells of a link that is opened after its time, and of an id that is asked for in vain', async () => {
    const one = await made()
    await env.DB.prepare(`UPDATE session_states SET state = json_set(state, '$.expires_at', 1) WHERE session_id = ?`)
      .bind(one.sessionId)
      .run()
    expect((await send('GET', `/public/sessions/${one.token}`)).status).toBe(403)
    const other = await made()
    expect((await send('GET', `/kyc/sessions/${other.sessionId}`, { key: one.world.key })).status).toBe(404)
    expect((await linesOf(one.world)).map(({ operation, session_id }) => [operation, session_id])).toEqual([
      ['link.opened', one.sessionId],
      ['session.read', other.sessionId],
    ])
    expect(await linesOf(other.world)).toEqual([])
  })

  it('is given out page by page, each line once, without the lines that its reading makes', async () => {
    const one = await made()
    for (let reads = 0; reads < 5; reads += 1) {
      await send('GET', `/kyc/sessions/${one.sessionId}`, { key: one.world.key })
    }
    const day = new Date().toISOString().slice(0, 10)
    const ids: number[] = []
    let cursor = ''
    for (let pages = 0; pages < 9; pages += 1) {
      const page = await send('GET', `/kyc/audit/access-log?day=${day}&limit=2${cursor}`, { key: one.world.key })
      const data = page.data as { lines: { id: number }[]; pagination: { next_cursor: string | null } }
      ids.push(...data.lines.map(({ id }) => id))
      if (data.pagination.next_cursor === null) break
      cursor = `&cursor=${data.pagination.next_cursor}`
    }
    expect(ids).toHaveLength(5)
    expect(new Set(ids).size).toBe(5)
  })
})
