import { mkdirSync } from 'node:fs'
import { createServer } from 'node:net'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { TEMPLATE_NAMES } from '../domain/workflow/templates/index.ts'
import { ApiRefusal, createApiClient, textIn } from './api-client.ts'
import type { ApiClient } from './api-client.ts'
import { runMinuteCron, startDevServer } from './dev-server.ts'
import type { DevServer } from './dev-server.ts'
import { makeLocalState, readLocalState, writeEnvFile, writeLocalState } from './local-state.ts'
import type { LocalState } from './local-state.ts'
import { reportLists } from './report-lists.ts'
import { serveSample } from './sample-list.ts'
import { applyMigrations, DEFAULT_PERSIST, executeSql, ROOT } from './wrangler.ts'

const USAGE = `Runs the whole service on this machine.

  npm start [-- --port 8787] [--persist ${DEFAULT_PERSIST}] [--json]

  --port     where to listen
  --persist  the folder that keeps everything; a second start goes on with it
  --json     the first line on stdout is one JSON object; all else goes to stderr
`
const DEFAULT_PORT = 8787
const ORPHAN_POLL_MS = 1_000
/** Local R2 knows only these, from wrangler.toml; they open nothing but the folder of this machine. */
const LOCAL_S3 = { id: 'local-access-key', secret: 'local-secret-key-only-for-development' }

type Options = { port: number; persist: string; json: boolean }

class Refusal extends Error {}

