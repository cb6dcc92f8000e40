import { describe, expect, it } from 'vitest'
import { claimsOf, missingOf } from '../../support/test-claims.ts'

const claims = claimsOf('docs/test-matrix.md')

describe('docs/test-matrix.md', () => {
  it('names test files', () => {
    expect(claims.length).toBeGreaterThan(10)
  })

  it.each(claims)('is right about $path', (claim) => {
    expect(missingOf(claim)).toEqual([])
  })
})
