import { exports } from 'cloudflare:workers'
import { describe, expect, it } from 'vitest'
import { recorder } from '../../support/instrument.ts'

const get = (path: string): Promise<Response> => exports.default.fetch(new Request(`http://kyc.test${path}`))

describe('GET /openapi.json', () => {
  it('serves the document of this deployment without asking anything', async () => {
    recorder.reset()
    const response = await get('/openapi.json')
    expect(response.status).toBe(200)
    expect(response.headers.get('content-type')).toMatch(/^application\/json/)
    expect(await response.json()).toMatchObject({ openapi: '3.1.0', servers: [{ url: 'http://kyc.test' }] })
    expect(recorder.ofWorker()).toEqual([])
  })
})

describe('GET /docs', () => {
  it('is a page whose scripts, styles and data come from this origin alone', async () => {
    const response = await get('/docs')
    const page = await response.text()
    expect(response.status).toBe(200)
    expect(page).toMatch(/^<!doctype html>/)
    expect(page).not.toMatch(/(?:src|href)="(?:https?:)?\/\//)
    const scripts = [...page.matchAll(/<script src="([^"]+)">/g)].map(([, source]) => source)
    expect(scripts).toEqual(['/docs/before.js', '/docs/scalar.js', '/docs/start.js'])
    const policy = response.headers.get('content-security-policy') ?? ''
    expect(policy).toContain("default-src 'none'")
    expect(policy).toContain("connect-src 'self'")
    expect(policy).not.toMatch(/https?:|\*|unsafe-eval/)
  })
})
