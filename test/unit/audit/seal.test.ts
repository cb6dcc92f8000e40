import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { type AccessRecord, type AccessSeal, MAX_LINES_PER_SEAL, nextSeal } from '../../../src/domain/audit/seal.ts'

const ACME = { tenantId: 'acme', mode: 'live' as const }
const noon = (day: string): number => Date.parse(`${day}T12:00:00.000Z`)

const line = (id: number, day: string): AccessRecord => ({
  id,
  at: noon(day) + id,
  actor_type: 'user',
  actor_id: 'reviewer-7',
  request_id: `req_${id}`,
  operation: 'session.read',
  session_id: null,
})

const sealed = (former: AccessSeal | null, lines: AccessRecord[], today: string): AccessSeal => {
  const seal = nextSeal(ACME, former, lines, today)
  if (seal === null) throw new Error('nothing was sealed')
  return seal
}

describe('a seal', () => {
  it('is made byte by byte as docs/audit.md says, by another hand', () => {
    const sha = (...parts: (string | Buffer)[]): Buffer => {
      const hash = createHash('sha256')
      for (const part of parts) hash.update(part)
      return hash.digest()
    }
    const uint64 = (value: number): Buffer => {
      const bytes = Buffer.alloc(8)
      bytes.writeBigUInt64BE(BigInt(value))
      return bytes
    }
    const text = [4, 9]
      .map((id) => `[${id},${noon('2026-11-23') + id},"user","reviewer-7","req_${id}","session.read",null]\n`)
      .join('')
    const previous = sha('kyc-sessions access genesis v1\n', 'acme\nlive')
    const numbers = [uint64(1), Buffer.from('2026-11-23'), uint64(0), uint64(9), uint64(2)]
    const hash = sha('kyc-sessions access seal v1\n', previous, ...numbers, sha(text))
    const seal = sealed(null, [line(4, '2026-11-23'), line(9, '2026-11-23')], '2026-11-24')
    expect(seal).toEqual({
      number: 1,
      day: '2026-11-23',
      after_id: 0,
      last_id: 9,
      lines: 2,
      previous: previous.toString('hex'),
      hash: hash.toString('hex'),
    })
  })

  it('is not made while its day goes on, or where there is no line', () => {
    expect(nextSeal(ACME, null, [line(1, '2026-11-23')], '2026-11-23')).toBeNull()
    expect(nextSeal(ACME, null, [], '2026-11-24')).toBeNull()
  })

  it('stands on the one before, and covers each line once', () => {
    const first = sealed(null, [line(1, '2026-11-23'), line(2, '2026-11-24')], '2026-11-25')
    const second = sealed(first, [line(2, '2026-11-24'), line(3, '2026-11-25')], '2026-11-25')
    expect([first.last_id, second.after_id, second.last_id]).toEqual([1, 1, 2])
    expect(second).toMatchObject({ number: 2, day: '2026-11-24', previous: first.hash })
  })

  it('takes a line that came late along with the day after its own', () => {
    const first = sealed(null, [line(1, '2026-11-23')], '2026-11-24')
    const late = [line(2, '2026-11-23'), line(3, '2026-11-24')]
    expect(nextSeal(ACME, first, late, '2026-11-24')).toBeNull()
    expect(sealed(first, late, '2026-11-25')).toMatchObject({ day: '2026-11-24', after_id: 1, last_id: 3, lines: 2 })
  })

  it('goes by the order of ids where instants cross midnight the other way', () => {
    const lines = [line(1, '2026-11-23'), line(2, '2026-11-24'), line(3, '2026-11-23'), line(4, '2026-11-24')]
    expect(sealed(null, lines, '2026-11-25')).toMatchObject({ day: '2026-11-23', last_id: 3, lines: 3 })
  })

  it('of a day with more lines than one takes is followed by another of the same day', () => {
    const lines = Array.from({ length: MAX_LINES_PER_SEAL + 2 }, (_, index) => line(index + 1, '2026-11-23'))
    const first = sealed(null, lines.slice(0, MAX_LINES_PER_SEAL), '2026-11-24')
    const second = sealed(first, lines.slice(MAX_LINES_PER_SEAL), '2026-11-24')
    expect([first.lines, second.day, second.lines]).toEqual([MAX_LINES_PER_SEAL, '2026-11-23', 2])
  })

  it('of another tenant or mode has another hash, line for line', () => {
    const lines = [line(1, '2026-11-23')]
    const hashes = [ACME, { ...ACME, mode: 'test' as const }, { ...ACME, tenantId: 'rival' }].map(
      (owner) => nextSeal(owner, null, lines, '2026-11-24')?.hash,
    )
    expect(new Set(hashes).size).toBe(3)
  })
})
