import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { ATTEMPT_LIMITS } from '../../../src/domain/access/link-attempts.ts'
import { MAX_UPLOADS_PER_SESSION } from '../../../src/domain/document/document.ts'

const doc = readFileSync('docs/limits.md', 'utf8')
const wrangler = readFileSync('wrangler.toml', 'utf8')
const number = (text = ''): number => Number(text.replace(',', ''))

describe('docs/limits.md', () => {
  it('has the limits of the bindings', () => {
    const bound = [...wrangler.matchAll(/name = "(LIMIT_\w+)"\nnamespace_id = "\d+"\nsimple = \{ limit = (\d+)/g)]
    const told = [...doc.matchAll(/^\| `(LIMIT_\w+)` \|.*\| ([\d,]+) \|$/gm)]
    expect(bound.length).toBe(4)
    expect(told.map(([, name, limit]) => [name, number(limit)])).toEqual(
      bound.map(([, name, limit]) => [name, number(limit)]),
    )
  })

  it('has the exact limits of a link', () => {
    const told = [...doc.matchAll(/^\| `(\w+)`[^|]*\| ([\d,]+) \| ([\d,]+) \|$/gm)]
    expect(told.map(([, kind, minute, day]) => [kind, number(minute), number(day)])).toEqual(
      Object.entries(ATTEMPT_LIMITS).map(([kind, { perMinute, perDay }]) => [kind, perMinute, perDay]),
    )
    expect(doc).toContain(`${MAX_UPLOADS_PER_SESSION} uploads a session`)
  })
})
