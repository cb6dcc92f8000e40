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
