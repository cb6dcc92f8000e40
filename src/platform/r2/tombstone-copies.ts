import type { TombstoneCopies, TombstoneCopy } from '../../application/ports.ts'
import { civilDateAt } from '../../domain/time.ts'

const PREFIX = 'tombstones/'

/** `tombstones/{yyyy-mm-dd}/{session_id}.json`: by day of deletion, so that a restore reads the days it went back. */
export function createTombstoneCopies(bucket: R2Bucket): TombstoneCopies {
  return {
    async put(tombstone) {
      const { session_id, erased_at } = tombstone
      await bucket.put(`${PREFIX}${civilDateAt(erased_at)}/${session_id}.json`, JSON.stringify(tombstone), {
        httpMetadata: { contentType: 'application/json' },
      })
    },

    async list(since, { after, limit }) {
      const page = await bucket.list({ prefix: PREFIX, limit, startAfter: after ?? `${PREFIX}${since}` })
      const tombstones: TombstoneCopy[] = []
      for (const { key } of page.objects) {
        const copy = await bucket.get(key)
        if (copy !== null) tombstones.push(await copy.json<TombstoneCopy>())
      }
      return { tombstones, next: page.truncated ? (page.objects.at(-1)?.key ?? null) : null }
    },
  }
}
