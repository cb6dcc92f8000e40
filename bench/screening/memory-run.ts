import { execFileSync } from 'node:child_process'
import { join } from 'node:path'

/** Megabytes of old and young generation: a part of the 128 MB that an isolate has for all. */
const HEAP_MB = 48
const YOUNG_MB = 2

export type MemoryFigures = { names: number; indexMb: number; buildPeakMb: number; searchMb: number }

/** Runs memory.ts in a process whose heap is held to HEAP_MB; one that needs more ends there, and this throws. */
export const measureMemory = (): MemoryFigures =>
  JSON.parse(
    execFileSync(
      process.execPath,
      [
        `--max-old-space-size=${HEAP_MB}`,
        `--max-semi-space-size=${YOUNG_MB}`,
        '--experimental-strip-types',
        '--disable-warning=ExperimentalWarning',
        join(import.meta.dirname, 'memory.ts'),
      ],
      { encoding: 'utf8' },
    ),
  )
