import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { extname, join } from 'node:path'
import { unstable_getMiniflareWorkerOptions } from 'wrangler'
import { ensureModels } from '../../src/cli/models.ts'
import { runWrangler } from '../../src/cli/wrangler.ts'
import { configOf, ENGINE_WORKERS } from '../../src/workers/configs.ts'
import type { EngineWorker } from '../../src/workers/configs.ts'

// The engine Workers as wrangler builds them, for the tests in workerd: the Vitest plugin builds the Worker under test alone.

const MODULE_TYPES: Record<string, 'ESModule' | 'CompiledWasm' | 'Text' | 'Data' | undefined> = {
  '.js': 'ESModule',
  '.mjs': 'ESModule',
  '.wasm': 'CompiledWasm',
  '.txt': 'Text',
  '.html': 'Text',
  '.sql': 'Text',
  '.bin': 'Data',
}

let built: ReturnType<typeof buildAll> | null = null

/** Once for all files of a run: the plugin asks anew for each. */
export const buildEngineWorkers = () => (built ??= buildAll())

async function buildAll() {
  ensureModels()
  return Promise.all(ENGINE_WORKERS.map(build))
}

async function build(worker: EngineWorker) {
  const folder = mkdtempSync(join(tmpdir(), `kyc-${worker}-`))
  try {
    const { code, stdout, stderr } = await runWrangler([
      'deploy',
      '--dry-run',
      '--outdir',
      folder,
      '-c',
      configOf(worker),
    ])
    if (code !== 0) throw new Error(`building ${worker} failed:\n${stdout}${stderr}`)
    const entry = `${worker}.js`
    const modules = readdirSync(folder, { recursive: true, encoding: 'utf8' }).flatMap((path) => {
      const type = MODULE_TYPES[extname(path)]
      return type === undefined ? [] : [{ type, path, contents: new Uint8Array(readFileSync(join(folder, path))) }]
    })
    return {
      ...unstable_getMiniflareWorkerOptions(configOf(worker)).workerOptions,
      name: `kyc-sessions-${worker}`,
      // The first module is the entry.
      modules: modules.toSorted((a, b) => Number(b.path === entry) - Number(a.path === entry)),
      modulesRoot: '/',
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
