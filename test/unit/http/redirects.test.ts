import { describe, expect, it } from 'vitest'
import { checkRedirect } from '../../../src/application/sessions/redirects.ts'

describe('redirect_url', () => {
  it('may be any https URL where the tenant set no limits', () => {
    expect(checkRedirect('https://shop.example/done?x=1', [])).toEqual({
      ok: true,
      value: 'https://shop.example/done?x=1',
    })
  })

  it.each([
    'http://shop.example/',
    'javascript:alert(1)',
    '//shop.example',
    'shop.example',
    'https://u:p@shop.example/',
    '',
  ])('must not be %j', (url) => {
    expect(checkRedirect(url, [])).toMatchObject({
      ok: false,
      error: { code: 'INVALID_REQUEST', details: [{ path: 'redirect_url' }] },
    })
  })

  const allowed = ['https://shop.example/kyc', 'https://other.example']
  it.each(['https://shop.example/kyc', 'https://shop.example/kyc/done', 'https://other.example/anything'])(
    'may be %s',
    (url) => {
      expect(checkRedirect(url, allowed).ok).toBe(true)
    },
  )

  it.each([
    'https://shop.example/',
    'https://shop.example/kyc-evil',
    'https://shop.example/kyc/../admin',
    'https://other.example.evil.test/',
    'https://other.example@evil.test/',
    'https://other.example:8443/',
  ])('must not be %s', (url) => {
    expect(checkRedirect(url, allowed).ok).toBe(false)
  })
})
