import { parseArgs } from 'node:util'
import { DEFAULT_PERSIST, executeSql } from './wrangler.ts'
import type { Place } from './wrangler.ts'

const USAGE = `After D1 was restored: has the Worker's cron lay every deletion again that R2 knows of, and has the session
objects tell D1 what it has forgotten. The cron notices most restores by itself; this makes sure. Safe to repeat.

  npm run restore:replay -- [--remote | --persist DIR]

  --remote   the deployment that wrangler is logged in to
  --persist  the local folder of npm start, ${DEFAULT_PERSIST} if left out
`

/** A D1 that counts less than R2 is one that was restored, and zero is less than anything: from the first day on. */
const COUNT_NOTHING = `INSERT INTO restore_watch (id, beat, beat_at, position, repair) VALUES (1, 0, 0, 0, NULL)
  ON CONFLICT (id) DO UPDATE SET beat = 0, beat_at = 0;`

try {
  const { values } = parseArgs({
    options: { remote: { type: 'boolean', default: false }, persist: { type: 'string', default: DEFAULT_PERSIST } },
  })
  const place: Place = values.remote ? { kind: 'remote' } : { kind: 'local', persist: values.persist }
  await executeSql(place, COUNT_NOTHING)
  process.stderr.write(
    'Asked for. The cron begins within a minute; its log says restore.noticed, then restore.repaired.\n',
  )
} catch (failure) {
  process.stderr.write(`${failure instanceof Error ? failure.message : String(failure)}\n\n${USAGE}`)
  process.exit(2)
}
