import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { claimsOf, missingOf } from '../../support/test-claims.ts'

const PAGE = 'docs/security.md'
const claims = claimsOf(PAGE)
const risks = readFileSync(PAGE, 'utf8')
  .split('\n')
  .filter((line) => /^\| API\d+:2023 /.test(line))

describe('docs/security.md', () => {
  it('has a row for each of the ten API risks of 2023, and each names its tests by title', () => {
    expect(risks.map((line) => /API(\d+):2023/.exec(line)?.[1])).toEqual(
      Array.from({ length: 10 }, (_, index) => String(index + 1)),
    )
    for (const line of risks) expect(line).toMatch(/`test\/[^`]+`: "/)
  })

  it.each(claims)('is right about $path', (claim) => {
    expect(missingOf(claim)).toEqual([])
  })
})
