import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pause } from '../../src/cli/dev-server.ts'
import { makeLocalState, writeEnvFile } from '../../src/cli/local-state.ts'
import { configOf, ENGINE_WORKERS } from '../../src/workers/configs.ts'
import { applyMigrations, executeSql, ROOT, WRANGLER_BIN, wranglerEnv } from '../../src/cli/wrangler.ts'

// The soak's Worker in `wrangler dev`, on a folder that outlives it: killed as a machine is that loses its power.

const READY_LIMIT_MS = 60_000

export type SoakServer = {
  url: string
  key: string
  /** Resolves when it answers. */
  start(): Promise<void>
  /** SIGKILL to wrangler and workerd at once. */
  kill(): Promise<void>
}

export async function prepareServer(options: {
  persist: string
  port: number
  engines: 'fake' | 'real'
}): Promise<SoakServer> {
  const { persist, port, engines } = options
  const url = `http://127.0.0.1:${port}`
  mkdirSync(persist, { recursive: true })
  const state = makeLocalState()
  const envFile = writeEnvFile(persist, {
    ENVIRONMENT: 'development',
    PUBLIC_BASE_URL: `http://localhost:${port}`,
    R2_S3_ENDPOINT: `${url}/cdn-cgi/local/r2/s3`,
    R2_ACCESS_KEY_ID: 'local-access-key',
    R2_SECRET_ACCESS_KEY: 'local-secret-key-only-for-development',
    ACCESS_TOKEN_KEYS: state.access_token_keys,
    WATCHLISTS: 'off',
    SOAK_ENGINES: engines,
  })
  await applyMigrations({ kind: 'local', persist })
  await executeSql({ kind: 'local', persist }, state.seed_sql)
  const config = writeConfig(persist)
  let child: ChildProcess | null = null

  return {
    url,
    key: state.api_key,
    async start() {
      child = spawn(
        process.execPath,
        [
          ...process.execArgv,
          WRANGLER_BIN,
          'dev',
          ...[config, ...ENGINE_WORKERS.map((worker) => join(ROOT, configOf(worker)))].flatMap((path) => [
            '--config',
            path,
          ]),
          '--port',
          String(port),
          '--ip',
          '127.0.0.1',
          '--inspector-port',
          '0',
          '--persist-to',
          persist,
          '--env-file',
          envFile,
          '--show-interactive-dev-session=false',
        ],
        { cwd: ROOT, stdio: 'ignore', env: wranglerEnv(), detached: true },
      )
      const limit = Date.now() + READY_LIMIT_MS
      while (!(await isUp(url))) {
        if (Date.now() > limit) throw new Error('the soak’s server gave no answer within a minute')
        await pause(100)
      }
    },
    async kill() {
      if (child?.pid === undefined || child.exitCode !== null) return
      const gone = new Promise((done) => child?.once('exit', done))
      process.kill(-child.pid, 'SIGKILL')
      await gone
    },
  }
}

/** The project's own configuration around the soak's entry; limits on abuse would only slow the soak's single client. */
function writeConfig(persist: string): string {
  const text = readFileSync(join(ROOT, 'wrangler.toml'), 'utf8')
    .replace('main = "src/worker.ts"', `main = "${join(ROOT, 'bench/soak/entry.ts')}"`)
    .replace('directory = "public"', `directory = "${join(ROOT, 'public')}"`)
    .replace('migrations_dir = "migrations"', `migrations_dir = "${join(ROOT, 'migrations')}"`)
    .replaceAll(/limit = \d+/g, 'limit = 1000000')
  const file = join(persist, 'wrangler.toml')
  writeFileSync(file, text)
  return file
}

async function isUp(url: string): Promise<boolean> {
  try {
    const answer = await fetch(`${url}/healthz`, { signal: AbortSignal.timeout(2_000) })
    await answer.arrayBuffer()
    return answer.ok
  } catch {
    return false
  }
}
