import type { Log, LogFields } from '../application/ports.ts'

type Level = 'info' | 'warn' | 'error'

/** JSON lines. `LogFields` is the allow-list: what has no name there can't be written. */
export const log: Log = {
  info: (event, fields) => write('info', event, fields),
  warn: (event, fields) => write('warn', event, fields),
  error: (event, fields) => write('error', event, fields),
}

function write(level: Level, event: string, fields: LogFields = {}): void {
  console[level](JSON.stringify({ level, event, ...fields }))
}

/** What may be told of a thrown value: its class and where it was thrown, never its message, which may quote data. */
export function describeError(cause: unknown): Pick<LogFields, 'error_name' | 'error_stack'> {
  if (!(cause instanceof Error)) return { error_name: typeof cause }
  const frames = (cause.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line))
  return {
    error_name: cause.name,
    error_stack: frames
      .slice(0, 6)
      .map((line) => line.trim())
      .join(' | '),
  }
}
