import { resolve } from 'node:path'
import { createTestHarness } from 'wrangler'
import type { ScreeningSubject } from '../../src/domain/screening/screening.ts'
import type { ListedEntity } from '../../src/engines/screening/entity.ts'
import { quantile } from './measures.ts'

// The engine in workerd: how long a build, a load and a screening take there.

const WARM_UP = 2

export type WorkerdFigures = {
  buildMs: number
  indexMb: number
  loadMs: number
  p50Ms: number
  p95Ms: number
}

export async function measureInWorkerd(
  entities: readonly ListedEntity[],
  subjects: readonly ScreeningSubject[],
): Promise<WorkerdFigures> {
  const body = entities.map((entity) => `${JSON.stringify(entity)}\n`).join('')
  const { post, stop } = await started()
  const buildStart = performance.now()
  const index = await post('/build', body).then((answer) => answer.arrayBuffer())
  const loadStart = performance.now()
  await post('/load', index)
  const loadMs = performance.now() - loadStart
  const request = JSON.stringify(subjects)
  for (let round = 0; round < WARM_UP; round += 1) await post('/screen', request)
  const answer: { milliseconds: number[] } = JSON.parse(await (await post('/screen', request)).text())
  await stop()
  return {
    buildMs: loadStart - buildStart,
    indexMb: index.byteLength / 1e6,
    loadMs,
    p50Ms: quantile(answer.milliseconds, 0.5),
    p95Ms: quantile(answer.milliseconds, 0.95),
  }
}

async function started() {
  process.env['CLOUDFLARE_CF_FETCH_ENABLED'] = 'false'
  const server = createTestHarness({ workers: [{ configPath: resolve(import.meta.dirname, 'wrangler.toml') }] })
  const { url } = await server.listen()
  const post = async (path: string, body: string | ArrayBuffer) => {
    const answer = await fetch(new URL(path, url), { method: 'POST', body })
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`)
    return answer
  }
  await post('/screen', '[]')
  return { post, stop: () => server.close() }
}
