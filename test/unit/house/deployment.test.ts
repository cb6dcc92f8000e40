// What a deployment must not be by accident, read from the files that it is made of.

import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parseConfig } from '../../../src/config.ts'
import { createApp } from '../../../src/http/app.ts'
import { unaskedDeps } from '../../support/unasked-deps.ts'

const wrangler = readFileSync('wrangler.toml', 'utf8')
const settings: Record<string, string | undefined> = Object.fromEntries(
  [...wrangler.matchAll(/^(\w+) = (.+)$/gm)].map(([, name = '', value = '']) => [name, value]),
)

describe('wrangler.toml', () => {
  it('keeps no log of requests, whose paths hold tokens', () => {
    expect(settings['invocation_logs']).toBe('false')
  })

  it('opens no second address beside the custom domain', () => {
    expect(settings['workers_dev']).toBe('false')
  })

  it('is for production unless a command says otherwise', () => {
    expect(settings['ENVIRONMENT']).toBe('"production"')
  })

  it('gives every queue a dead-letter queue', () => {
    const consumed = [...wrangler.matchAll(/\[\[queues\.consumers\]\]\nqueue = "([^"]+)"([^[]*)/g)]
    const withoutOne = consumed.filter(
      ([, name = '', rest = '']) => !name.endsWith('-dead') && !rest.includes('dead_letter_queue'),
    )
    expect(consumed.length).toBeGreaterThan(0)
    expect(withoutOne.map(([, name]) => name)).toEqual([])
  })

  it('holds no secret', () => {
    for (const name of [
      'ACCESS_TOKEN_KEYS',
      'R2_SECRET_ACCESS_KEY',
      'R2_ACCESS_KEY_ID',
      'JWT_SHARED_SECRET',
      'CHAINALYSIS_API_KEY',
    ]) {
      expect(wrangler).not.toMatch(new RegExp(`^${name} =`, 'm'))
    }
  })
})

describe('a Worker without its secrets', () => {
  const complete = {
    ENVIRONMENT: 'production',
    PUBLIC_BASE_URL: 'https://kyc.example.com',
    R2_S3_ENDPOINT: 'https://account.r2.cloudflarestorage.com',
    R2_BUCKET: 'kyc-documents',
    R2_ACCESS_KEY_ID: 'id',
    R2_SECRET_ACCESS_KEY: 'a secret value',
    ACCESS_TOKEN_KEYS: `1:${'A'.repeat(43)}`,
  }

  it('starts with all of them', () => {
    expect(parseConfig(complete)).toMatchObject({ isDevelopment: false, jwt: null, chainalysis: null })
  })

  it.each(Object.keys(complete))('does not start without %s, and says so by name alone', (name) => {
    const rest = Object.fromEntries(Object.entries(complete).filter(([key]) => key !== name))
    expect(() => parseConfig(rest)).toThrow(new RegExp(name))
    expect(() => parseConfig(rest)).not.toThrow(/a secret value|AAAA/)
  })

  it.each(['1:short', 'x', '256:' + 'A'.repeat(43), `1${'A'.repeat(43)}`])('does not take the key list %s', (keys) => {
    expect(() => parseConfig({ ...complete, ACCESS_TOKEN_KEYS: keys })).toThrow('ACCESS_TOKEN_KEYS')
  })
})

describe('the inventory of routes', () => {
  /** Pages and the document itself. */
  const OUTSIDE = ['GET /docs', 'GET /openapi.json', 'GET /v/:access_token']

  it('is the OpenAPI document: nothing is served that is not in it, but for what is named here', () => {
    const app = createApp(unaskedDeps())
    const documented = app.openAPIRegistry.definitions.flatMap((definition) =>
      definition.type === 'route'
        ? [`${definition.route.method.toUpperCase()} ${definition.route.path.replaceAll(/\{(\w+)\}/g, ':$1')}`]
        : [],
    )
    const served = new Set(
      app.routes.filter(({ method }) => method !== 'ALL').map(({ method, path }) => `${method} ${path}`),
    )
    expect([...served].toSorted()).toEqual([...documented, ...OUTSIDE].toSorted())
  })
})
