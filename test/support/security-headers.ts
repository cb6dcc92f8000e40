import { expect } from 'vitest'

/** What every answer of every surface carries, assets of the platform too. */
export const ON_EVERYTHING: Readonly<Record<string, string>> = {
  'strict-transport-security': 'max-age=63072000; includeSubDomains',
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'x-frame-options': 'DENY',
  'cross-origin-resource-policy': 'same-origin',
}

/** Every answer of ours may hold what concerns a person: none is kept by a browser, a proxy or a CDN. */
export function expectSecurityHeaders(headers: Headers, where: string): void {
  for (const [name, value] of Object.entries({ ...ON_EVERYTHING, 'cache-control': 'no-store' })) {
    expect(headers.get(name), `${where}: ${name}`).toBe(value)
  }
  const policy = headers.get('content-security-policy') ?? ''
  expect(policy, where).toContain("default-src 'none'")
  expect(policy, where).toContain("frame-ancestors 'none'")
  expect(headers.get('x-powered-by'), where).toBeNull()
  expect(headers.get('set-cookie'), where).toBeNull()
}
