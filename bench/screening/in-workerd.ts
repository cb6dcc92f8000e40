import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { createTestHarness } from 'wrangler'
import type { ScreeningSubject } from '../../src/domain/screening/screening.ts'
import type { ListedEntity } from '../../src/engines/screening/entity.ts'
import { quantile } from './measures.ts'

// The engine in workerd: how long a build, a load and a screening take there, and the memory of its process.

const SAMPLE_MS = 5
const WARM_UP = 2

export type WorkerdFigures = {
  buildMs: number
  buildPeakMb: number
  indexMb: number
  loadMs: number
  loadedMb: number
  p50Ms: number
  p95Ms: number
  hits: number
}

export async function measureInWorkerd(
  entities: readonly ListedEntity[],
  subjects: readonly ScreeningSubject[],
): Promise<WorkerdFigures> {
  const building = await started()
  const body = entities.map((entity) => `${JSON.stringify(entity)}\n`).join('')
  const idleMb = residentMb(building.pids)
  let peakMb = idleMb
  const sampler = setInterval(() => (peakMb = Math.max(peakMb, residentMb(building.pids))), SAMPLE_MS)
  const before = performance.now()
  const index = await building.post('/build', body).then((answer) => answer.arrayBuffer())
  const buildMs = performance.now() - before
  clearInterval(sampler)
  await building.stop()

  const serving = await started()
  const emptyMb = residentMb(serving.pids)
  const loadStart = performance.now()
  await serving.post('/load', index)
  const loadMs = performance.now() - loadStart
  const request = JSON.stringify(subjects)
  for (let round = 0; round < WARM_UP; round += 1) await serving.post('/screen', request)
  const answer: { hits: number; milliseconds: number[] } = JSON.parse(
    await (await serving.post('/screen', request)).text(),
  )
  const loadedMb = residentMb(serving.pids) - emptyMb
  await serving.stop()
  return {
    buildMs,
    buildPeakMb: peakMb - idleMb,
    indexMb: index.byteLength / 1e6,
    loadMs,
    loadedMb,
    p50Ms: quantile(answer.milliseconds, 0.5),
    p95Ms: quantile(answer.milliseconds, 0.95),
    hits: answer.hits,
  }
}

async function started() {
  process.env['CLOUDFLARE_CF_FETCH_ENABLED'] = 'false'
  const others = new Set(workerdPids())
  const server = createTestHarness({ workers: [{ configPath: resolve(import.meta.dirname, 'wrangler.toml') }] })
  const { url } = await server.listen()
  const pids = workerdPids().filter((one) => !others.has(one))
  const post = async (path: string, body: string | ArrayBuffer) => {
    const answer = await fetch(new URL(path, url), { method: 'POST', body })
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`)
    return answer
  }
  await post('/screen', '[]')
  return { pids, post, stop: () => server.close() }
}

const workerdPids = (): number[] =>
  execFileSync('ps', ['-eo', 'pid=,comm='], { encoding: 'utf8' })
    .split('\n')
    .filter((line) => /workerd/.test(line))
    .map((line) => Number.parseInt(line, 10))

function residentMb(pids: readonly number[]): number {
  const statuses = pids.map((pid) => readFileSync(`/proc/${pid}/status`, 'utf8'))
  return statuses.reduce((sum, status) => sum + Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0), 0) / 1024
}
