import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { createIndexHolder } from '../../../../src/engines/screening/index-holder.ts'
import type { IndexFacts } from '../../../../src/engines/screening/index-holder.ts'

const CALL = { subjects: [], options: { lists: [], threshold: 0.8, limit: 10, misses: 0 } }
const hex = (bytes: ArrayBufferLike): string => createHash('sha256').update(new Uint8Array(bytes)).digest('hex')

/** Knows how often an index was opened; every text is one. */
function holderOfTexts() {
  const opened: string[] = []
  const holder = createIndexHolder({
    open: (bytes) => {
      opened.push(new TextDecoder().decode(bytes))
      return { lists: [], screen: () => ({ hits: [], near_misses: [] }) }
    },
    digest: async (bytes) => hex(bytes),
  })
  const stateOf = async (index_version: string) => (await holder.screen({ index_version, ...CALL })).state
  return { holder, opened, stateOf }
}

const factsOf = (text: string): IndexFacts => {
  const bytes = new TextEncoder().encode(text)
  return { index_version: text, size: bytes.length, sha256: hex(bytes.buffer) }
}

/** Gives the text when it is told to. */
function heldBack(text: string) {
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>()
  const writer = writable.getWriter()
  const give = async (): Promise<void> => {
    await writer.write(new TextEncoder().encode(text))
    await writer.close()
  }
  return { readable, give, breakOff: () => writer.abort(new Error('broken off')) }
}

describe('the holder of the index', () => {
  it('lets the old index go before it reads the new one', async () => {
    const { holder, stateOf } = holderOfTexts()
    const [old, next] = [heldBack('old'), heldBack('next')]
    const loadingOld = holder.load(factsOf('old'), old.readable)
    await old.give()
    await loadingOld
    expect(await stateOf('old')).toBe('ok')

    const loadingNext = holder.load(factsOf('next'), next.readable)
    await Promise.resolve()
    expect(await stateOf('old')).toBe('not_loaded')
    await next.give()
    expect(await loadingNext).toEqual({ state: 'ok' })
    expect(await stateOf('next')).toBe('ok')
  })

  it('shares one reading between all who ask for the same index, those who screen too', async () => {
    const { holder, opened, stateOf } = holderOfTexts()
    const [first, second] = [heldBack('same'), heldBack('same')]
    const loading = [holder.load(factsOf('same'), first.readable), holder.load(factsOf('same'), second.readable)]
    const screening = stateOf('same')
    await first.give()
    expect(await Promise.all(loading)).toEqual([{ state: 'ok' }, { state: 'ok' }])
    expect(await screening).toBe('ok')
    expect(opened).toEqual(['same'])
  })

  it('reads two different indexes one after the other', async () => {
    const { holder, opened, stateOf } = holderOfTexts()
    const [first, second] = [heldBack('first'), heldBack('second')]
    const loading = [holder.load(factsOf('first'), first.readable), holder.load(factsOf('second'), second.readable)]
    const given = second.give()
    expect(opened).toEqual([])
    await first.give()
    await Promise.all([...loading, given])
    expect(opened).toEqual(['first', 'second'])
    expect([await stateOf('first'), await stateOf('second')]).toEqual(['not_loaded', 'ok'])
  })

  it('refuses a stream that breaks off, and takes the next one', async () => {
    const { holder, stateOf } = holderOfTexts()
    const [broken, whole] = [heldBack('index'), heldBack('index')]
    const loading = holder.load(factsOf('index'), broken.readable)
    await broken.breakOff()
    expect(await loading).toEqual({ state: 'refused', reason: 'broken_off' })
    expect(await stateOf('index')).toBe('not_loaded')

    const again = holder.load(factsOf('index'), whole.readable)
    await whole.give()
    expect(await again).toEqual({ state: 'ok' })
  })
})
