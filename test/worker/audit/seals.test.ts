import { reset } from 'cloudflare:test'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { TenantScope } from '../../../src/application/actor.ts'
import type { AccessLog } from '../../../src/application/ports.ts'
import { MAX_SEALS_PER_RUN, sealAccessLog } from '../../../src/application/audit/seal-access-log.ts'
import { sealHash } from '../../../src/domain/audit/seal.ts'
import { createAccessLog } from '../../../src/platform/d1/access-log.ts'
import { acme, acmeTest, count, db, directory, lineOf, makeTenants, metered, rival } from '../d1/directory-of-tests.ts'

const log = createAccessLog(db)
const at = (text: string): number => Date.parse(text)
const MONDAY = '2026-11-23'
const TUESDAY = '2026-11-24'

/** Cron at an instant. */
const seal = (now: string) => sealAccessLog({ accessLog: log, clock: { now: () => at(now), system: () => at(now) } })

const read = (scope: TenantScope, when: string) => directory.recordAccess({ ...lineOf(scope), at: at(when) })
const dayOf = (scope: TenantScope, day: string) =>
  log.readDay(scope, { day, limit: 100, position: null }, { ...lineOf(scope), at: at('2027-01-01T00:00:00Z') })

beforeEach(makeTenants)
afterEach(reset)

describe('the cron that seals the access log', () => {
  test('seals each tenant and mode by itself once its day is over, with five minutes for what follows its answer', async () => {
    for (const scope of [acme, acmeTest, rival, acme]) await read(scope, `${MONDAY}T12:00:00Z`)
    expect(await seal(`${TUESDAY}T00:04:59Z`)).toEqual({ seals: 0, isDone: true })
    expect(await seal(`${TUESDAY}T00:05:00Z`)).toEqual({ seals: 3, isDone: true })
    const { seals, lines } = await dayOf(acme, MONDAY)
    expect(lines.map(({ id }) => id)).toEqual([1, 4])
    expect(seals).toHaveLength(1)
    const [sealed] = seals
    if (sealed === undefined) throw new Error('no seal')
    expect(sealed).toMatchObject({ number: 1, day: MONDAY, after_id: 0, last_id: 4, lines: 2 })
    expect(sealHash(sealed, lines)).toBe(sealed.hash)
  })

  test('run again, or twice at once, adds nothing', async () => {
    for (const scope of [acme, rival]) await read(scope, `${MONDAY}T12:00:00Z`)
    await Promise.all([seal(`${TUESDAY}T01:00:00Z`), seal(`${TUESDAY}T01:00:00Z`), seal(`${TUESDAY}T01:00:00Z`)])
    expect(await count('access_seals')).toBe(2)
    expect(await seal(`${TUESDAY}T02:00:00Z`)).toEqual({ seals: 0, isDone: true })
  })

  test('that was overtaken by a run that saw fewer lines stands nothing on its own seal', async () => {
    for (const day of ['22', '23']) await read(acme, `2026-11-${day}T12:00:00Z`)
    let isOvertaken = false
    const slow: AccessLog = {
      ...log,
      async linesAfter(scope, after, limit) {
        if (!isOvertaken) {
          isOvertaken = true
          await seal(`${TUESDAY}T01:00:00Z`)
          await read(acme, '2026-11-22T23:00:00Z')
          return log.linesAfter(scope, 0, limit)
        }
        return log.linesAfter(scope, after, limit)
      },
    }
    const now = () => at(`${TUESDAY}T01:00:00Z`)
    expect(await sealAccessLog({ accessLog: slow, clock: { now, system: now } })).toEqual({ seals: 0, isDone: true })
    await seal('2026-11-25T01:00:00Z')
    const { results } = await db.prepare('SELECT previous, hash FROM access_seals ORDER BY number').all()
    expect(results).toHaveLength(3)
    expect(results.slice(1).map(({ previous }) => previous)).toEqual(results.slice(0, -1).map(({ hash }) => hash))
  })

  test('makes up for days of absence, one seal a day, each on the one before', async () => {
    for (const day of ['20', '21', '23']) await read(acme, `2026-11-${day}T12:00:00Z`)
    expect(await seal(`${TUESDAY}T01:00:00Z`)).toEqual({ seals: 3, isDone: true })
    const { results } = await db.prepare('SELECT number, day, previous, hash FROM access_seals ORDER BY number').all()
    expect(results.map(({ day }) => day)).toEqual(['2026-11-20', '2026-11-21', MONDAY])
    expect(results.slice(1).map(({ previous }) => previous)).toEqual(results.slice(0, -1).map(({ hash }) => hash))
  })

  test('puts a line that came after the seal into the next one', async () => {
    await read(acme, `${MONDAY}T12:00:00Z`)
    await seal(`${TUESDAY}T01:00:00Z`)
    await read(acme, `${MONDAY}T23:59:59Z`)
    expect(await seal(`${TUESDAY}T02:00:00Z`)).toEqual({ seals: 0, isDone: true })
    expect((await dayOf(acme, MONDAY)).lines.map(({ id }) => id)).toEqual([1])
    await seal('2026-11-25T01:00:00Z')
    const next = await dayOf(acme, TUESDAY)
    expect(next.lines.map(({ id }) => id)).toEqual([2])
    expect(next.seals).toMatchObject([{ number: 2, day: TUESDAY, after_id: 1 }])
  })

  test('does a bounded share and says that there is more', async () => {
    const days = Array.from(
      { length: MAX_SEALS_PER_RUN + 3 },
      (_, day) => at('2026-01-01T12:00:00Z') + day * 86_400_000,
    )
    await db.batch(
      days.map((when) =>
        db
          .prepare(
            `INSERT INTO access_log (tenant_id, mode, at, actor_type, actor_id, request_id, operation)
             VALUES ('acme', 'live', ?, 'user', 'r', 'q', 'o')`,
          )
          .bind(when),
      ),
    )
    expect(await seal('2026-12-31T12:00:00Z')).toEqual({ seals: MAX_SEALS_PER_RUN, isDone: false })
    expect(await seal('2026-12-31T12:10:00Z')).toEqual({ seals: 3, isDone: true })
  })

  test('shows a line that was changed, taken out or put in past the service', async () => {
    for (const minute of ['00', '01', '02']) await read(acme, `${MONDAY}T12:${minute}:00Z`)
    await seal(`${TUESDAY}T01:00:00Z`)
    const holds = async (): Promise<boolean> => {
      const { seals, lines } = await dayOf(acme, MONDAY)
      return seals.every((one) => sealHash(one, lines) === one.hash)
    }
    expect(await holds()).toBe(true)
    await db.prepare(`UPDATE access_log SET actor_id = 'someone-else' WHERE id = 2`).run()
    expect(await holds()).toBe(false)
    await db.prepare(`UPDATE access_log SET actor_id = 'reviewer-1' WHERE id = 2`).run()
    expect(await holds()).toBe(true)
    await db.prepare('DELETE FROM access_log WHERE id = 2').run()
    expect(await holds()).toBe(false)
  })
})

