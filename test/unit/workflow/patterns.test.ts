import { describe, expect, it } from 'vitest'
import { matchPattern, patternProblem } from '../../../src/domain/workflow/patterns.ts'

describe('a pattern of a tenant', () => {
  it.each([
    '[A-Z]{2}\\d{2}[A-Z0-9]{11,30}',
    '\\d{4}-?\\d{4}',
    '\\p{Lu}\\p{Ll}+',
    '\\w+@\\w+\\.\\w+',
    '(?:\\d{4} ?){4}',
    '[^)]*',
    'A|B',
    '(?=.*\\d).{8,}',
    '\\u{1F600}',
  ])('is taken when its worst case is bounded: %s', (pattern) => expect(patternProblem(pattern)).toBeNull())
  it.each([
    '(a+)+',
    '(a*)*b',
    '(a|a)*',
    '(a|ab)+$',
    '(\\d+,)*',
    '(.*)*',
    '([a-z]+){10,}',
    '.*.*.*.*.*x',
    'a?'.repeat(30) + 'a'.repeat(30),
    '(?:a?){50}',
    '((x+)y?)+',
  ])('is refused when it could hang: %s', (pattern) => expect(patternProblem(pattern)).toContain('could take too long'))
  it('is refused when it is no pattern, also when only the frame makes it one', () => {
    expect(patternProblem('[a-')).toContain('not a regular expression')
    expect(patternProblem('a)|(b')).toContain('not a regular expression')
    expect(patternProblem('(a)\\1')).toContain('refer back')
    expect(patternProblem('')).toContain('1 to 500')
  })
  it('is fast on the longest text it takes', () => {
    for (const pattern of ['.*.*.*x', '\\w+@\\w+\\.\\w+', '(?=.*\\d)(?=.*[A-Z]).{8,}']) {
      const { maxLength } = matchPattern(pattern, '')
      const started = performance.now()
      expect(matchPattern(pattern, 'a'.repeat(maxLength)).matches).toBe(false)
      expect(performance.now() - started).toBeLessThan(1_000)
    }
  })
  it('does not try a text that is too long for it', () => {
    expect(matchPattern('a*', 'a'.repeat(1_000)).matches).toBe(true)
    expect(matchPattern('a*', 'a'.repeat(1_001))).toEqual({ matches: false, maxLength: 1_000 })
  })
})
