// Decides whether node_modules is what the lock file says, and brings it there with `npm ci`. Plain JavaScript for any
// Node ≥ 20 and without a dependency: it runs when nothing is installed yet.
import { spawnSync } from 'node:child_process'
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import process from 'node:process'

const LOCK_WAIT_MS = 500
const LOCK_WAIT_LIMIT_MS = 10 * 60_000

/**
 * Why an install is needed, in words; null when everything is there. Packages for other systems may be missing.
 * @param {string} root
 * @returns {string | null}
 */
export function staleReason(root) {
  const wanted = packagesOf(join(root, 'package-lock.json'))
  if (wanted === null) throw new Error(`package-lock.json is missing or unreadable in ${root}`)
  const installed = packagesOf(join(root, 'node_modules/.package-lock.json'))
  if (installed === null) return 'nothing is installed yet'
  for (const [path, entry] of Object.entries(wanted)) {
    if (path === '' || entry.link === true) continue
    const present = installed[path]
    if (present === undefined || !existsSync(join(root, path, 'package.json'))) {
      if (entry.optional === true && !isForThisSystem(entry)) continue
      return `${path.replace(/^.*node_modules\//, '')} is missing`
    }
    if (present.version !== entry.version || present.integrity !== entry.integrity) {
      return `${path.replace(/^.*node_modules\//, '')} is ${present.version}, the lock file says ${entry.version}`
    }
  }
  return null
}

/** @param {string} root */
export function installIfStale(root) {
  if (staleReason(root) === null) return
  const release = takeLock(root)
  try {
    // Another command may have installed while this one waited.
    const reason = staleReason(root)
    if (reason === null) return
    process.stderr.write(`Installing dependencies (${reason}) …\n`)
    const { command, args, env } = npm()
    const outcome = spawnSync(command, [...args, 'ci', '--no-audit', '--no-fund', '--loglevel=error'], {
      cwd: root,
      env,
      // stdout belongs to the command that comes after.
      stdio: ['ignore', 2, 2],
    })
    if (outcome.status !== 0) {
      const why =
        outcome.error === undefined ? `npm ended with ${outcome.status ?? outcome.signal}` : outcome.error.message
      process.stderr.write(
        `\nThe install failed: ${why}. It needs the npm registry; run the command again when it can be reached.\n`,
      )
      process.exit(1)
    }
  } finally {
    release()
  }
}

/**
 * An entry without `os`, `cpu` and `libc` hangs on a parent that names them: its absence says nothing.
 * @param {{ os?: string | string[], cpu?: string | string[], libc?: string | string[] }} entry
 */
function isForThisSystem(entry) {
  if (entry.os === undefined && entry.cpu === undefined && entry.libc === undefined) return false
  return matches(entry.os, process.platform) && matches(entry.cpu, process.arch) && matches(entry.libc, libc())
}

/** @param {string | string[] | undefined} wanted @param {string | null} actual */
function matches(wanted, actual) {
  if (wanted === undefined || actual === null) return true
  const list = Array.isArray(wanted) ? wanted : [wanted]
  const allowed = list.filter((name) => !name.startsWith('!'))
  return !list.includes(`!${actual}`) && (allowed.length === 0 || allowed.includes(actual))
}

function libc() {
  if (process.platform !== 'linux') return null
  const { header } = /** @type {{ header: { glibcVersionRuntime?: string } }} */ (process.report.getReport())
  return header.glibcVersionRuntime === undefined ? 'musl' : 'glibc'
}

/** @param {string} file */
function packagesOf(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).packages ?? null
  } catch {
    return null
  }
}

/** npm as it called us, run by the Node that runs npm: the one in node_modules goes away during the install. */
function npm() {
  const path = (process.env['PATH'] ?? '')
    .split(delimiter)
    .filter((folder) => !/node_modules[\\/]\.bin[\\/]?$/.test(folder))
    .join(delimiter)
  const env = { ...process.env, PATH: path }
  const cli = process.env['npm_execpath']
  const node = process.env['npm_node_execpath']
  if (cli !== undefined && /npm-cli\.[cm]?js$/.test(cli) && node !== undefined && existsSync(node)) {
    return { command: node, args: [cli], env }
  }
  return { command: 'npm', args: [], env }
}

/** @param {string} root @returns {() => void} */
function takeLock(root) {
  const file = join(root, '.kyc/install.lock')
  mkdirSync(join(root, '.kyc'), { recursive: true })
  for (let waitedMs = 0; ; waitedMs += LOCK_WAIT_MS) {
    try {
      const handle = openSync(file, 'wx')
      writeSync(handle, String(process.pid))
      closeSync(handle)
      return () => rmSync(file, { force: true })
    } catch (failure) {
      if (/** @type {NodeJS.ErrnoException} */ (failure).code !== 'EEXIST') throw failure
      if (!isHeld(file) || waitedMs > LOCK_WAIT_LIMIT_MS) rmSync(file, { force: true })
      else Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, LOCK_WAIT_MS)
    }
  }
}

/** @param {string} file */
function isHeld(file) {
  try {
    const text = readFileSync(file, 'utf8')
    // Empty: made a moment ago, its writer has not come to the process id yet.
    if (text === '') return true
    process.kill(Number(text), 0)
    return true
  } catch {
    return false
  }
}
