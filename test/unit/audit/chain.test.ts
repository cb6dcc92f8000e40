import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { chainEvents, type ChainedEvent, eventOf, withText } from '../../../src/domain/audit/chain.ts'
import { verifyChain } from '../../../src/domain/audit/verify-chain.ts'
import type { RecordedEvent } from '../../../src/domain/session/events.ts'
import { withoutSubsession } from '../../../src/domain/session/forget-subsession.ts'
import { completedRich, subsession } from '../../support/fixtures/session.ts'
import { richWorkflow } from '../../support/fixtures/workflow.ts'

const SESSION = '019ab1f4-6b00-7c3a-9d52-3f1e8a6b4c21'

const recorded = (sequence: number, version = `v${sequence}`): RecordedEvent => ({
  sequence,
  at: 1_795_000_000_000 + sequence,
  actor: { type: 'end_user', id: SESSION, name: null },
  request_id: 'req_1',
  event: { type: 'consent_accepted', version },
})

/** A salt of its own for each event: 0101…, 0202… */
function salts(): () => Uint8Array {
  let next = 0
  return () => new Uint8Array(16).fill((next += 1))
}

const chainOf = (length: number): ChainedEvent[] =>
  chainEvents(
    { sessionId: SESSION, head: null },
    Array.from({ length }, (_, index) => recorded(index + 1)),
    salts(),
  )

/** `events` with one member of the event at `sequence` changed. */
const changed = (events: readonly ChainedEvent[], sequence: number, change: Partial<ChainedEvent>): ChainedEvent[] =>
  events.map((event) => (event.sequence === sequence ? { ...event, ...change } : event))

const verdict = (events: readonly ChainedEvent[], heads: { length: number; link: string | null }[] = []) =>
  verifyChain({ sessionId: SESSION, events, heads })

describe('a chain', () => {
  it('is made byte by byte as docs/audit.md says, by another hand', () => {
    const sha = (...parts: (string | Buffer)[]): Buffer => {
      const hash = createHash('sha256')
      for (const part of parts) hash.update(part)
      return hash.digest()
    }
    let link = sha('kyc-sessions audit genesis v1\n', SESSION)
    for (const event of chainOf(3)) {
      const leaf = sha(Buffer.from(event.salt ?? '', 'hex'), Buffer.from(event.payload, 'utf8'))
      const sequence = Buffer.alloc(8)
      sequence.writeBigUInt64BE(BigInt(event.sequence))
      link = sha('kyc-sessions audit link v1\n', link, sequence, leaf)
      expect(event.link).toBe(link.toString('hex'))
      expect(event.payload).toBe(JSON.stringify(recorded(event.sequence)))
    }
  })

  it('goes on where it stood, however its events are cut into commits', () => {
    const newSalt = salts()
    const first = chainEvents({ sessionId: SESSION, head: null }, [recorded(1)], newSalt)
    const head = first.at(-1)?.link ?? null
    const rest = chainEvents({ sessionId: SESSION, head }, [recorded(2), recorded(3)], newSalt)
    expect([...first, ...rest]).toEqual(chainOf(3))
  })

  it('of another session is another one, event for event', () => {
    const other = chainEvents({ sessionId: `${SESSION.slice(0, -1)}2`, head: null }, [recorded(1)], salts())
    expect(other[0]?.link).not.toBe(chainOf(1)[0]?.link)
  })

  it('gives two equal events two leaves: an erased one cannot be guessed and compared', () => {
    const [first, second] = chainOf(2)
    expect(first?.salt).not.toBe(second?.salt)
  })
})