describe('the access log of a day', () => {
  test('is that of the tenant and mode alone, sealed or not', async () => {
    for (const scope of [acme, rival, acmeTest, acme]) await read(scope, `${MONDAY}T12:00:00Z`)
    await read(acme, `${TUESDAY}T12:00:00Z`)
    for (let round = 0; round < 2; round += 1) {
      expect((await dayOf(acme, MONDAY)).lines.map(({ id }) => id)).toEqual([1, 4])
      expect((await dayOf(rival, MONDAY)).lines.map(({ id }) => id)).toEqual([2])
      expect((await dayOf(acmeTest, MONDAY)).lines.map(({ id }) => id)).toEqual([3])
      await seal('2026-11-25T01:00:00Z')
    }
  })

  test('reads what it shows, however many lines others have', async () => {
    for (let other = 0; other < 30; other += 1) await read(rival, `${MONDAY}T12:00:00Z`)
    for (let own = 0; own < 3; own += 1) await read(acme, `${MONDAY}T12:00:00Z`)
    const meter = metered(db)
    const page = await createAccessLog(meter.db).readDay(acme, { day: MONDAY, limit: 10, position: null }, lineOf(acme))
    expect(page.lines).toHaveLength(3)
    expect(meter.rowsRead()).toBeLessThan(15)
  })
})
