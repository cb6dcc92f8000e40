import { spawnSync } from 'node:child_process'
import { configOf, ENGINE_WORKERS } from '../workers/configs.ts'
import { applyMigrations, ROOT, WRANGLER_BIN, wranglerEnv } from './wrangler.ts'

// Migrations first: the new Worker may need the new column, and an old Worker must live with it for the seconds between.
try {
  await applyMigrations({ kind: 'remote' })
} catch (failure) {
  process.stderr.write(`${failure instanceof Error ? failure.message : String(failure)}\n`)
  process.exit(1)
}

// Engines before the API: a binding to a Worker that is not there is refused, and an old API must live with a new engine.
for (const config of [...ENGINE_WORKERS.map(configOf), 'wrangler.toml']) {
  const { status } = spawnSync(process.execPath, [WRANGLER_BIN, 'deploy', '-c', config, ...process.argv.slice(2)], {
    cwd: ROOT,
    stdio: 'inherit',
    env: wranglerEnv(),
  })
  if (status !== 0) process.exit(status ?? 1)
}
