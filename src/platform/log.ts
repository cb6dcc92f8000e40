import type { Log, LogFields } from '../application/ports.ts'
import { describeThrown, isFrames } from '../domain/thrown-value.ts'

type Level = 'info' | 'warn' | 'error'

/** JSON lines. `LogFields` is the allow-list: what has no name there is not written, whatever a cast lets through. */
export const log: Log = {
  info: (event, fields) => write('info', event, fields),
  warn: (event, fields) => write('warn', event, fields),
  error: (event, fields) => write('error', event, fields),
}

/** An id, a code, a name of ours: never a sentence, so that no text of a person passes for one. */
const isWord = (text: string): boolean => /^[\w.:/{}-]{1,128}$/.test(text)

const FORMS: Readonly<Record<keyof LogFields, (text: string) => boolean>> = {
  request_id: isWord,
  tenant_id: isWord,
  session_id: isWord,
  workflow_id: isWord,
  doc_id: isWord,
  operation: isWord,
  route: isWord,
  code: isWord,
  status: isWord,
  check: isWord,
  queue: isWord,
  attempt: isWord,
  count: isWord,
  duration_ms: isWord,
  phase: isWord,
  kind: isWord,
  error_name: isWord,
  error_stack: isFrames,
}
const UNFIT = '(unfit)'

function write(level: Level, event: string, fields: LogFields = {}): void {
  const said: Record<string, unknown> = { level, event: isWord(event) ? event : UNFIT }
  for (const name of FIELD_NAMES) {
    const value: unknown = fields[name]
    if (value !== undefined) said[name] = fitting(FORMS[name], value)
  }
  console[level](JSON.stringify(said))
}

const FIELD_NAMES = Object.keys(FORMS).filter((name): name is keyof LogFields => Object.hasOwn(FORMS, name))

function fitting(fits: (text: string) => boolean, value: unknown): string | number | boolean | null {
  if (value === null || typeof value === 'number' || typeof value === 'boolean') return value
  return typeof value === 'string' && fits(value) ? value : UNFIT
}

export const describeError = (cause: unknown): Pick<LogFields, 'error_name' | 'error_stack'> => describeThrown(cause)
