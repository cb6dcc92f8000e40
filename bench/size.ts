import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { runWrangler } from '../src/cli/wrangler.ts'
import { configOf, ENGINE_WORKERS } from '../src/workers/configs.ts'
import { measureStartUp } from './startup.ts'

// How big each built Worker is, gzipped as Cloudflare counts it, and how long the API's takes to start.

const MAX_GZIP_BYTES = 1_000_000
/** Workers that carry engines and their data: the least that any plan takes. */
const MAX_ENGINE_GZIP_BYTES = 3_000_000
const MAX_START_UP_MS = 100

const folder = mkdtempSync(join(tmpdir(), 'kyc-size-'))
const problems: string[] = []
try {
  await measure('the API Worker', 'wrangler.toml', MAX_GZIP_BYTES)
  for (const worker of ENGINE_WORKERS) await measure(`the Worker ${worker}`, configOf(worker), MAX_ENGINE_GZIP_BYTES)

  const startUp = await measureStartUp(folder)
  console.log(
    `start-up in workerd: median ${startUp.medianMs.toFixed(1)} ms of ${startUp.runs} runs ` +
      `(${startUp.minMs.toFixed(1)}–${startUp.maxMs.toFixed(1)} ms; limit ${MAX_START_UP_MS} ms)`,
  )
  if (startUp.medianMs > MAX_START_UP_MS) {
    problems.push(`Too slow by ${(startUp.medianMs - MAX_START_UP_MS).toFixed(1)} ms.`)
  }
  for (const problem of problems) console.error(problem)
  process.exitCode = problems.length === 0 ? 0 : 1
} finally {
  rmSync(folder, { recursive: true, force: true })
}

async function measure(name: string, config: string, maxBytes: number): Promise<void> {
  const outdir = mkdtempSync(join(folder, 'built-'))
  const built = await runWrangler(['deploy', '--dry-run', '--outdir', outdir, '-c', config])
  if (built.code !== 0) throw new Error(`the build of ${name} failed:\n${built.stdout}${built.stderr}`)
  const files = readdirSync(outdir, { recursive: true, encoding: 'utf8' })
    .filter((file) => !file.endsWith('.map') && !file.endsWith('README.md') && statSync(join(outdir, file)).isFile())
    .map((file) => sizesOf(file, readFileSync(join(outdir, file))))
  const raw = files.reduce((sum, file) => sum + file.raw, 0)
  const gzipped = files.reduce((sum, file) => sum + file.gzipped, 0)
  for (const file of files) console.log(line(file.name, file.raw, file.gzipped))
  console.log(`${line(name, raw, gzipped)} (limit ${kib(maxBytes)})`)
  if (gzipped > maxBytes) problems.push(`${name} is too big by ${kib(gzipped - maxBytes)} gzipped.`)
}

function sizesOf(name: string, bytes: Uint8Array): { name: string; raw: number; gzipped: number } {
  return { name, raw: bytes.length, gzipped: gzipSync(bytes, { level: 9 }).length }
}

function line(name: string, raw: number, gzipped: number): string {
  return `${name.padEnd(40)} ${kib(raw).padStart(12)} ${kib(gzipped).padStart(12)} gzipped`
}

function kib(bytes: number): string {
  return `${(bytes / 1_024).toFixed(1)} KiB`
}
