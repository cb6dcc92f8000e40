import { describe, expect, it } from 'vitest'
import { MAX_REDIRECTS, nextHop } from '../../../src/domain/outbound/redirect.ts'
import type { Hop } from '../../../src/domain/outbound/redirect.ts'

const bytes = new TextEncoder().encode('{"a":1}')
const post: Hop = {
  url: 'https://a.example.com/hook',
  method: 'POST',
  headers: { 'content-type': 'application/json', 'x-signature': 's', 'User-Agent': 'kyc', accept: '*/*' },
  body: bytes,
}
const get: Hop = { url: 'https://a.example.com/start', method: 'GET', headers: { authorization: 'secret' }, body: null }

const follow = (hop: Hop, status: number, location: string | null, visited = [hop.url]) =>
  nextHop(hop, { status, location }, visited)

describe('a redirect', () => {
  it.each([200, 204, 300, 304, 305, 306, 404, 500])('is not what %i says', (status) => {
    expect(follow(get, status, '/next')).toEqual({ ok: true, value: null })
  })

  it('without a location is an answer like any other', () => {
    expect(follow(get, 302, null)).toEqual({ ok: true, value: null })
  })

  it.each([301, 302, 303])('with %i after a POST goes on as GET, without the body and what describes it', (status) => {
    expect(follow(post, status, '/done')).toEqual({
      ok: true,
      value: {
        url: 'https://a.example.com/done',
        method: 'GET',
        headers: { 'x-signature': 's', 'User-Agent': 'kyc', accept: '*/*' },
        body: null,
      },
    })
  })

  it.each([307, 308])('with %i on the same origin repeats the POST', (status) => {
    expect(follow(post, status, '/moved')).toEqual({
      ok: true,
      value: { ...post, url: 'https://a.example.com/moved' },
    })
  })

  it.each([307, 308])('with %i to another origin never takes the body there', (status) => {
    expect(follow(post, status, 'https://b.example.com/')).toMatchObject({
      ok: false,
      error: { reason: 'redirect_with_body' },
    })
  })

  it.each(['https://b.example.com/', 'https://a.example.com:8443/', '//b.example.com/', 'http://a.example.com/'])(
    'to %s is another origin: what identifies the caller stays behind',
    (location) => {
      const next = follow({ ...get, headers: { ...post.headers, ...get.headers } }, 302, location)
      expect(next).toMatchObject({ ok: true, value: { headers: { 'User-Agent': 'kyc', accept: '*/*' } } })
      expect(JSON.stringify(next)).not.toMatch(/secret|x-signature|content-type/)
    },
  )

  it('keeps a HEAD a HEAD', () => {
    expect(follow({ ...get, method: 'HEAD' }, 303, '/x')).toMatchObject({ ok: true, value: { method: 'HEAD' } })
  })

  it('loses its fragment, which no server sees', () => {
    expect(follow(get, 302, '/x#part')).toMatchObject({ ok: true, value: { url: 'https://a.example.com/x' } })
  })

  it('to what is no URL is refused', () => {
    expect(follow(get, 302, 'https://[::1')).toMatchObject({ ok: false, error: { reason: 'redirect_malformed' } })
  })

  it('to where the call has been is refused, with or without a fragment', () => {
    for (const location of ['/start', '/start#again', 'https://a.example.com/start']) {
      expect(follow(get, 302, location)).toMatchObject({ ok: false, error: { reason: 'redirect_loop' } })
    }
  })

  it('to where a POST went may be read with GET', () => {
    expect(follow(post, 303, '/hook')).toMatchObject({ ok: true, value: { url: post.url, method: 'GET' } })
  })

  it('is followed five times and no more', () => {
    const visited = [...Array(MAX_REDIRECTS).keys()].map((hop) => `https://a.example.com/${hop}`)
    expect(follow(get, 302, '/next', visited)).toMatchObject({ ok: true })
    expect(follow(get, 302, '/next', [...visited, 'https://a.example.com/last'])).toMatchObject({
      ok: false,
      error: { reason: 'too_many_redirects' },
    })
  })
})
