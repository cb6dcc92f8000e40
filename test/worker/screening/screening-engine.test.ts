import { env } from 'cloudflare:workers'
import { describe, expect, it } from 'vitest'
import { createIndexBuilder } from '../../../src/engines/screening/index/build-index.ts'
import type { IndexFacts } from '../../../src/engines/screening/index-holder.ts'
import { nativeSha256 } from '../../../src/workers/native-sha256.ts'
import { listedPerson } from '../../support/fixtures/listed.ts'

const OPTIONS = { lists: [], threshold: 0.8, limit: 10, misses: 0 }
const ANNA = { kind: 'individual' as const, names: ['Anna Example'] }

async function indexOf(
  version: string,
  names: string[],
): Promise<{ facts: IndexFacts; bytes: Uint8Array<ArrayBuffer> }> {
  const builder = createIndexBuilder()
  builder.list({ id: 'test_list', version, published_on: null })
  for (const name of names) builder.add(listedPerson(name))
  const bytes = builder.finish()
  const sha256 = await nativeSha256(bytes.slice().buffer)
  return { bytes, facts: { index_version: version, size: bytes.length, sha256 } }
}

const streamOf = (bytes: Uint8Array<ArrayBuffer>): ReadableStream<Uint8Array> => new Blob([bytes]).stream()
const ask = (index_version: string) =>
  env.SCREENING_ENGINE.screen({ index_version, subjects: [ANNA], options: OPTIONS })
const hitsOf = async (index_version: string): Promise<string[] | 'not_loaded'> => {
  const answer = await ask(index_version)
  return answer.state === 'ok'
    ? answer.results.flatMap(({ hits }) => hits.map((hit) => hit.list_version))
    : answer.state
}

describe('the Worker that screens', () => {
  it('says that an index is not loaded, takes it as a stream, and then searches it', async () => {
    const { facts, bytes } = await indexOf('first', ['Anna Example'])
    expect(await hitsOf('first')).toBe('not_loaded')
    expect(await env.SCREENING_ENGINE.load(facts, streamOf(bytes))).toEqual({ state: 'ok' })
    expect(await hitsOf('first')).toEqual(['first'])
  })

  it('lets the old index go for a new one', async () => {
    const older = await indexOf('older', ['Anna Example'])
    const newer = await indexOf('newer', ['Anna Example'])
    await env.SCREENING_ENGINE.load(older.facts, streamOf(older.bytes))
    await env.SCREENING_ENGINE.load(newer.facts, streamOf(newer.bytes))
    expect(await hitsOf('older')).toBe('not_loaded')
    expect(await hitsOf('newer')).toEqual(['newer'])
  })

  it.each([
    ['wrong_checksum', (facts: IndexFacts) => ({ ...facts, sha256: '0'.repeat(64) })],
    ['wrong_size', (facts: IndexFacts) => ({ ...facts, size: facts.size - 1 })],
    ['wrong_size', (facts: IndexFacts) => ({ ...facts, size: facts.size + 1 })],
    ['wrong_size', (facts: IndexFacts) => ({ ...facts, size: 1024 ** 3 })],
  ])('refuses an index of a %s and is left with none', async (reason, changed) => {
    const { facts, bytes } = await indexOf('whole', ['Anna Example'])
    await env.SCREENING_ENGINE.load(facts, streamOf(bytes))
    const other = { ...changed(facts), index_version: 'other' }
    expect(await env.SCREENING_ENGINE.load(other, streamOf(bytes))).toEqual({ state: 'refused', reason })
    expect([await hitsOf('other'), await hitsOf('whole')]).toEqual(['not_loaded', 'not_loaded'])
  })

  it('refuses what is no index, though its checksum is right', async () => {
    const bytes = new TextEncoder().encode('no index').slice()
    const facts = { index_version: 'text', size: bytes.length, sha256: await nativeSha256(bytes.buffer) }
    expect(await env.SCREENING_ENGINE.load(facts, streamOf(bytes))).toEqual({ state: 'refused', reason: 'unreadable' })
  })

  it('takes one index from two who bring it at the same time', async () => {
    const { facts, bytes } = await indexOf('shared', ['Anna Example'])
    const answers = await Promise.all([1, 2].map(() => env.SCREENING_ENGINE.load(facts, streamOf(bytes))))
    expect(answers).toEqual([{ state: 'ok' }, { state: 'ok' }])
    expect(await hitsOf('shared')).toEqual(['shared'])
  })

  it('is not held up by a caller whose transfer breaks off: the next one brings it', async () => {
    const { facts, bytes } = await indexOf('brought twice', ['Anna Example'])
    const broken = new ReadableStream({
      type: 'bytes',
      start(controller) {
        controller.enqueue(bytes.slice(0, 10))
        controller.error(new Error('gone'))
      },
    })
    expect(await env.SCREENING_ENGINE.load(facts, broken)).toEqual({ state: 'refused', reason: 'broken_off' })
    expect(await env.SCREENING_ENGINE.load(facts, streamOf(bytes))).toEqual({ state: 'ok' })
    expect(await hitsOf('brought twice')).toEqual(['brought twice'])
  })
})
