import { z } from '@hono/zod-openapi'
import { describe, expect, it } from 'vitest'
import { decodeCursor, encodeCursor } from '../../../src/http/cursor.ts'

const Position = z.strictObject({ value: z.number().nullable(), session_id: z.string() })
const question = { list: 'sessions', filter: { status: ['active'] }, sort: { column: 'created_at', descends: true } }
const position = { value: 1_795_429_800_000, session_id: 'a' }

describe('a cursor', () => {
  it('brings its position back for the same question', () => {
    expect(decodeCursor(question, encodeCursor(question, position), Position)).toEqual({ ok: true, value: position })
  })

  it('does not depend on the order in which a filter was written', () => {
    const same = { sort: { descends: true, column: 'created_at' }, list: 'sessions', filter: { status: ['active'] } }
    expect(decodeCursor(same, encodeCursor(question, position), Position)).toMatchObject({ ok: true })
  })

  it.each([
    ['another filter', { ...question, filter: { status: ['draft'] } }],
    ['another sort', { ...question, sort: { column: 'created_at', descends: false } }],
    ['another list', { ...question, list: 'workflows' }],
  ])('is refused for %s', (_name, other) => {
    expect(decodeCursor(other, encodeCursor(question, position), Position)).toMatchObject({
      ok: false,
      error: { code: 'INVALID_CURSOR' },
    })
  })

  it.each(['', 'x', '====', 'bnVsbA', 'e30', encodeCursor(question, { value: 'x', session_id: 1 })])(
    'is refused when it reads %j',
    (text) => {
      expect(decodeCursor(question, text, Position)).toMatchObject({ ok: false, error: { code: 'INVALID_CURSOR' } })
    },
  )

  it('that was not sent is the first page', () => {
    expect(decodeCursor(question, undefined, Position)).toEqual({ ok: true, value: null })
  })
})
