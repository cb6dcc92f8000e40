import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { runWrangler } from '../src/cli/wrangler.ts'
import { measureStartUp } from './startup.ts'

// How big the built Worker is, gzipped as Cloudflare counts it, and how long it takes to start.

const MAX_GZIP_BYTES = 1_000_000
const MAX_START_UP_MS = 100

const folder = mkdtempSync(join(tmpdir(), 'kyc-size-'))
try {
  const built = await runWrangler(['deploy', '--dry-run', '--outdir', folder])
  if (built.code !== 0) throw new Error(`the build failed:\n${built.stdout}${built.stderr}`)
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => !name.endsWith('.map') && !name.endsWith('README.md') && statSync(join(folder, name)).isFile())
    .map((name) => ({ name, bytes: readFileSync(join(folder, name)) }))
  const raw = files.reduce((sum, { bytes }) => sum + bytes.length, 0)
  const gzipped = files.reduce((sum, { bytes }) => sum + gzipSync(bytes, { level: 9 }).length, 0)
  for (const { name, bytes } of files) {
    console.log(
      `${name.padEnd(40)} ${kib(bytes.length).padStart(12)} ${kib(gzipSync(bytes, { level: 9 }).length).padStart(12)} gzipped`,
    )
  }
  console.log(
    `${'the Worker'.padEnd(40)} ${kib(raw).padStart(12)} ${kib(gzipped).padStart(12)} gzipped (limit ${kib(MAX_GZIP_BYTES)})`,
  )

  const startUp = await measureStartUp(folder)
  console.log(
    `start-up in workerd: median ${startUp.medianMs.toFixed(1)} ms of ${startUp.runs} runs ` +
      `(${startUp.minMs.toFixed(1)}–${startUp.maxMs.toFixed(1)} ms; limit ${MAX_START_UP_MS} ms)`,
  )
  const isTooBig = gzipped > MAX_GZIP_BYTES
  const isTooSlow = startUp.medianMs > MAX_START_UP_MS
  if (isTooBig) console.error(`Too big by ${kib(gzipped - MAX_GZIP_BYTES)} gzipped.`)
  if (isTooSlow) console.error(`Too slow by ${(startUp.medianMs - MAX_START_UP_MS).toFixed(1)} ms.`)
  process.exitCode = isTooBig || isTooSlow ? 1 : 0
} finally {
  rmSync(folder, { recursive: true, force: true })
}

function kib(bytes: number): string {
  return `${(bytes / 1_024).toFixed(1)} KiB`
}
