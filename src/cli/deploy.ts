import { spawnSync } from 'node:child_process'
import { applyMigrations, ROOT, WRANGLER_BIN, wranglerEnv } from './wrangler.ts'

// Migrations first: the new Worker may need the new column, and an old Worker must live with it for the seconds between.
try {
  await applyMigrations({ kind: 'remote' })
} catch (failure) {
  process.stderr.write(`${failure instanceof Error ? failure.message : String(failure)}\n`)
  process.exit(1)
}
const deployed = spawnSync(process.execPath, [WRANGLER_BIN, 'deploy', ...process.argv.slice(2)], {
  cwd: ROOT,
  stdio: 'inherit',
  env: wranglerEnv(),
})
process.exit(deployed.status ?? 1)
