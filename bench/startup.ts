import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { runWrangler } from '../src/cli/wrangler.ts'

const RUNS = 3

/** The part of a V8 CPU profile that is read here; times are microseconds. */
type CpuProfile = {
  nodes: { id: number; callFrame: { functionName: string } }[]
  samples: number[]
  timeDeltas: number[]
}

/** Time the isolate was busy from its start until the Worker could take a request, by `wrangler check startup` in local workerd. */
export async function measureStartUp(
  folder: string,
): Promise<{ medianMs: number; minMs: number; maxMs: number; runs: number }> {
  const measured: number[] = []
  for (let run = 0; run < RUNS; run += 1) {
    const file = join(folder, `startup-${run}.cpuprofile`)
    const { code, stdout, stderr } = await runWrangler(['check', 'startup', '--outfile', file])
    if (code !== 0) throw new Error(`wrangler check startup failed:\n${stdout}${stderr}`)
    const profile: CpuProfile = JSON.parse(readFileSync(file, 'utf8'))
    measured.push(busyMs(profile))
  }
  const sorted = measured.toSorted((a, b) => a - b)
  return { medianMs: sorted[Math.floor(RUNS / 2)] ?? 0, minMs: sorted[0] ?? 0, maxMs: sorted.at(-1) ?? 0, runs: RUNS }
}

function busyMs(profile: CpuProfile): number {
  const idle = new Set(profile.nodes.filter((node) => node.callFrame.functionName === '(idle)').map((node) => node.id))
  let busyMicroseconds = 0
  for (const [index, sample] of profile.samples.entries()) {
    if (!idle.has(sample)) busyMicroseconds += Math.max(0, profile.timeDeltas[index] ?? 0)
  }
  return busyMicroseconds / 1_000
}
