import { configOf, ENGINE_WORKERS } from '../workers/configs.ts'
import { runWrangler } from './wrangler.ts'

// The types of all bindings; those of the engine Workers' calls come from their configs. `--check`: are they up to date?

const configs = ['wrangler.toml', ...ENGINE_WORKERS.map(configOf)].flatMap((path) => ['-c', path])
const outcome = await runWrangler(['types', '--include-runtime=false', ...configs, ...process.argv.slice(2)])
process.stdout.write(outcome.stdout)
process.stderr.write(outcome.stderr)
process.exit(outcome.code)
