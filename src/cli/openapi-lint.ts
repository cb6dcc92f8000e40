import { spawnSync } from 'node:child_process'
import { ROOT } from './wrangler.ts'

// Both linters over docs/openapi.json; a warning is a failure. What is switched off says why, in their configs.

const LINTERS = [
  ['redocly', 'lint', 'docs/openapi.json', '--config', '.redocly.yaml'],
  ['spectral', 'lint', 'docs/openapi.json', '--ruleset', '.spectral.yaml', '--fail-severity', 'info'],
] as const

let failed = 0
for (const [tool, ...args] of LINTERS) {
  const env = { ...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' }
  const { status, stdout, stderr } = spawnSync(tool, args, { cwd: ROOT, encoding: 'utf8', env })
  const output = `${stdout}${stderr}`
  const isClean = status === 0 && !/\bYou have \d+ warning/.test(output)
  console.log(`${isClean ? '✓' : '✗'} ${tool}`)
  if (isClean) continue
  failed += 1
  console.log(output.trim())
}
process.exit(failed === 0 ? 0 : 1)
