import { describe, expect, it } from 'vitest'
import { checkRedirect as check } from '../../../src/application/sessions/redirects.ts'

const rules = { allowLocal: false, ownHosts: ['kyc.example.com'] }
const checkRedirect = (url: string, allowed: readonly string[]) => check(url, allowed, rules)

describe('redirect_url', () => {
  it('may be any https URL where the tenant set no limits', () => {
    expect(checkRedirect('https://shop.example.com/done?x=1', [])).toEqual({
      ok: true,
      value: 'https://shop.example.com/done?x=1',
    })
  })

  it.each([
    'http://shop.example.com/',
    'javascript:alert(1)',
    '//shop.example.com',
    'shop.example.com',
    'https://u:p@shop.example.com/',
    'https://@shop.example.com/',
    'https://shop.example.com\\@evil.example.net/',
    'https://localhost/',
    'https://10.0.0.1/',
    'https://shop.test/',
    'https://kyc.example.com/v/token',
    'https://shop.example.com:22/',
    '#https://shop.example.com/',
    '',
  ])('must not be %j', (url) => {
    expect(checkRedirect(url, [])).toMatchObject({
      ok: false,
      error: { code: 'INVALID_REQUEST', details: [{ path: 'redirect_url' }] },
    })
  })

  it('may name a page by its fragment, which does not change what it is within', () => {
    const url = 'https://shop.example.com/app#/done?x=https://shop.example.com/kyc'
    expect(checkRedirect(url, [])).toEqual({ ok: true, value: url })
    expect(checkRedirect(url, ['https://shop.example.com/kyc']).ok).toBe(false)
    expect(checkRedirect('https://evil.example.net/#https://shop.example.com/kyc', allowed).ok).toBe(false)
  })

  it('may be on loopback in development', () => {
    expect(check('http://localhost:3000/done', [], { ...rules, allowLocal: true }).ok).toBe(true)
    expect(checkRedirect('http://localhost:3000/done', []).ok).toBe(false)
  })

  const allowed = ['https://shop.example.com/kyc', 'https://other.example.com']
  it.each(['https://shop.example.com/kyc', 'https://shop.example.com/kyc/done', 'https://other.example.com/anything'])(
    'may be %s',
    (url) => {
      expect(checkRedirect(url, allowed).ok).toBe(true)
    },
  )

  it.each([
    'https://shop.example.com/',
    'https://shop.example.com/kyc-evil',
    'https://shop.example.com/kyc/../admin',
    'https://other.example.com.evil.example.net/',
    'https://other.example.com@evil.example.net/',
    'https://other.example.com:8443/',
  ])('must not be %s', (url) => {
    expect(checkRedirect(url, allowed).ok).toBe(false)
  })
})
