import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { chainEvents, type ChainedEvent } from '../../../src/domain/audit/chain.ts'
import { type AccessRecord, type AccessSeal, nextSeal } from '../../../src/domain/audit/seal.ts'

const SESSION = '019ab1f4-6b00-7c3a-9d52-3f1e8a6b4c21'
const folder = mkdtempSync(join(tmpdir(), 'kyc-audit-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** Writes each export into a file of its own and runs the command over them. */
function verify(...pages: unknown[]): { code: number | null; out: string } {
  const files = pages.map((page, index) => {
    const path = join(folder, `${index}.json`)
    writeFileSync(path, JSON.stringify(page))
    return path
  })
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--experimental-strip-types', '--disable-warning=ExperimentalWarning', 'src/cli/audit-verify.ts', ...files],
    { encoding: 'utf8' },
  )
  return { code: status, out: `${stdout}${stderr}` }
}

const events = chainEvents(
  { sessionId: SESSION, head: null },
  [1, 2, 3].map((sequence) => ({
    sequence,
    at: Date.UTC(2026, 10, 23) + sequence,
    actor: { type: 'system', id: 'system', name: null },
    request_id: null,
    event: { type: 'consent_accepted', version: `v${sequence}` },
  })),
  () => new Uint8Array(16).fill(7),
)
const HEAD = { length: 3, link: events[2]?.link ?? null }

const answer = (some: readonly ChainedEvent[], head = HEAD, erased_at: string | null = null) => ({
  status: 'success',
  data: {
    session_id: SESSION,
    erased_at,
    head,
    events: some.map((event) => ({ ...event, at: new Date(event.at).toISOString() })),
    pagination: { limit: 20, next_after: null, has_more: false },
  },
  meta: { request_id: 'req_1' },
})

const OWNER = { tenantId: 'acme', mode: 'live' as const }
const line = (id: number, day: number): AccessRecord => ({
  id,
  at: Date.UTC(2026, 10, day, 12) + id,
  actor_type: 'user',
  actor_id: 'reviewer-7',
  request_id: `req_${id}`,
  operation: 'session.read',
  session_id: null,
})
const seal = (former: AccessSeal | null, lines: AccessRecord[]): AccessSeal => {
  const made = nextSeal(OWNER, former, lines, '2026-12-01')
  if (made === null) throw new Error('no seal')
  return made
}
const logOf = (seals: AccessSeal[], lines: AccessRecord[]) => ({
  tenant_id: 'acme',
  mode: 'live',
  day: seals[0]?.day ?? '2026-11-25',
  seals: seals.map((one) => ({ ...one, sealed_at: '2026-12-01T00:10:00.000Z' })),
  lines: lines.map(({ actor_type, actor_id, at, ...rest }) => ({
    ...rest,
    at: new Date(at).toISOString(),
    actor: { type: actor_type, id: actor_id },
  })),
})

describe('npm run audit:verify', () => {
  it('finds a trail intact, its pages in any order and one of them twice', () => {
    const { code, out } = verify(answer(events.slice(1)), answer(events.slice(0, 2)))
    expect(out).toBe(`✓ session ${SESSION}: 3 events intact; head ${HEAD.link}\n`)
    expect(code).toBe(0)
  })

  it('names the first broken link', () => {
    const forged = events.map((event) =>
      event.sequence === 2 ? { ...event, payload: event.payload.replace('v2', 'v9') } : event,
    )
    const { code, out } = verify(answer(forged))
    expect(out).toContain(`✗ session ${SESSION}: BROKEN at event 2: its link does not follow`)
    expect(code).toBe(1)
  })

  it('finds a page that was left out', () => {
    expect(verify(answer(events.slice(0, 2)))).toMatchObject({
      code: 1,
      out: expect.stringContaining('event 3: missing'),
    })
  })

  it('has the head alone of a deleted session, and holds an export of before against it', () => {
    const gone = answer([], HEAD, '2026-11-24T00:00:00.000Z')
    expect(verify(gone)).toMatchObject({
      code: 0,
      out: expect.stringContaining(`the head alone is left, ${HEAD.link}`),
    })
    expect(verify(gone, answer(events))).toMatchObject({ code: 0, out: expect.stringContaining('3 events intact') })
    const other = answer([], { ...HEAD, link: '00'.repeat(32) }, '2026-11-24T00:00:00.000Z')
    expect(verify(other, answer(events))).toMatchObject({ code: 1, out: expect.stringContaining('event 3') })
  })

  it('checks the seals of days, alone and in a row, and says what is not sealed', () => {
    const [monday, tuesday, open] = [line(4, 23), line(9, 24), line(12, 25)]
    const first = seal(null, [monday])
    const second = seal(first, [tuesday])
    expect(verify(logOf([second], [tuesday]))).toMatchObject({ code: 0 })
    const all = verify([logOf([first], [monday]), logOf([second], [tuesday]), logOf([], [open])])
    expect(all.out).toBe(
      `✓ access log of acme (live): 2 lines in 2 seals intact; 1 lines not sealed yet; seal 2 is ${second.hash}\n`,
    )
    expect(all.code).toBe(0)
  })

  it('names the seal whose lines were changed, left out or put in, and a seal that is gone', () => {
    const [monday, tuesday, wednesday] = [line(4, 23), line(9, 24), line(12, 25)]
    const first = seal(null, [monday])
    const second = seal(first, [tuesday])
    const third = seal(second, [wednesday])
    for (const lines of [[{ ...tuesday, actor_id: 'x' }], [], [tuesday, line(8, 24)]]) {
      expect(verify(logOf([second], lines))).toMatchObject({
        code: 1,
        out: expect.stringContaining('BROKEN at seal 2'),
      })
    }
    const gap = verify(logOf([first, third], [monday, wednesday]))
    expect(gap).toMatchObject({ code: 1, out: expect.stringContaining('BROKEN at seal 3: seal 2 is missing') })
    const moved = verify({ ...logOf([first], [monday]), mode: 'test' })
    expect(moved).toMatchObject({ code: 1, out: expect.stringContaining('genesis') })
  })

  it('says which file it cannot read, without guessing', () => {
    expect(verify({ hello: 1 })).toMatchObject({ code: 2, out: expect.stringContaining('neither an audit trail') })
    expect(verify()).toMatchObject({ code: 2, out: expect.stringContaining('npm run audit:verify') })
  })

  it('reads nothing but the domain and its own files', () => {
    for (const file of ['src/cli/audit-verify.ts', 'src/cli/audit-export.ts']) {
      const imports = [...readFileSync(file, 'utf8').matchAll(/from '([^']+)'/g)].map(([, from = '']) => from)
      expect(
        imports.filter((from) => !/^(?:node:fs|zod|\.\.\/domain\/audit\/.*|\.\/audit-export\.ts)$/.test(from)),
      ).toEqual([])
    }
  })
})
