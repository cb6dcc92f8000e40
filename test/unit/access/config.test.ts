import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parseConfig } from '../../../src/config.ts'

const wrangler = readFileSync('wrangler.toml', 'utf8')
const vars = {
  ENVIRONMENT: 'production',
  PUBLIC_BASE_URL: 'https://kyc.example.com',
  R2_S3_ENDPOINT: 'https://r2.example.com',
  R2_BUCKET: 'b',
  R2_ACCESS_KEY_ID: 'i',
  R2_SECRET_ACCESS_KEY: 's',
  ACCESS_TOKEN_KEYS: `1:${'A'.repeat(43)}`,
}

describe('ACCESS_TOKEN_KEYS', () => {
  const keysOf = (text: string) => parseConfig({ ...vars, ACCESS_TOKEN_KEYS: text }).accessTokenKeys
  const [a, b] = ['A'.repeat(43), `${'B'.repeat(42)}A`]

  it('makes new links with the last one and opens old ones with each', () => {
    const { current, keys } = keysOf(`7:${a}, 2:${b}=`)
    expect([current, [...keys.keys()], keys.get(2)?.length]).toEqual([2, [7, 2], 32])
  })

  it.each([`1:${a},1:${b}`, `1:${a.slice(1)}`, `256:${a}`, `-1:${a}`, `1:${a}AA`, '1:', a, `1:${a},`, '1:é'])(
    'cannot be %s, and the refusal does not say the key',
    (text) => {
      expect(() => keysOf(text)).toThrow(/^configuration: ACCESS_TOKEN_KEYS /)
      expect(() => keysOf(text)).not.toThrow(a)
    },
  )
})

describe('limits in wrangler.toml', () => {
  it('announce what their bindings enforce, and are the defaults', () => {
    const { perMinute } = parseConfig(vars).rateLimits
    for (const [name, limit] of Object.entries(perMinute)) {
      const upper = name.toUpperCase()
      expect(wrangler).toContain(`RATE_LIMIT_${upper} = "${limit}"`)
      const binding = new RegExp(
        `name = "LIMIT_${upper}"\\nnamespace_id = "\\d+"\\nsimple = \\{ limit = ${limit}, period = 60 \\}`,
      )
      expect(wrangler).toMatch(binding)
    }
  })

  it('can be switched off in development only', () => {
    expect(() => parseConfig({ ...vars, RATE_LIMITS: 'off' })).toThrow('development only')
    expect(parseConfig({ ...vars, ENVIRONMENT: 'development', RATE_LIMITS: 'off' }).rateLimits.areOn).toBe(false)
  })
})
