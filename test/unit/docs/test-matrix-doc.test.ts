import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

const cells = readFileSync('docs/test-matrix.md', 'utf8')
  .split('\n')
  .filter((line) => line.startsWith('| ') && line.includes('`test/'))
  .map((line) => line.split('|').at(-2) ?? '')

/** `path`: "title", "title"; a path without titles stands for the whole file. */
const claims = cells.flatMap((cell) =>
  [...cell.matchAll(/`(test\/[^`]+)`(?::((?: "[^"]+",?)+))?/g)].map(([, path = '', titles = '']) => ({
    path,
    titles: [...titles.matchAll(/"([^"]+)"/g)].map(([, title = '']) => title),
  })),
)

describe('docs/test-matrix.md', () => {
  it('names test files', () => {
    expect(claims.length).toBeGreaterThan(10)
  })

  it.each(claims)('is right about $path', ({ path, titles }) => {
    expect(existsSync(path)).toBe(true)
    const source = readFileSync(path, 'utf8')
    expect(titles.filter((title) => !source.includes(title))).toEqual([])
  })
})
