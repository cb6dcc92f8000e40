import { readdirSync, readFileSync } from 'node:fs'

// CPU of workerd as the system counts it, from outside: clocks inside stand still while it computes.

const TICKS_PER_SECOND = 100

type Process = { pid: number; parent: number; name: string; ticks: number }

/** User and system seconds of all workerd processes below this one so far; null where /proc is not there. */
export function workerdSeconds(): number | null {
  const processes = allProcesses()
  if (processes === null) return null
  const ours = new Set([process.pid])
  for (let grew = true; grew;) {
    const before = ours.size
    for (const { pid, parent } of processes) if (ours.has(parent)) ours.add(pid)
    grew = ours.size > before
  }
  const ticks = processes
    .filter((one) => ours.has(one.pid) && one.name === 'workerd')
    .reduce((sum, one) => sum + one.ticks, 0)
  return ticks / TICKS_PER_SECOND
}

function allProcesses(): Process[] | null {
  try {
    return readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .flatMap((name) => readProcess(Number(name)))
  } catch {
    return null
  }
}

function readProcess(pid: number): Process[] {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const [start, end] = [stat.indexOf('('), stat.lastIndexOf(')')]
    const rest = stat.slice(end + 2).split(' ')
    // proc(5): field 4 is the parent, 14 and 15 are user and system time.
    return [
      {
        pid,
        parent: Number(rest[1]),
        name: stat.slice(start + 1, end),
        ticks: Number(rest[11]) + Number(rest[12]),
      },
    ]
  } catch {
    // Gone meanwhile.
    return []
  }
}
