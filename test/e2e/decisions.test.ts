import { createServer } from 'node:http'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { asText, field, objectsIn } from '../../src/cli/api-client.ts'
import type { Persona } from '../../src/cli/demo-person.ts'
import { checkStates, playLife, refusingExpired } from '../../src/cli/life.ts'
import type { Life } from '../../src/cli/life.ts'
import { numberedNames, unList } from '../support/fixtures/listed.ts'
import { startHarness } from '../support/harness.ts'
import type { Harness } from '../support/harness.ts'
import { publish } from '../support/publisher.ts'

// Three people through the whole of it, on real parts: drawn documents read by OCR, faces compared, a list that was
// fetched and searched. What is decided hangs on what was found.

const OFF = { enabled: false }
const OTHERS = { ofac_sdn: OFF, ofac_cons: OFF, un_sc: OFF, eu_fsf: OFF, uk_sl: OFF }
const LIFE_LIMIT_MS = 120_000

let publisher: Server
let harness: Harness
let workflowId: string

beforeAll(async () => {
  publisher = createServer(publish)
  await new Promise<void>((done) => publisher.listen(0, '127.0.0.1', done))
  const { port } = publisher.address() as AddressInfo
  const url = `http://127.0.0.1:${port}/list.xml`
  await fetch(url, { method: 'PUT', body: JSON.stringify({ body: unList(numberedNames(50)) }) })
  const lists = { ...OTHERS, invented: { format: 'un-xml', main: url } }
  harness = await startHarness({ WATCHLISTS: JSON.stringify(lists) })
  workflowId = await harness.workflowFrom('basic-kyc')
  await harness.runCron(Date.UTC(2026, 0, 1))
  const loaded = async () => objectsIn((await harness.api.data('GET', '/kyc/watchlists/lists'))['lists'])
  await vi.waitFor(async () => expect(await loaded()).toMatchObject([{ entries: 50 }]), {
    timeout: 60_000,
    interval: 500,
  })
}, LIFE_LIMIT_MS)
afterAll(async () => {
  await harness?.stop()
  publisher?.close()
})

const play = (persona: Persona, workflow = workflowId): Promise<Life> =>
  playLife({ url: harness.url, key: harness.key, workflowId: workflow, say: () => undefined, persona })
const statesOf = (life: Life) =>
  Object.fromEntries(checkStates(life.processing).map(({ check, state }) => [check, state]))
const rulesOf = (life: Life) =>
  objectsIn(life.processing['automation_flags']).map((flag) => asText(flag['reason']) ?? '')

describe('a decision on what was found', { timeout: LIFE_LIMIT_MS }, () => {
  it('approves a person whose form, documents and faces agree and who is on no list', async () => {
    const life = await play('consistent')
    expect(statesOf(life)).toEqual({
      extraction: 'ok',
      cross_validation: 'ok',
      face_match: 'ok',
      watchlists: 'ok',
    })
    expect(life.session['status']).toBe('approved')
    expect(life.processing['final_decision']).toBe('approved')
    expect(life.processing['face_match_result']).toMatchObject({ is_match: true, decision: 'match', problems: [] })
    const [front, back] = objectsIn(field(life.processing['extraction_results'], 'documents'))
    expect([front, back]).toMatchObject([
      { document_type: 'id' },
      { mrz: { format: 'TD1', valid: true }, fields: { surname: { value: 'ERIKSSON', source: 'mrz' } } },
    ])
  })

  it('leaves to a person one whose form says another name and birth date than the document', async () => {
    const life = await play('other-form')
    expect(life.session['status']).toBe('manual_review')
    expect(life.processing['cross_validation']).toMatchObject({ state: 'ok', is_consistent: false })
    expect(rulesOf(life).join()).toContain('contradicts another source on name')
  })

  it('refuses by its rule one whose card has run out', async () => {
    const life = await play('expired', await refusingExpired(harness.api, workflowId))
    expect(life.session['status']).toBe('rejected')
    expect(rulesOf(life)).toContain('The id has expired.')
  })
})
