import { spawn } from 'node:child_process'
import { join, resolve } from 'node:path'

export const ROOT = resolve(import.meta.dirname, '../..')
export const DATABASE = 'kyc-sessions'
export const DEFAULT_PERSIST = '.kyc'
export const WRANGLER_BIN = join(ROOT, 'node_modules/wrangler/bin/wrangler.js')

/** Where a database is: in a folder of this machine, or in the account that wrangler is logged in to. */
export type Place = { kind: 'local'; persist: string } | { kind: 'remote' }

export type Outcome = { code: number; stdout: string; stderr: string }

/** Runs wrangler to its end. Never asks anything: stdin is closed. */
export function runWrangler(args: string[]): Promise<Outcome> {
  return new Promise((done, fail) => {
    const child = spawn(process.execPath, [...process.execArgv, WRANGLER_BIN, ...args], {
      cwd: ROOT,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: wranglerEnv(),
    })
    let stdout = ''
    let stderr = ''
    child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()))
    child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()))
    child.on('error', fail)
    child.on('close', (code) => done({ code: code ?? 1, stdout, stderr }))
  })
}

/** No telemetry, no question, nothing from the network that is not asked for. */
export function wranglerEnv(): NodeJS.ProcessEnv {
  return {
    ...process.env,
    WRANGLER_SEND_METRICS: 'false',
    WRANGLER_SEND_ERROR_REPORTS: 'false',
    WRANGLER_HIDE_BANNER: 'true',
    CLOUDFLARE_CF_FETCH_ENABLED: 'false',
    FORCE_COLOR: '0',
  }
}

const placeArgs = (place: Place): string[] =>
  place.kind === 'remote' ? ['--remote'] : ['--local', '--persist-to', resolve(ROOT, place.persist)]

export async function applyMigrations(place: Place): Promise<void> {
  await succeed(['d1', 'migrations', 'apply', DATABASE, ...placeArgs(place)], 'applying the D1 migrations')
}

export async function executeSql(place: Place, sql: string): Promise<void> {
  await succeed(['d1', 'execute', DATABASE, ...placeArgs(place), '--yes', '--command', sql], 'writing to D1')
}

async function succeed(args: string[], what: string): Promise<void> {
  const { code, stdout, stderr } = await runWrangler(args)
  if (code !== 0) throw new Error(`${what} failed:\n${stdout}${stderr}`)
}
