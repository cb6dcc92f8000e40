import { describe, expect, it } from 'vitest'
import { ERROR_CODES } from '../../../src/domain/errors.ts'
import { ERROR_MAP, ERROR_STATUSES, httpErrorOf } from '../../../src/http/error-map.ts'

describe('the error map', () => {
  it('has one row for each code and no other', () => {
    expect(Object.keys(ERROR_MAP).toSorted()).toEqual([...ERROR_CODES].toSorted())
  })

  it('gives each status one type', () => {
    const typesByStatus = new Map<number, Set<string>>()
    for (const { status, type } of Object.values(ERROR_MAP)) {
      typesByStatus.set(status, new Set([...(typesByStatus.get(status) ?? []), type]))
    }
    expect([...typesByStatus.keys()].toSorted((a, b) => a - b)).toEqual([...ERROR_STATUSES])
    for (const types of typesByStatus.values()) expect(types.size).toBe(1)
  })

  it('answers a link out of time with 400 to the tenant and 403 to the person', () => {
    expect(httpErrorOf('LINK_EXPIRED', 'tenant')).toEqual({ status: 400, type: 'ValidationError' })
    expect(httpErrorOf('LINK_EXPIRED', 'public')).toEqual({ status: 403, type: 'PermissionError' })
  })

  it('is the same on both sides otherwise', () => {
    for (const code of ERROR_CODES) {
      if (code !== 'LINK_EXPIRED') expect(httpErrorOf(code, 'public')).toEqual(httpErrorOf(code, 'tenant'))
    }
  })
})
