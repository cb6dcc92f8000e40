import { describe, expect, it } from 'vitest'
import type { WatchlistHit } from '../../../src/domain/decision/check-results.ts'
import type { FoundWord, OwnWord } from '../../../src/domain/screening/clearing.ts'
import { withClearings } from '../../../src/domain/screening/clearing.ts'
import { identityName } from '../../../src/domain/screening/identity-name.ts'
import { identitiesOf, identitiesToKeep } from '../../../src/domain/screening/person-identity.ts'
import { listedMatch } from '../../support/fixtures/watchlists.ts'

const EQUAL_NUMBER = { factor: 'identifier', outcome: 'supports', effect: 0.1, subject: 'P1', listed: 'P1' } as const
const UNEQUAL_NUMBER = { ...EQUAL_NUMBER, outcome: 'contradicts', listed: 'P2' } as const

const hit = (changes: Partial<WatchlistHit> = {}): WatchlistHit => ({
  ...listedMatch({ subject_date_of_birth: '1974-08-12' }),
  hit_id: 'h',
  whitelisted: false,
  ...changes,
})
const withEvidence = (evidence: WatchlistHit['explanation']['evidence']): WatchlistHit =>
  hit({ explanation: { ...hit().explanation, evidence } })

const own = (changes: Partial<OwnWord> = {}): OwnWord => ({
  hit_id: 'h',
  verdict: 'cleared',
  entry_hash: 'e1',
  had_identifier: false,
  subject_date_of_birth: '1974-08-12',
  at: 10,
  ...changes,
})
const found = (changes: Partial<FoundWord> = {}): FoundWord => ({
  hit_id: 'h',
  verdict: 'cleared',
  entry_hash: 'e1',
  had_identifier: false,
  session_id: 'other',
  at: 10,
  ...changes,
})

function isCleared(one: WatchlistHit, words: { own?: OwnWord[]; found?: FoundWord[] }): boolean {
  const result = { state: 'ok' as const, checked_at: 0, provider: 'test', hits: [one] }
  const marked = withClearings(result, { session_id: 'mine', own: [], found: [], ...words })
  const [after] = marked.hits
  expect(after?.clearing !== undefined).toBe(after?.whitelisted)
  return after?.whitelisted === true
}

describe("a reviewer's word", () => {
  it('holds for the same name and entry, wherever it was given', () => {
    expect(isCleared(hit(), {})).toBe(false)
    expect(isCleared(hit(), { own: [own()] })).toBe(true)
    expect(isCleared(hit(), { found: [found()] })).toBe(true)
    expect(isCleared(hit({ hit_id: 'h2' }), { own: [own()], found: [found()] })).toBe(false)
  })

  it('does not hold for an entry that has changed', () => {
    expect(isCleared(hit({ entry_hash: 'e2' }), { own: [own()], found: [found()] })).toBe(false)
  })

  it('does not hold when a birth date is known that was not, and does when it is not known any more', () => {
    expect(isCleared(hit(), { own: [own({ subject_date_of_birth: null })] })).toBe(false)
    expect(isCleared(hit(), { own: [own({ subject_date_of_birth: '1971-01-01' })] })).toBe(false)
    const { subject_date_of_birth: _, ...ageless } = hit()
    expect(isCleared(ageless, { own: [own()] })).toBe(true)
  })

  it('does not hold against an equal identifier, unless its reviewer saw one', () => {
    expect(isCleared(withEvidence([EQUAL_NUMBER]), { own: [own()], found: [found()] })).toBe(false)
    expect(isCleared(withEvidence([EQUAL_NUMBER]), { own: [own({ had_identifier: true })] })).toBe(true)
    expect(isCleared(withEvidence([UNEQUAL_NUMBER]), { own: [own()] })).toBe(true)
  })

  it('gives way to a newer one, and of two at once the one that opens counts', () => {
    expect(isCleared(hit(), { own: [own()], found: [found({ verdict: 'open', at: 11 })] })).toBe(false)
    expect(isCleared(hit(), { own: [own({ verdict: 'open', at: 9 })], found: [found()] })).toBe(true)
    expect(isCleared(hit(), { own: [own()], found: [found({ verdict: 'open' })] })).toBe(false)
  })

  it('that was given here is taken from here, not from what a database still says of it', () => {
    const words = { own: [own({ verdict: 'open', at: 9 })], found: [found({ session_id: 'mine' })] }
    expect(isCleared(hit(), words)).toBe(false)
  })

  it('that an engine makes up counts for nothing', () => {
    expect(isCleared(hit({ whitelisted: true, clearing: { session_id: 'x', at: 1 } }), {})).toBe(false)
  })
})

describe('the same person', () => {
  const anna = { client_id: 'c', name: 'Anna Eriksson', date_of_birth: '1974-08-12' }
  const isFound = (kept: Partial<typeof anna> | object, asked: object): boolean => {
    const under = identitiesToKeep({ ...anna, ...kept })
    return identitiesOf({ ...anna, ...asked }).some((identity) => under.includes(identity))
  }

  it('is the same name under the same client id, or with the same birth date', () => {
    expect(isFound({}, {})).toBe(true)
    expect(isFound({}, { name: 'ANNA  eriksson' })).toBe(true)
    expect(isFound({}, { client_id: 'other' })).toBe(true)
    expect(isFound({}, { client_id: null })).toBe(true)
    expect(isFound({}, { date_of_birth: null })).toBe(true)
  })

  it('is not another name, nor another birth date, nor a name alone', () => {
    expect(isFound({}, { name: 'Anna Berg' })).toBe(false)
    expect(isFound({}, { date_of_birth: '1971-01-01' })).toBe(false)
    expect(isFound({}, { client_id: 'other', date_of_birth: null })).toBe(false)
    expect(isFound({ date_of_birth: null }, {})).toBe(false)
    expect(isFound({ client_id: null, date_of_birth: null }, { client_id: null, date_of_birth: null })).toBe(false)
  })

  it('is not found by parts that were moved from one to another', () => {
    expect(identitiesOf({ client_id: 'a', name: 'b c', date_of_birth: null })).not.toEqual(
      identitiesOf({ client_id: 'a b', name: 'c', date_of_birth: null }),
    )
  })

  it('has a name without case, punctuation and width, and keeps the vowels of every script', () => {
    expect(identityName('  ÅNNA-Maria  O’Neil ')).toBe('ånna maria o neil')
    expect(identityName('ＡＮＮＡ')).toBe('anna')
    expect(identityName('สมชาย')).not.toBe(identityName('สมชย'))
    expect(identityName(' - ')).toBe('')
  })
})
