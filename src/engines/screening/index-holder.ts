// Holds the one index that an isolate searches. A new one is read only after the old one was let go, since two do not fit
// into 128 MB; what is not, byte for byte, the index that was announced is refused and leaves nothing behind.

import type { Screening, ScreeningOptions, ScreeningSubject } from '../../domain/screening/screening.ts'
import type { WatchlistIndex } from './watchlist-index.ts'

/** What is known of an index before it is read. */
export type IndexFacts = {
  index_version: string
  /** Bytes. */
  size: number
  /** SHA-256 in hex. */
  sha256: string
}

export type ScreenCall = {
  index_version: string
  subjects: readonly ScreeningSubject[]
  options: ScreeningOptions
}

export type ScreenAnswer = { state: 'ok'; results: Screening[] } | { state: 'not_loaded' }

export type LoadAnswer =
  | { state: 'ok' }
  | { state: 'refused'; reason: 'wrong_size' | 'wrong_checksum' | 'unreadable' | 'broken_off' }

/** An isolate has 128 MB for everything. */
export const MAX_INDEX_BYTES = 64 * 1024 * 1024

export type IndexHolder = {
  screen(call: ScreenCall): Promise<ScreenAnswer>
  /** Two loads of one index share the first one's bytes; those of two indexes follow one another. */
  load(facts: IndexFacts, bytes: ReadableStream<Uint8Array>): Promise<LoadAnswer>
}

export function createIndexHolder(parts: {
  open: (bytes: ArrayBuffer) => WatchlistIndex
  /** SHA-256 in hex. */
  digest: (bytes: ArrayBuffer) => Promise<string>
}): IndexHolder {
  let held: { version: string; index: WatchlistIndex } | null = null
  const underway = new Map<string, Promise<LoadAnswer>>()
  let last: Promise<unknown> = Promise.resolve()

  async function read(facts: IndexFacts, stream: ReadableStream<Uint8Array>): Promise<LoadAnswer> {
    held = null
    if (facts.size > MAX_INDEX_BYTES) return refuse(stream, 'wrong_size')
    const bytes = await readExactly(stream, facts.size)
    if (typeof bytes === 'string') return refuse(stream, bytes)
    if ((await parts.digest(bytes)) !== facts.sha256) return refuse(null, 'wrong_checksum')
    try {
      held = { version: facts.index_version, index: parts.open(bytes) }
      return { state: 'ok' }
    } catch {
      return refuse(null, 'unreadable')
    }
  }

  return {
    async screen({ index_version, subjects, options }) {
      await underway.get(index_version)
      if (held?.version !== index_version) return { state: 'not_loaded' }
      const { index } = held
      return { state: 'ok', results: subjects.map((subject) => index.screen(subject, options)) }
    },

    load(facts, stream) {
      const version = facts.index_version
      const same = underway.get(version)
      if (same !== undefined) {
        letGo(stream)
        return same
      }
      const done = last
        .then(() => (held?.version === version ? dropped(stream) : read(facts, stream)))
        .finally(() => underway.delete(version))
      underway.set(version, done)
      last = done.catch(() => undefined)
      return done
    },
  }
}

function dropped(stream: ReadableStream<Uint8Array>): LoadAnswer {
  letGo(stream)
  return { state: 'ok' }
}

async function readExactly(
  stream: ReadableStream<Uint8Array>,
  size: number,
): Promise<ArrayBuffer | 'wrong_size' | 'broken_off'> {
  const bytes = new Uint8Array(size)
  let length = 0
  const reader = stream.getReader()
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return length === size ? bytes.buffer : 'wrong_size'
      if (length + value.length > size) return 'wrong_size'
      bytes.set(value, length)
      length += value.length
    }
  } catch {
    return 'broken_off'
  } finally {
    reader.releaseLock()
  }
}

function refuse(
  stream: ReadableStream<Uint8Array> | null,
  reason: Extract<LoadAnswer, { state: 'refused' }>['reason'],
): LoadAnswer {
  letGo(stream)
  return { state: 'refused', reason }
}

function letGo(stream: ReadableStream<Uint8Array> | null): void {
  stream?.cancel().catch(() => undefined)
}
