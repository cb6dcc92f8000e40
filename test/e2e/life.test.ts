import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { asText, field, objectsIn } from '../../src/cli/api-client.ts'
import type { Json, JsonObject } from '../../src/cli/api-client.ts'
import { readExports } from '../../src/cli/audit-export.ts'
import { checkStates, playLife } from '../../src/cli/life.ts'
import type { Life } from '../../src/cli/life.ts'
import { verifyChain } from '../../src/domain/audit/verify-chain.ts'
import { startHarness } from '../support/harness.ts'
import type { Harness } from '../support/harness.ts'

describe('a session from its creation to its decision, over HTTP', () => {
  let harness: Harness
  let life: Life
  const trace: string[] = []

  beforeAll(async () => {
    harness = await startHarness()
    const workflowId = await harness.workflowFrom('basic-kyc')
    life = await playLife({ url: harness.url, key: harness.key, workflowId, say: (line) => trace.push(line) }).catch(
      (failure: unknown) => {
        throw new Error(
          `the life broke off after:\n${trace.join('\n')}\n\nthe Worker said:\n${harness.logs().join('\n')}`,
          { cause: failure },
        )
      },
    )
  })
  afterAll(() => harness?.stop())

  it('ends in manual_review, since checks that are not configured never approve', () => {
    expect(life.session['status']).toBe('manual_review')
    expect(life.session['final_decision']).toBe('manual_review')
    expect(life.processing['final_decision']).toBe('manual_review')
  })

  it('says of each check what became of it', () => {
    const states = Object.fromEntries(checkStates(life.processing).map(({ check, state }) => [check, state]))
    expect(states['watchlists']).toBe('not_configured')
    expect(Object.values(states)).not.toContain('error')
  })

  it('names every rule that led to the decision', () => {
    const flags = objectsIn(life.processing['automation_flags'])
    expect(flags.length).toBeGreaterThan(0)
    for (const flag of flags) {
      expect(asText(flag['rule'])).not.toBe('')
      expect(asText(flag['reason'])).not.toBe('')
    }
  })

  it('gives back a JPEG and a PDF byte for byte', () => {
    const endings = new Set(life.documents.map(({ file }) => file.split('.').at(-1)))
    expect(endings).toEqual(new Set(['jpg', 'pdf']))
    // playLife has compared the bytes of each; here only that it had some.
    expect(life.documents.every(({ bytes }) => bytes > 1_000)).toBe(true)
  })

  it('leaves the log empty: all went well, and nothing of the person, the link or the key is a log line', () => {
    expect(harness.logs()).toEqual([])
  })

  it('has a trail that a verifier finds intact, page by page, and a log of who read it', async () => {
    const pages: Json[] = []
    for (let after: Json = 0; typeof after === 'number';) {
      const page: JsonObject = await harness.api.data(
        'GET',
        `/kyc/sessions/${life.sessionId}/audit?after=${after}&limit=7`,
      )
      pages.push(page)
      after = field(page['pagination'], 'next_after') ?? null
    }
    const [trail] = readExports([{ name: 'pages', text: JSON.stringify(pages) }]).trails
    if (trail === undefined) throw new Error('no trail')
    const verdict = verifyChain(trail)
    expect(pages.length).toBeGreaterThan(1)
    expect(verdict).toMatchObject({ ok: true, value: { length: life.session['version'], unchained: 0 } })

    const day = new Date().toISOString().slice(0, 10)
    const { lines } = await harness.api.data('GET', `/kyc/audit/access-log?day=${day}&limit=100`)
    const operations = objectsIn(lines).map((line) => line['operation'])
    expect(operations).toEqual(expect.arrayContaining(['link.opened', 'session.read', 'document.url', 'session.audit']))
  })

  it('lists the session with its decision', async () => {
    const { sessions } = await harness.api.data('GET', '/kyc/sessions?status=manual_review')
    expect(objectsIn(sessions).map((row) => row['session_id'])).toContain(life.sessionId)
  })
})
