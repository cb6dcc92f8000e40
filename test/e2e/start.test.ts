import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createApiClient, objectsIn } from '../../src/cli/api-client.ts'

// Who is whose child is read from /proc.
const isLinux = process.platform === 'linux'
const root = resolve(import.meta.dirname, '../..')

type Facts = {
  url: string
  api_key: string
  tenant_id: string
  workflow_ids: Record<string, string>
  demo_link: string
}
type Started = { process: ChildProcess; facts: Facts; stderr: () => string }

const persist = mkdtempSync(join(tmpdir(), 'kyc-start-'))
let port: number
const running = new Set<ChildProcess>()

beforeAll(async () => {
  port = await freePort()
})
afterAll(() => {
  for (const child of running)
    for (const pid of [...descendantsOf(child.pid ?? 0), child.pid ?? 0]) process.kill(pid, 'SIGKILL')
  rmSync(persist, { recursive: true, force: true })
})

describe.runIf(isLinux)('npm start', () => {
  let first: Started
  let second: Started

  it('serves, and says so in one JSON object on the first line', async () => {
    first = await npmStart()
    expect(first.facts.url).toBe(`http://localhost:${port}`)
    expect(first.facts.api_key).toMatch(/^sk_test_/)
    expect(Object.keys(first.facts.workflow_ids)).toEqual([
      'basic-kyc',
      'company-kyc',
      'merchant-onboarding',
      'pep-enhanced',
    ])
    expect((await fetch(`${first.facts.url}/healthz`)).status).toBe(200)
    expect((await fetch(first.facts.demo_link)).status).toBe(200)
  })

  it('keeps its secrets in files that only their owner may read', () => {
    for (const name of ['local.json', 'local.env']) expect(statSync(join(persist, name)).mode & 0o777).toBe(0o600)
  })

  it('refuses a port that is taken, in words', async () => {
    const { code, stderr } = await runToEnd(['--port', String(port), '--persist', join(persist, 'other')])
    expect(code).toBe(1)
    expect(stderr).toContain(`Port ${port} is taken`)
  })

  it('ends every child on Ctrl-C, with exit code 0', async () => {
    const family = descendantsOf(first.process.pid ?? 0)
    expect(family.map(nameOf)).toContain('workerd')
    expect(await interrupt(first.process)).toBe(0)
    // What was killed is gone once the kernel has taken back its memory: a moment, on a busy machine.
    await expect.poll(() => family.filter(isAlive), { timeout: 5_000 }).toEqual([])
    await expect(fetch(`${first.facts.url}/healthz`)).rejects.toThrow()
  })

  it('goes on with the same key, workflows and sessions at the second start', async () => {
    second = await npmStart()
    const { demo_link: _oldLink, ...before } = first.facts
    const { demo_link: _newLink, ...after } = second.facts
    expect(after).toEqual(before)
    expect((await fetch(first.facts.demo_link)).status).toBe(200)
    const { sessions } = await createApiClient(after.url, after.api_key).data('GET', '/kyc/sessions')
    expect(objectsIn(sessions)).toHaveLength(2)
  })

  it('leaves nobody behind when npm itself is killed outright', async () => {
    const family = descendantsOf(second.process.pid ?? 0)
    second.process.kill('SIGKILL')
    await expect.poll(() => family.filter(isAlive), { timeout: 15_000 }).toEqual([])
  })
})

/** Through npm, as a person would, and with npm's own output in the way of the first line if there were any. */
function spawnNpm(args: string[]): ChildProcess {
  const child = spawn('npm', ['start', '--', ...args], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] })
  running.add(child)
  child.once('exit', () => running.delete(child))
  return child
}

async function npmStart(): Promise<Started> {
  const child = spawnNpm(['--port', String(port), '--persist', persist, '--json'])
  let stderr = ''
  child.stderr?.on('data', (chunk: Buffer) => (stderr += chunk.toString()))
  const line = await new Promise<string>((done, fail) => {
    if (child.stdout !== null) createInterface({ input: child.stdout }).once('line', done)
    child.once('exit', (code) => fail(new Error(`npm start ended with ${code}:\n${stderr}`)))
  })
  const facts: Facts = JSON.parse(line)
  return { process: child, facts, stderr: () => stderr }
}

function runToEnd(args: string[]): Promise<{ code: number | null; stderr: string }> {
  const child = spawnNpm(args)
  let stderr = ''
  child.stderr?.on('data', (chunk: Buffer) => (stderr += chunk.toString()))
  return new Promise((done) => child.once('close', (code) => done({ code, stderr })))
}

function interrupt(child: ChildProcess): Promise<number | null> {
  return new Promise((done) => {
    child.once('exit', done)
    child.kill('SIGINT')
  })
}

function freePort(): Promise<number> {
  return new Promise((done, fail) => {
    const probe = createServer()
    probe.once('error', fail)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => done(typeof address === 'object' && address !== null ? address.port : 0))
    })
  })
}

type Row = { pid: number; parent: number; name: string; isZombie: boolean }

function processes(): Row[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      try {
        const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
        const name = stat.slice(stat.indexOf('(') + 1, stat.lastIndexOf(')'))
        const [state, parent] = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
        return [{ pid: Number(pid), parent: Number(parent), name, isZombie: state === 'Z' }]
      } catch {
        return []
      }
    })
}

function descendantsOf(pid: number): number[] {
  const all = processes()
  const found: number[] = []
  const queue = [pid]
  for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
    const children = all.filter((row) => row.parent === next).map((row) => row.pid)
    found.push(...children)
    queue.push(...children)
  }
  return found
}

const isAlive = (pid: number): boolean => processes().some((row) => row.pid === pid && !row.isZombie)
const nameOf = (pid: number): string => processes().find((row) => row.pid === pid)?.name ?? ''
