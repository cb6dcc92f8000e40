import { describe, expect, it } from 'vitest'
import { readTenantChange, type TenantSettings } from '../../../src/domain/tenant/settings.ts'

const RULES = { allowLocal: false, ownHosts: ['kyc.test'] }
const read = (settings: Partial<TenantSettings>) => readTenantChange({ settings }, RULES)
const refusedPaths = (settings: Partial<TenantSettings>): string[] => {
  const outcome = read(settings)
  return outcome.ok ? [] : outcome.error.map(({ path }) => path)
}

describe('an allowed origin', () => {
  it.each([
    ['https://app.example.com', 'https://app.example.com'],
    ['https://APP.example.com/', 'https://app.example.com'],
    ['https://app.example.com:443', 'https://app.example.com'],
    ['https://app.example.com:8443', 'https://app.example.com:8443'],
    ['https://bücher.example', 'https://xn--bcher-kva.example'],
    ['http://localhost:3000', 'http://localhost:3000'],
    ['http://127.0.0.1:3000', 'http://127.0.0.1:3000'],
  ])('%s is kept as a browser sends it: %s', (text, kept) => {
    expect(read({ allowed_origins: [text] })).toEqual({ ok: true, value: { settings: { allowed_origins: [kept] } } })
  })

  it.each([
    'app.example.com',
    'http://app.example.com',
    'https://*.example.com',
    'https://app.example.com/path',
    'https://app.example.com?x',
    'https://user@app.example.com',
    'https://',
    '*',
    'null',
    'javascript:alert(1)',
    'file:///etc/passwd',
  ])('is never %s', (text) => {
    expect(refusedPaths({ allowed_origins: ['https://fine.example', text] })).toEqual(['allowed_origins[1]'])
  })

  it('is kept once', () => {
    expect(read({ allowed_origins: ['https://a.example', 'https://A.example/'] })).toMatchObject({
      value: { settings: { allowed_origins: ['https://a.example'] } },
    })
  })
})

describe('an allowed redirect', () => {
  it.each(['https://shop.example.com/done', 'https://shop.example.com/'])('may be %s', (text) => {
    expect(read({ allowed_redirects: [text] })).toMatchObject({ value: { settings: { allowed_redirects: [text] } } })
  })

  it.each([
    'http://shop.example.com',
    'https://user:password@shop.example.com',
    'https://shop.example.com/?next=',
    'https://shop.example.com/#a',
    'https://*.example.com/',
    'shop.example.com',
    'https://localhost/',
    'https://10.0.0.1/',
    'https://kyc.test/',
  ])('is never %s', (text) => {
    expect(refusedPaths({ allowed_redirects: [text] })).toEqual(['allowed_redirects[0]'])
  })
})

describe('branding', () => {
  it('has a logo that is loaded over https, or none, and a colour in lower case', () => {
    const branding = { display_name: 'Acme', logo_url: 'https://cdn.example.com/l.svg', color: '#ABCDEF' }
    expect(read({ branding })).toMatchObject({ value: { settings: { branding: { ...branding, color: '#abcdef' } } } })
    const none = { display_name: null, logo_url: null, color: null }
    expect(read({ branding: none })).toMatchObject({ value: { settings: { branding: none } } })
  })

  it.each([
    'http://cdn.example.com/l.svg',
    'data:image/svg+xml,x',
    'javascript:alert(1)',
    'https://u:p@cdn.example.com/',
  ])('has no logo at %s', (logo_url) => {
    expect(refusedPaths({ branding: { display_name: null, logo_url, color: null } })).toEqual(['branding.logo_url'])
  })
})

it('a change without members changes nothing', () => {
  expect(read({})).toEqual({ ok: true, value: { settings: {} } })
})
