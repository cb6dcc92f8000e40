import { reset } from 'cloudflare:test'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { hashApiKey } from '../../../src/platform/crypto/api-keys.ts'
import { createTenantMemory } from '../../../src/platform/d1/tenant-memory.ts'
import { createTenants } from '../../../src/platform/d1/tenants.ts'
import { createWorkflows } from '../../../src/platform/d1/workflows.ts'
import { instrument, recorder } from '../../support/instrument.ts'
import {
  acme,
  acmeTest,
  clock,
  db,
  directory,
  makeTenants,
  newSession,
  NOW,
  rival,
  tenantOf,
  workflowIdOf,
  workflowOf,
  workflows,
} from './directory-of-tests.ts'
import { env } from 'cloudflare:workers'

const counted = instrument(env, 'worker').DB
const freshMemory = () => createTenantMemory({ now: () => clock.now })
const secret = 'sk_test_0123456789abcdef0123456789abcdef'
const key = {
  key_id: 'key-1',
  tenant_id: 'acme',
  mode: 'test' as const,
  name: 'Backend',
  permissions: ['kyc:read' as const, 'kyc:create' as const],
  key_hash: hashApiKey(secret),
  hint: 'cdef',
  created_at: NOW,
}

beforeEach(async () => {
  clock.now = NOW
  await makeTenants()
  recorder.reset()
})
afterEach(reset)

describe('an API key', () => {
  test('is found with its tenant, and then served from memory for a minute', async () => {
    const tenants = createTenants(counted, freshMemory())
    await tenants.insertKey(key)
    recorder.reset()
    const found = await tenants.findByKey(secret)
    expect(found).toEqual({
      key: {
        key_id: 'key-1',
        tenant_id: 'acme',
        mode: 'test',
        name: 'Backend',
        permissions: ['kyc:read', 'kyc:create'],
      },
      tenant: tenantOf(acme),
    })
    expect(recorder.hops).toHaveLength(1)
    clock.now = NOW + 59_999
    expect(await tenants.findByKey(secret)).toEqual(found)
    expect(recorder.hops).toHaveLength(1)
    clock.now = NOW + 60_000
    await tenants.findByKey(secret)
    expect(recorder.hops).toHaveLength(2)
  })

  test('that was revoked opens nothing once the minute is over', async () => {
    const tenants = createTenants(db, freshMemory())
    await tenants.insertKey(key)
    expect(await tenants.findByKey(secret)).not.toBeNull()
    await db.prepare('UPDATE api_keys SET revoked_at = ?').bind(NOW).run()
    clock.now = NOW + 60_000
    expect(await tenants.findByKey(secret)).toBeNull()
  })

  test('that nobody has is asked for each time and never kept', async () => {
    const tenants = createTenants(db, freshMemory())
    expect(await tenants.findByKey(secret)).toBeNull()
    await tenants.insertKey(key)
    expect(await tenants.findByKey(secret)).not.toBeNull()
  })

  test('is stored as its hash only', async () => {
    await createTenants(db, freshMemory()).insertKey(key)
    const row = await db.prepare('SELECT * FROM api_keys').first()
    expect(JSON.stringify(row)).not.toContain(secret)
    expect(row?.['key_hash']).toBe(hashApiKey(secret))
  })
})

describe('a workflow', () => {
  test('is served from memory as current, and its insert hangs on it being so', async () => {
    const mine = createWorkflows(counted, { now: () => clock.now })
    expect(await mine.current(acme, workflowIdOf(acme))).toEqual(workflowOf(acme))
    recorder.reset()
    expect((await mine.current(acme, workflowIdOf(acme)))?.version).toBe(1)
    expect(recorder.hops).toEqual([])

    // Another isolate makes a new version; ours does not know.
    expect(await workflows.insertVersion(acme, workflowOf(acme, 2))).toBe(true)
    expect((await mine.current(acme, workflowIdOf(acme)))?.version).toBe(1)
    expect(await directory.insertSeed(newSession())).toBe('not_current')
    expect((await mine.find(acme, workflowIdOf(acme)))?.version).toBe(2)
    expect((await mine.current(acme, workflowIdOf(acme)))?.version).toBe(2)
  })

  test('takes one next version when two come at once', async () => {
    const outcomes = await Promise.all([
      workflows.insertVersion(acme, workflowOf(acme, 2)),
      workflows.insertVersion(acme, workflowOf(acme, 2)),
    ])
    expect(outcomes.filter(Boolean)).toHaveLength(1)
    expect(await workflows.insertVersion(acme, workflowOf(acme, 4))).toBe(false)
    expect((await workflows.versions(acme, workflowIdOf(acme))).map(({ version }) => version)).toEqual([2, 1])
  })

  test('that was deleted is found as deleted, takes no session and is not listed', async () => {
    expect(await workflows.softDelete(acme, workflowIdOf(acme), NOW + 1)).toBe(true)
    expect(await workflows.softDelete(acme, workflowIdOf(acme), NOW + 2)).toBe(false)
    expect((await workflows.find(acme, workflowIdOf(acme)))?.status).toBe('deleted')
    expect(await workflows.current(acme, workflowIdOf(acme))).toBeNull()
    expect(await directory.insertSeed(newSession())).toBe('not_current')
    expect(await workflows.list(acme, { limit: 10, after: null })).toEqual([])
  })

  test('of another tenant or mode is not there, whatever is asked', async () => {
    for (const scope of [rival, acmeTest]) {
      const id = workflowIdOf(acme)
      expect(await workflows.find(scope, id)).toBeNull()
      expect(await workflows.current(scope, id)).toBeNull()
      expect(await workflows.versions(scope, id)).toEqual([])
      expect(await workflows.insertVersion(scope, workflowOf(acme, 2))).toBe(false)
      expect(await workflows.softDelete(scope, id, NOW)).toBe(false)
      const listed = await workflows.list(scope, { limit: 10, after: null })
      expect(listed.map(({ workflow_id }) => workflow_id)).toEqual([workflowIdOf(scope)])
    }
    expect((await workflows.find(acme, workflowIdOf(acme)))?.status).toBe('active')
  })

  test('is listed newest first, page after page, none twice', async () => {
    for (let number = 0; number < 7; number += 1) {
      // Pairs of the same instant.
      const created_at = NOW + 1_000 + Math.floor(number / 2)
      await workflows.insert(acme, { ...workflowOf(acme), workflow_id: `more-${number}`, created_at })
    }
    const seen: string[] = []
    let after: { created_at: number; workflow_id: string } | null = null
    for (;;) {
      const page = await workflows.list(acme, { limit: 3, after })
      seen.push(...page.map(({ workflow_id }) => workflow_id))
      const last = page.at(-1)
      if (last === undefined) break
      after = { created_at: last.workflow_created_at, workflow_id: last.workflow_id }
    }
    expect(seen).toEqual(['more-6', 'more-5', 'more-4', 'more-3', 'more-2', 'more-1', 'more-0', workflowIdOf(acme)])
  })
})
