import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { textIn } from '../../src/cli/api-client.ts'
import { startHarness } from '../support/harness.ts'
import type { Harness } from '../support/harness.ts'
import { expectSecurityHeaders, ON_EVERYTHING } from '../support/security-headers.ts'

// The headers of every surface as they leave the platform: each operation of the document, pages, what is not there, and
// the assets that never pass our code.

const OTHER_ORIGIN = 'https://evil.example.com'
const FORGED = 'A'.repeat(76)

const document: { paths: Record<string, Record<string, unknown>> } = JSON.parse(
  readFileSync('docs/openapi.json', 'utf8'),
)
const METHODS = ['get', 'post', 'put', 'patch', 'delete']
const operations = Object.entries(document.paths).flatMap(([path, item]) =>
  METHODS.filter((method) => method in item).map((method): [string, string] => [method.toUpperCase(), path]),
)
const assets = readdirSync('public', { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && entry.name !== '_headers')
  .map((entry) => `/${relative('public', join(entry.parentPath, entry.name))}`)

let harness: Harness
let link = ''
beforeAll(async () => {
  harness = await startHarness()
  const workflow_id = await harness.workflowFrom('basic-kyc')
  link = textIn(await harness.api.data('POST', '/kyc/sessions', { workflow_id }), 'access_token')
})
afterAll(() => harness?.stop())

type Ask = { key?: boolean; token?: string; headers?: Record<string, string> }
const ask = (method: string, path: string, { key, token, headers }: Ask = {}): Promise<Response> =>
  fetch(harness.url + path.replace('{access_token}', token ?? FORGED).replaceAll(/\{\w+\}/g, 'x'), {
    method,
    redirect: 'manual',
    headers: { origin: OTHER_ORIGIN, ...(key === true ? { authorization: `Bearer ${harness.key}` } : {}), ...headers },
  })

async function expectSafe(response: Response, where: string): Promise<void> {
  await response.arrayBuffer()
  expectSecurityHeaders(response.headers, where)
  expect(response.headers.get('access-control-allow-origin'), where).toBeNull()
  expect(response.headers.get('access-control-allow-credentials'), where).toBeNull()
  expect(response.status, where).toBeLessThan(500)
}

describe('headers', () => {
  it('there is something to look at', () => {
    expect(operations.length).toBeGreaterThan(40)
    expect(assets).toContain('/docs/scalar.js')
  })

  it.each(operations)('%s %s: without a credential, with one, and before it is called', async (method, path) => {
    await expectSafe(await ask(method, path), 'no credential')
    await expectSafe(await ask(method, path, { key: true, token: link }), 'with a credential')
    await expectSafe(await ask('OPTIONS', path, { token: link }), 'OPTIONS')
    const preflight = { 'access-control-request-method': method, 'access-control-request-headers': 'authorization' }
    await expectSafe(await ask('OPTIONS', path, { token: link, headers: preflight }), 'preflight')
    await expectSafe(await ask('PROPFIND', path, { key: true, token: link }), 'another method')
  })

  it.each(['/', '/docs', '/docs/', '/kyc', '/nowhere', '/_headers', '/v/', '/v/x', '/docs/none.js', '/%2e%2e/x'])(
    '%s',
    async (path) => {
      for (const method of ['GET', 'HEAD', 'POST', 'OPTIONS']) await expectSafe(await ask(method, path), method)
    },
  )

  it('a page that opens', async () => {
    const response = await ask('GET', `/v/${link}`)
    expect([response.status, response.headers.get('content-type')]).toEqual([200, expect.stringMatching(/^text\/html/)])
    await expectSafe(response, 'page')
  })

  it.each(assets)('the asset %s, which may be kept but neither framed nor sniffed', async (path) => {
    const response = await ask('GET', path)
    await response.arrayBuffer()
    expect(response.status).toBe(200)
    for (const [name, value] of Object.entries(ON_EVERYTHING)) expect(response.headers.get(name), name).toBe(value)
    expect(response.headers.get('content-security-policy')).toContain("frame-ancestors 'none'")
    expect(response.headers.get('access-control-allow-origin')).toBeNull()
  })
})

describe('access tokens', () => {
  it('are in no log line and no header of an answer, whatever came of the call', async () => {
    for (const [method, path] of operations.filter(([, path]) => path.includes('{access_token}'))) {
      const response = await ask(method, path, { token: link })
      await response.arrayBuffer()
      expect([...response.headers].flat().join('\n')).not.toContain(link)
      expect(response.status).not.toBe(302)
    }
    expect(harness.logs().join('\n')).not.toContain(link)
  })
})
