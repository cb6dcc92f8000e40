import type { RestoreLedger } from '../../application/ports.ts'
import { civilDateAt } from '../../domain/time.ts'

const HEAD = 'restore/head.json'
const PAGES = 'restore/ledger/'
const BEAT_DIGITS = 12
const DELETE_BATCH = 1_000
const MAX_DELETE_BATCHES = 5

/** `restore/ledger/{yyyy-mm-dd}/{beat}.json`: names that sort as the pages were written. */
export function createRestoreLedger(bucket: R2Bucket): RestoreLedger {
  const json = { httpMetadata: { contentType: 'application/json' } }
  return {
    async head() {
      const object = await bucket.get(HEAD)
      return object === null ? 0 : (await object.json<{ beat: number }>()).beat
    },

    async putHead(beat) {
      await bucket.put(HEAD, JSON.stringify({ beat }), json)
    },

    async putPage({ beat, at, session_ids }) {
      const key = `${PAGES}${civilDateAt(at)}/${String(beat).padStart(BEAT_DIGITS, '0')}.json`
      await bucket.put(key, JSON.stringify(session_ids), json)
    },

    async nextPage(since, after) {
      const { objects } = await bucket.list({ prefix: PAGES, limit: 1, startAfter: after ?? `${PAGES}${since}` })
      const key = objects[0]?.key
      if (key === undefined) return null
      const page = await bucket.get(key)
      return { key, session_ids: page === null ? [] : await page.json<string[]>() }
    },

    async forget(before) {
      for (let batch = 0; batch < MAX_DELETE_BATCHES; batch += 1) {
        const { objects } = await bucket.list({ prefix: PAGES, limit: DELETE_BATCH })
        const old = objects.map(({ key }) => key).filter((key) => key < `${PAGES}${before}`)
        if (old.length > 0) await bucket.delete(old)
        if (old.length < DELETE_BATCH) return
      }
    },
  }
}
