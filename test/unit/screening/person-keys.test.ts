import { describe, expect, it } from 'vitest'
import type { TenantScope } from '../../../src/application/actor.ts'
import { createPersonKeys } from '../../../src/platform/crypto/person-keys.ts'

const MASTER = { 1: new Uint8Array(32).fill(1), 2: new Uint8Array(32).fill(2) }
const keysWith = (current: 1 | 2, held: (1 | 2)[]) =>
  createPersonKeys({ current, keys: new Map(held.map((id) => [id, MASTER[id]])) })

const ACME: TenantScope = { tenantId: 'acme', mode: 'live' }
const ANNA = '["person","anna eriksson","1974-08-12"]'

describe('the key of a person', () => {
  it('is the same each time, says nothing of the person, and is another for each tenant, mode and person', () => {
    const keys = keysWith(1, [1])
    const key = keys.keyOf(ACME, ANNA)
    expect(key).toMatch(/^1\.[0-9a-f]{64}$/)
    expect(keysWith(1, [1]).keyOf(ACME, ANNA)).toBe(key)
    const others = [
      keys.keyOf({ ...ACME, tenantId: 'rival' }, ANNA),
      keys.keyOf({ ...ACME, mode: 'test' }, ANNA),
      keys.keyOf(ACME, ANNA.replace('1974', '1975')),
    ]
    expect(new Set([key, ...others]).size).toBe(4)
  })

  it('is found again after the master key has changed, as long as the old one is held', () => {
    const written = keysWith(1, [1]).keyOf(ACME, ANNA)
    expect(keysWith(2, [1, 2]).keysOf(ACME, ANNA)).toContain(written)
    expect(keysWith(2, [1, 2]).keyOf(ACME, ANNA)).not.toBe(written)
    expect(keysWith(2, [2]).keysOf(ACME, ANNA)).not.toContain(written)
  })
})