function readOptions(): Options {
  const { values } = parseArgs({
    options: {
      port: { type: 'string', default: String(DEFAULT_PORT) },
      persist: { type: 'string', default: DEFAULT_PERSIST },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  })
  if (values.help) {
    process.stdout.write(USAGE)
    process.exit(0)
  }
  const port = Number(values.port)
  if (!Number.isInteger(port) || port < 1 || port > 65_535)
    throw new Refusal(`--port is a number from 1 to 65535, not ${values.port}.`)
  return { port, persist: resolve(ROOT, values.persist), json: values.json }
}

/** localhost may be either family, and a server on one of them is enough to be in the way. */
async function assertPortIsFree(port: number): Promise<void> {
  for (const host of ['127.0.0.1', '::1']) {
    const failure = await new Promise<NodeJS.ErrnoException | null>((done) => {
      const probe = createServer()
      probe.once('error', done)
      probe.listen({ port, host, exclusive: true }, () => probe.close(() => done(null)))
    })
    if (failure?.code === 'EADDRINUSE') {
      throw new Refusal(
        `Port ${port} is taken. Stop what listens there, or take another: npm start -- --port ${port + 1}`,
      )
    }
    if (failure?.code === 'EACCES')
      throw new Refusal(`Port ${port} needs more rights. Take one above 1023: npm start -- --port ${DEFAULT_PORT}`)
  }
}

async function prepare(
  { port, persist }: Options,
  watchlists: string,
): Promise<{ state: LocalState; envFile: string }> {
  mkdirSync(persist, { recursive: true })
  const url = `http://localhost:${port}`
  const state: LocalState = { ...(readLocalState(persist) ?? makeLocalState()), url }
  writeLocalState(persist, state)
  const envFile = writeEnvFile(persist, {
    ENVIRONMENT: 'development',
    PUBLIC_BASE_URL: url,
    R2_S3_ENDPOINT: `${url}/cdn-cgi/local/r2/s3`,
    R2_ACCESS_KEY_ID: LOCAL_S3.id,
    R2_SECRET_ACCESS_KEY: LOCAL_S3.secret,
    ACCESS_TOKEN_KEYS: state.access_token_keys,
    WATCHLISTS: watchlists,
  })
  await applyMigrations({ kind: 'local', persist })
  await executeSql({ kind: 'local', persist }, state.seed_sql)
  return { state, envFile }
}

/** The ids of the four template workflows: those of the last start where they are still there. */
async function templateWorkflows(api: ApiClient, known: Record<string, string>): Promise<Record<string, string>> {
  const ids: Record<string, string> = {}
  for (const template of TEMPLATE_NAMES) {
    const knownId = known[template]
    const isThere = knownId !== undefined && (await isActive(api, knownId))
    ids[template] = isThere
      ? knownId
      : textIn(await api.data('POST', `/kyc/workflows/from-template/${template}`, {}), 'workflow_id')
  }
  return ids
}

async function isActive(api: ApiClient, workflowId: string): Promise<boolean> {
  try {
    return (await api.data('GET', `/kyc/workflows/${workflowId}`))['status'] === 'active'
  } catch (failure) {
    if (failure instanceof ApiRefusal && failure.status === 404) return false
    throw failure
  }
}

async function freshDemoLink(api: ApiClient, workflowId: string): Promise<string> {
  const session = await api.data('POST', '/kyc/sessions', {
    workflow_id: workflowId,
    metadata: { made_by: 'npm start' },
  })
  return textIn(session, 'access_link')
}

function introduce(facts: {
  url: string
  api_key: string
  workflow_ids: Record<string, string>
  demo_link: string
}): string {
  const { url, api_key: key, workflow_ids: ids, demo_link: link } = facts
  const workflows = Object.entries(ids).map(([name, id]) => `    ${name.padEnd(20)} ${id}`)
  return `
  KYC sessions are served at ${url}

  API key      ${key}
  Demo session ${link}
  Workflows
${workflows.join('\n')}

  Make a session of your own:

curl -sS ${url}/kyc/sessions \\
  -H 'authorization: Bearer ${key}' \\
  -H 'content-type: application/json' \\
  -d '{"workflow_id":"${ids['basic-kyc'] ?? ''}"}'

  Watch a whole life in another terminal: npm run demo
  Ctrl-C ends everything; the data stays.

`
}

async function main(): Promise<number> {
  const options = readOptions()
  const log = (line: string): void => void process.stderr.write(`${line}\n`)
  await assertPortIsFree(options.port)
  log('Preparing the local database …')
  const sample = await serveSample(process.env['WATCHLISTS'])
  const { state, envFile } = await prepare(options, sample.variable)
  const url = `http://localhost:${options.port}`
  log('Starting the server …')
  const server = startDevServer({ port: options.port, persist: options.persist, envFile, log })
  const stopped = stopRequest()
  try {
    const up = await Promise.race([server.ready.then(() => 'ready' as const), stopped])
    if (up === 'stop') return 0
    const api = createApiClient(url, state.api_key)
    const workflow_ids = await templateWorkflows(api, state.workflow_ids)
    writeLocalState(options.persist, { ...state, workflow_ids })
    const demo_link = await freshDemoLink(api, workflow_ids['basic-kyc'] ?? '')
    const facts = { url, api_key: state.api_key, tenant_id: state.tenant_id, workflow_ids, demo_link }
    process.stdout.write(options.json ? `${JSON.stringify(facts)}\n` : introduce(facts))
    void reportLists(api, Date.now(), log)
    return await serveUntilStopped(server, url, stopped, log)
  } finally {
    sample.close()
    await server.stop()
  }
}

async function serveUntilStopped(
  server: DevServer,
  url: string,
  stopped: Promise<'stop'>,
  log: (line: string) => void,
): Promise<number> {
  const endCron = runMinuteCron(url, log)
  const last = await Promise.race([stopped, server.ended.then((words) => ({ words }))])
  endCron()
  if (last === 'stop') return 0
  log(`The server ended by itself:\n${last.words}`)
  return 1
}

/** Resolves at Ctrl-C, SIGTERM, or when whoever started this process is gone. */
function stopRequest(): Promise<'stop'> {
  const parent = process.ppid
  return new Promise((done) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => done('stop'))
    setInterval(() => {
      if (process.ppid !== parent) done('stop')
    }, ORPHAN_POLL_MS).unref()
  })
}

try {
  process.exit(await main())
} catch (failure) {
  if (failure instanceof Refusal) process.stderr.write(`${failure.message}\n`)
  else process.stderr.write(`npm start failed: ${failure instanceof Error ? failure.message : String(failure)}\n`)
  process.exit(1)
}
