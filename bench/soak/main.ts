import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { textIn } from '../../src/cli/api-client.ts'
import { pause } from '../../src/cli/dev-server.ts'
import { createSoakClient } from './client.ts'
import type { SoakClient } from './client.ts'
import { live, WORKFLOW } from './lives.ts'
import type { Lived } from './lives.ts'
import { startReceiver } from './receiver.ts'
import { prepareServer } from './server.ts'
import type { SoakServer } from './server.ts'
import { HOUR_MS } from '../../src/domain/time.ts'
import { judge } from './verdict.ts'
import type { Compared } from './entry.ts'

const USAGE = `Many sessions through their whole life while things fail; ends with 1 when anything was lost.

  npm run bench:soak [-- --sessions 2000] [--at-once 20] [--kills 0] [--engines fake|real] [--no-faults] [--port 8797]

  --kills    how often the runtime is killed (SIGKILL) in mid-flow and started again on the same data
`
const SETTLE_LIMIT_MS = 240_000
const COMPARED_AT_ONCE = 50
const SHOWN = 5
const KILL_EVERY_MS = 6_000
const CRON_EVERY_MS = 3_000

const { values } = parseArgs({
  options: {
    sessions: { type: 'string', default: '2000' },
    'at-once': { type: 'string', default: '20' },
    kills: { type: 'string', default: '0' },
    engines: { type: 'string', default: 'fake' },
    'no-faults': { type: 'boolean', default: false },
    port: { type: 'string', default: '8797' },
    help: { type: 'boolean', short: 'h', default: false },
  },
})
if (values.help) {
  process.stdout.write(USAGE)
  process.exit(0)
}
const sessions = Number(values.sessions)
const kills = Number(values.kills)
const isFaulty = !values['no-faults']
const persist = mkdtempSync(join(tmpdir(), 'kyc-soak-'))
const receiver = await startReceiver(isFaulty)
const server = await prepareServer({
  persist,
  port: Number(values.port),
  engines: values.engines === 'real' ? 'real' : 'fake',
})
process.on('SIGINT', () => void server.kill().then(() => process.exit(130)))

try {
  await server.start()
  const client = createSoakClient(server.url, server.key)
  await client.call('PATCH', '/kyc/tenants/me/notification-channels', { webhook_url: receiver.url })
  const workflowId = textIn(await client.call('POST', '/kyc/workflows', WORKFLOW), 'workflow_id')
  const restarts = { left: kills, done: 0 }
  const began = performance.now()
  await setFaults(isFaulty)
  const stopCron = keepCron(server.url)
  const killing = killNowAndThen(server, restarts)
  const lived = await liveAll(workflowId)
  restarts.left = 0
  await killing
  const tookMs = performance.now() - began

  const counted = await setFaults(false)
  receiver.recover()
  const ids = lived.flatMap(({ session_ids }) => session_ids)
  const compared = await settle(client, ids)
  stopCron()

  const { deliveries, refused } = receiver.seen()
  const bytes = compared.reduce((sum, one) => sum + one.object_bytes, 0)
  console.log(
    `${lived.length} lives, ${ids.length} sessions, ${values['at-once']} at once, engines ${values.engines}: ` +
      `${(tookMs / 1_000).toFixed(0)} s, ${(lived.length / (tookMs / 1_000)).toFixed(1)} a second`,
  )
  console.log(`ended: ${JSON.stringify(tally(compared.map(({ status }) => status ?? 'none')))}`)
  console.log(
    `faults: ${JSON.stringify(counted)}, runtime killed ${restarts.done} times, client repeats ${client.repeats()}`,
  )
  console.log(`deliveries ${deliveries}, of which the receiver refused ${refused}`)
  console.log(
    `bytes a session: object ${Math.round(bytes / ids.length)}, D1 ${Math.round(sizeOf(join(persist, 'v3/d1')) / ids.length)}`,
  )
  let isBroken = false
  for (const { name, broken } of judge(compared, receiver)) {
    console.log(`${broken.length === 0 ? 'never' : `${broken.length} ×`}: ${name}`)
    for (const one of broken.slice(0, SHOWN)) console.log(`    ${one}`)
    isBroken ||= broken.length > 0
  }
  process.exitCode = isBroken ? 1 : 0

  async function liveAll(workflow: string): Promise<Lived[]> {
    const done: Lived[] = []
    let next = 0
    const worker = async (): Promise<void> => {
      while (next < sessions) {
        const number = next
        next += 1
        done.push(await live(client, workflow, number))
        if (done.length % 100 === 0) process.stderr.write(`${done.length} of ${sessions}\n`)
      }
    }
    await Promise.all(Array.from({ length: Number(values['at-once']) }, worker))
    return done
  }
} finally {
  await server.kill()
  await receiver.stop()
  rmSync(persist, { recursive: true, force: true })
}

async function setFaults(on: boolean): Promise<unknown> {
  const answer = await fetch(`${server.url}/__soak/faults?on=${on ? 1 : 0}`)
  return answer.json()
}

/** Cron does not fire under wrangler dev. Each turn says a minute on which every task is due. */
function keepCron(url: string): () => void {
  const turn = async (): Promise<void> => {
    const hour = Math.floor(Date.now() / HOUR_MS) * HOUR_MS
    await fetch(`${url}/cdn-cgi/local/scheduled?cron=*+*+*+*+*&time=${hour}`).then(
      (answer) => answer.arrayBuffer(),
      () => undefined,
    )
  }
  const timer = setInterval(() => void turn(), CRON_EVERY_MS)
  return () => clearInterval(timer)
}

async function killNowAndThen(target: SoakServer, restarts: { left: number; done: number }): Promise<void> {
  while (restarts.left > 0) {
    await pause(KILL_EVERY_MS * (0.5 + Math.random()))
    if (restarts.left === 0) return
    await target.kill()
    await target.start()
    restarts.done += 1
    restarts.left -= 1
    await setFaults(isFaulty)
    process.stderr.write(`killed and started again, ${restarts.left} left\n`)
  }
}

/** Until nothing is owed any more, a bounded time. */
async function settle(client: SoakClient, ids: string[]): Promise<Compared[]> {
  const limit = Date.now() + SETTLE_LIMIT_MS
  for (;;) {
    const due = await fetch(`${server.url}/__soak/due`)
    const open: { pending: number; tombstones: number } = await due.json()
    const compared = await compareAll(ids)
    const owing = compared.filter((one) => one.owed > 0 || one.is_run_open || one.differences.length > 0)
    process.stderr.write(`settling: ${JSON.stringify(open)}, ${owing.length} sessions owe something\n`)
    if ((open.pending === 0 && open.tombstones === 0 && owing.length === 0) || Date.now() > limit) return compared
    await client.hurry(owing.map(({ session_id }) => session_id))
    await pause(4_000)
  }
}

async function compareAll(ids: string[]): Promise<Compared[]> {
  const all: Compared[] = []
  for (let start = 0; start < ids.length; start += COMPARED_AT_ONCE) {
    const answer = await fetch(`${server.url}/__soak/compare`, {
      method: 'POST',
      body: JSON.stringify(ids.slice(start, start + COMPARED_AT_ONCE)),
    })
    const compared: Compared[] = await answer.json()
    all.push(...compared)
  }
  return all
}

function tally(words: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const word of words) counts[word] = (counts[word] ?? 0) + 1
  return counts
}

function sizeOf(folder: string): number {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => statSync(join(folder, name)))
    .reduce((sum, entry) => sum + (entry.isFile() ? entry.size : 0), 0)
}