describe('a verifier', () => {
  it('finds an untouched trail intact and tells where it ends', () => {
    const events = chainOf(4)
    const link = events.at(-1)?.link ?? null
    expect(verdict(events, [{ length: 4, link }])).toEqual({
      ok: true,
      value: { length: 4, unchained: 0, forgotten: 0, link },
    })
  })

  it.each<[string, Partial<ChainedEvent>]>([
    ['payload', { payload: JSON.stringify(recorded(2, 'v9')) }],
    ['salt', { salt: '00'.repeat(16) }],
    ['link', { link: '00'.repeat(32) }],
    ['instant beside the payload', { at: 1 }],
    ['type beside the payload', { type: 'status_changed' }],
    ['salt to nothing', { salt: null }],
    ['salt and link to nothing', { salt: null, link: null }],
    ['payload to no JSON', { payload: 'erased' }],
  ])('names the event whose %s was changed', (_what, change) => {
    const result = verdict(changed(chainOf(4), 2, change))
    expect(result).toMatchObject({ ok: false, error: { sequence: 2 } })
  })

  it('names the event after one that was taken out, and one that stands there twice', () => {
    const events = chainOf(4)
    expect(verdict(events.filter(({ sequence }) => sequence !== 3))).toMatchObject({
      ok: false,
      error: { sequence: 4, problem: 'events 3 to 3 are missing' },
    })
    expect(verdict(events.slice(1))).toMatchObject({ ok: false, error: { sequence: 2 } })
    expect(verdict(events.flatMap((event) => [event, event]))).toMatchObject({ ok: false, error: { sequence: 1 } })
  })

  it('finds a whole new chain by a head that was exported before, and by nothing else', () => {
    const known = { length: 2, link: chainOf(2)[1]?.link ?? null }
    const forged = chainEvents({ sessionId: SESSION, head: null }, [recorded(1), recorded(2, 'v9')], salts())
    expect(verdict(forged)).toMatchObject({ ok: true })
    expect(verdict(forged, [known])).toMatchObject({ ok: false, error: { sequence: 2 } })
  })

  it('finds a trail that was cut short by its head', () => {
    const events = chainOf(4)
    const head = { length: 4, link: events[3]?.link ?? null }
    expect(verdict(events.slice(0, 3), [head])).toMatchObject({ ok: false, error: { sequence: 4 } })
  })

  it('takes events from before the chain as what they are, and only at the front', () => {
    const old = [recorded(1), recorded(2)].map((event): ChainedEvent => {
      const { sequence, at } = event
      return { sequence, at, type: event.event.type, payload: JSON.stringify(event), salt: null, link: null }
    })
    const later = chainEvents({ sessionId: SESSION, head: null }, [recorded(3), recorded(4)], salts())
    expect(verdict([...old, ...later])).toMatchObject({ ok: true, value: { length: 4, unchained: 2 } })
  })

  describe('of a trail that forgot the person of a subsession', () => {
    const trail = completedRich(richWorkflow())
    trail.do(subsession('child-9', { name: 'Ulla Owner', email: 'ulla@example.com', metadata: {}, step_id: null }))
    const chained = chainEvents({ sessionId: SESSION, head: null }, trail.trail, salts())
    const forgot = chained.map((event) => {
      const recordedWithout = withoutSubsession(eventOf(event), 'child-9')
      return recordedWithout === null ? event : withText(event, JSON.stringify(recordedWithout))
    })

    it('follows the chain through it, counts it, and the person is gone with the salt', () => {
      expect(JSON.stringify(chained)).toContain('Ulla Owner')
      expect(JSON.stringify(forgot)).not.toMatch(/Ulla|ulla@/)
      const link = chained.at(-1)?.link ?? null
      expect(verdict(forgot, [{ length: chained.length, link }])).toMatchObject({
        ok: true,
        value: { forgotten: 1, link },
      })
    })

    it('takes a leaf in place of a salt for no other event', () => {
      const another = forgot.findIndex(({ type }) => type === 'consent_accepted' || type === 'session_created')
      const bent = forgot.map((event, place) => (place === another ? withText(event, event.payload) : event))
      expect(verdict(bent)).toMatchObject({ ok: false, error: { sequence: another + 1 } })
    })

    it('keeps its leaf when it has to forget twice', () => {
      const twice = forgot.map((event) =>
        event.salt?.startsWith('leaf:') === true ? withText(event, event.payload) : event,
      )
      expect(twice).toEqual(forgot)
    })
  })
})
