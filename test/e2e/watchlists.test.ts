import { createServer } from 'node:http'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { objectsIn } from '../../src/cli/api-client.ts'
import { publish } from '../support/publisher.ts'
import { numberedNames, unList } from '../support/fixtures/listed.ts'
import { startHarness } from '../support/harness.ts'
import type { Harness } from '../support/harness.ts'

// From a publisher to what the API says of its list: cron, the real queue, all Workers as they are deployed.

const OFF = { enabled: false }

let publisher: Server
let harness: Harness
let url: string

beforeAll(async () => {
  publisher = createServer(publish)
  await new Promise<void>((done) => publisher.listen(0, '127.0.0.1', done))
  const { port } = publisher.address() as AddressInfo
  url = `http://127.0.0.1:${port}`
  const lists = {
    ofac_sdn: OFF,
    ofac_cons: OFF,
    un_sc: OFF,
    eu_fsf: OFF,
    uk_sl: OFF,
    good_list: { format: 'un-xml', main: `${url}/good.xml` },
    bad_list: { format: 'un-xml', main: `${url}/bad.xml` },
  }
  harness = await startHarness({ WATCHLISTS: JSON.stringify(lists) })
})
afterAll(async () => {
  await harness?.stop()
  publisher?.close()
})

const lists = async () => objectsIn((await harness.api.data('GET', '/kyc/watchlists/lists'))['lists'])

describe('a list', () => {
  it('comes in by cron and queue, and another that does not says why', async () => {
    await fetch(`${url}/good.xml`, { method: 'PUT', body: JSON.stringify({ body: unList(numberedNames(500)) }) })
    await fetch(`${url}/bad.xml`, { method: 'PUT', body: JSON.stringify({ status: 503 }) })
    expect(await lists()).toMatchObject([
      { id: 'good_list', version: null, is_stale: true, last_error: null },
      { id: 'bad_list', version: null, is_stale: true, last_error: null },
    ])
    await harness.runCron(Date.UTC(2026, 0, 1))
    await expect.poll(lists, { timeout: 60_000, interval: 500 }).toMatchObject([
      {
        id: 'good_list',
        version: expect.stringMatching(/^2026-11-20-[0-9a-f]{8}$/),
        published_on: '2026-11-20',
        entries: 500,
        names: 500,
        age_hours: 0,
        is_stale: false,
        last_error: null,
      },
      { id: 'bad_list', version: null, checked_at: expect.any(String), last_error: 'its publisher answered 503' },
    ])
  })

  it('says nothing of who is on it, in the log', () => {
    expect(harness.logs().join('\n')).not.toMatch(/Invented Person/i)
  })
})
