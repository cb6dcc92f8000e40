import { spawn } from 'node:child_process'
import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ROOT, wranglerEnv } from './wrangler.ts'

// Everything that can be said about the tree without running it. Each part runs, so that one failure does not hide another.

type Part = { name: string; run: () => Promise<{ ok: boolean; output: string }>; remedy: string }

const tool = (path: string, args: string[]) => (): Promise<{ ok: boolean; output: string }> =>
  new Promise((done, fail) => {
    const child = spawn(process.execPath, [join(ROOT, 'node_modules', path), ...args], {
      cwd: ROOT,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: wranglerEnv(),
    })
    let output = ''
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()))
    child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()))
    child.on('error', fail)
    child.on('close', (code) => done({ ok: code === 0, output }))
  })

/** A migration is missing when drizzle-kit, given a copy of all there are, still finds one to write. */
async function migrationsAreComplete(): Promise<{ ok: boolean; output: string }> {
  const folder = mkdtempSync(join(tmpdir(), 'kyc-migrations-'))
  try {
    cpSync(join(ROOT, 'migrations'), folder, { recursive: true })
    const before = readdirSync(folder).length
    const args = ['generate', '--dialect', 'sqlite', '--schema', 'src/platform/d1/schema.ts', '--out', folder]
    const { ok, output } = await tool('drizzle-kit/bin.cjs', args)()
    return { ok: ok && readdirSync(folder).length === before, output }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** A script of this folder with the Node at hand. */
const script = (file: string, args: string[]) => tool(join('..', 'src/cli', file), args)

const PARTS: Part[] = [
  { name: 'types', run: tool('typescript/bin/tsc', ['--noEmit', '-p', '.']), remedy: 'mend what tsc names' },
  {
    name: 'bindings',
    run: script('types.ts', ['--check']),
    remedy: 'worker-configuration.d.ts is older than wrangler.toml: npm run types',
  },
  { name: 'migrations', run: migrationsAreComplete, remedy: 'the schema is ahead of migrations/: npm run migrations' },
  {
    name: 'openapi',
    run: script('openapi.ts', ['--check']),
    remedy: 'docs/openapi.json is older than the routes: npm run openapi',
  },
  { name: 'openapi lint', run: script('openapi-lint.ts', []), remedy: 'mend what the linters of the document name' },
  {
    name: 'lint',
    run: tool('oxlint/bin/oxlint', ['--type-aware', '--deny-warnings']),
    remedy: 'mend what oxlint names',
  },
  { name: 'format', run: tool('oxfmt/bin/oxfmt', ['--check']), remedy: 'npm run format' },
]

let failed = 0
for (const part of PARTS) {
  const started = performance.now()
  const { ok, output } = await part.run()
  const seconds = ((performance.now() - started) / 1_000).toFixed(1)
  console.log(`${ok ? '✓' : '✗'} ${part.name.padEnd(12)} ${seconds} s`)
  if (ok) continue
  failed += 1
  console.log(output.trim())
  console.log(`→ ${part.remedy}\n`)
}
console.log(failed === 0 ? 'check: all good' : `check: ${failed} of ${PARTS.length} failed`)
process.exit(failed === 0 ? 0 : 1)
