import { expect, it } from 'vitest'
import { createKnownOwners } from '../../../src/application/end-user/known-owners.ts'

it('forgets the owner that was asked for longest ago', () => {
  const known = createKnownOwners(2)
  known.remember('a')
  known.remember('b')
  expect(known.has('a')).toBe(true)
  known.remember('c')
  expect([known.has('a'), known.has('b'), known.has('c')]).toEqual([true, false, true])
})

it('forgets what it is told to', () => {
  const known = createKnownOwners(2)
  known.remember('a')
  known.forget('a')
  expect(known.has('a')).toBe(false)
})
