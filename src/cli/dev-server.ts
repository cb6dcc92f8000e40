import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { createInterface } from 'node:readline'
import { configOf, ENGINE_WORKERS } from '../workers/configs.ts'
import { ROOT, WRANGLER_BIN, wranglerEnv } from './wrangler.ts'

export type DevServer = {
  /** Rejects when the server ended before it answered, or took longer than the limit. */
  ready: Promise<void>
  /** Resolves with what was said last when the server ends by itself. */
  ended: Promise<string>
  /** Ends wrangler and its workerd processes. */
  stop(): Promise<void>
}

const READY_LIMIT_MS = 90_000
const POLL_MS = 150
const STOP_LIMIT_MS = 6_000
const KEPT_LINES = 60
const MINUTE_MS = 60_000
/** What it says of a publisher that cannot be reached, several lines each; the Worker's own line says it better. */
const WORDS_OF_WORKERD = /failed to lookup address information|bin\/workerd@|Connection refused \(os error/
const LISTS_EVERY_MS = 5 * MINUTE_MS

/** Starts all Workers with their queues, objects, D1 and R2 in local workerd; `log` gets the Worker's own lines. */
export function startDevServer(options: {
  port: number
  persist: string
  envFile: string
  log: (line: string) => void
}): DevServer {
  const { port, persist, envFile, log } = options
  const url = `http://localhost:${port}`
  const child = spawn(
    process.execPath,
    [
      ...process.execArgv,
      WRANGLER_BIN,
      'dev',
      // The first one answers at the port; the others are reached by its bindings.
      ...['wrangler.toml', ...ENGINE_WORKERS.map(configOf)].flatMap((path) => ['-c', path]),
      '--port',
      String(port),
      '--inspector-port',
      '0',
      '--persist-to',
      persist,
      '--env-file',
      envFile,
      '--show-interactive-dev-session=false',
    ],
    { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'], env: wranglerEnv() },
  )
  const said: string[] = []
  let isReady = false
  const hear = (line: string, isError: boolean): void => {
    said.push(line)
    if (said.length > KEPT_LINES) said.shift()
    // wrangler's own lines hold request paths, and access tokens are in paths: only the Worker's lines go on.
    if (WORDS_OF_WORKERD.test(line)) return
    if (line.startsWith('{') || (isReady && isError && line.trim() !== '')) log(line)
  }
  createInterface({ input: child.stdout }).on('line', (line) => hear(line, false))
  createInterface({ input: child.stderr }).on('line', (line) => hear(line, true))

  const exited = new Promise<void>((done) => {
    child.once('exit', () => done())
    child.once('error', (failure) => {
      said.push(failure.message)
      done()
    })
  })
  const ended = exited.then(() => said.join('\n'))

  const ready = (async () => {
    const limit = Date.now() + READY_LIMIT_MS
    while (Date.now() < limit) {
      if (child.exitCode !== null || child.signalCode !== null)
        throw new Error(`The server ended at once:\n${said.join('\n')}`)
      if (await answersWell(`${url}/healthz`)) {
        isReady = true
        return
      }
      await pause(POLL_MS)
    }
    throw new Error(
      `The server gave no good answer on ${url}/healthz within ${READY_LIMIT_MS / 1_000} s:\n${said.join('\n')}`,
    )
  })()

  return { ready, ended, stop: () => stopChild(child, exited) }
}

/**
 * Cron does not fire under wrangler dev: this does it, each minute. The first time is at once, as if it were the last
 * minute that watchlists are looked after in. Answers the function that ends it.
 */
export function runMinuteCron(url: string, log: (line: string) => void): () => void {
  const fire = async (at: number): Promise<void> => {
    try {
      const answer = await fetch(`${url}/cdn-cgi/local/scheduled?cron=${encodeURIComponent('* * * * *')}&time=${at}`)
      if (!answer.ok) log(`the scheduled handler answered ${answer.status}`)
    } catch (failure) {
      log(`the scheduled handler could not be called: ${failure instanceof Error ? failure.message : String(failure)}`)
    }
  }
  void fire(Math.floor(Date.now() / LISTS_EVERY_MS) * LISTS_EVERY_MS)
  const timer = setInterval(() => void fire(Date.now()), MINUTE_MS)
  return () => clearInterval(timer)
}

async function answersWell(url: string): Promise<boolean> {
  try {
    const answer = await fetch(url, { signal: AbortSignal.timeout(5_000) })
    await answer.arrayBuffer()
    return answer.ok
  } catch {
    return false
  }
}

async function stopChild(child: ChildProcess, exited: Promise<void>): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  child.kill('SIGTERM')
  const force = setTimeout(() => child.kill('SIGKILL'), STOP_LIMIT_MS)
  await exited
  clearTimeout(force)
}

export const pause = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms))
