// A streaming reader of separated values after RFC 4180: quoted fields, doubled quotes, line ends inside quotes, CRLF,
// LF or CR. What is bare may hold quotes, as the lists do. Rows come in batches, one per chunk of text.

import { ListError } from './report.ts'
import { textOf } from './text-stream.ts'

export type CsvRow = {
  /** Where the row begins, from 1. */
  line: number
  fields: string[]
  /** Why the row cannot be trusted. */
  broken: string | null
  /** False for a last row without a line end: it may be cut off. */
  isTerminated: boolean
}

/** Far above any row of a list: a quote that never closes would swallow the file. */
const MAX_ROW_CHARS = 1_000_000
/** A broken row of more lines is no row: a quote that is missing ate whole ones. */
const MAX_BROKEN_LINES = 20
const DOS_END_OF_FILE = '\x1a'
const LF = 10
const CR = 13
const QUOTE = 34

export async function* csvRows(
  bytes: AsyncIterable<Uint8Array>,
  separator: ',' | ';' = ',',
): AsyncGenerator<CsvRow[], void, undefined> {
  const parser = new CsvParser(separator)
  for await (const text of textOf(bytes)) {
    const rows = parser.push(text)
    if (rows.length > 0) yield rows
  }
  const last = parser.end()
  if (last !== null) yield [last]
}

/** `closing` is behind a quote that may be the first of two; `closed` behind blanks that follow it. */
type State = 'start' | 'bare' | 'quoted' | 'closing' | 'closed'

class CsvParser {
  readonly #separator: number
  #state: State = 'start'
  #field = ''
  #fields: string[] = []
  #broken: string | null = null
  #line = 1
  #rowLine = 1
  #rowChars = 0
  #isAfterCr = false
  #rows: CsvRow[] = []

  constructor(separator: ',' | ';') {
    this.#separator = separator.charCodeAt(0)
  }

  push(text: string): CsvRow[] {
    let at = 0
    while (at < text.length) at = this.#state === 'quoted' ? this.#quoted(text, at) : this.#bare(text, at)
    return this.#rows.splice(0)
  }

  end(): CsvRow | null {
    if (this.#state === 'quoted') throw new ListError('truncated', 'a quoted field does not end', this.#rowLine)
    if (this.#state === 'start' && this.#fields.length === 0) return null
    this.#endRow(false)
    return this.#rows.pop() ?? null
  }

  #quoted(text: string, from: number): number {
    const quote = text.indexOf('"', from)
    const to = quote === -1 ? text.length : quote
    this.#take(text, from, to)
    for (let lf = text.indexOf('\n', from); lf !== -1 && lf < to; lf = text.indexOf('\n', lf + 1)) this.#line += 1
    if (quote === -1) return to
    this.#state = 'closing'
    return quote + 1
  }

  #bare(text: string, at: number): number {
    const code = text.charCodeAt(at)
    const isSecondOfCrLf = code === LF && this.#isAfterCr
    this.#isAfterCr = code === CR
    if (isSecondOfCrLf) return at + 1
    if (code === this.#separator) this.#endField()
    else if (code === LF || code === CR) this.#endRow(true)
    else if (code === QUOTE && this.#state === 'start') this.#state = 'quoted'
    else if (code === QUOTE && this.#state === 'closing') {
      this.#field += '"'
      this.#state = 'quoted'
    } else return this.#run(text, at)
    return at + 1
  }

  /** Characters of a bare field, up to what may end it. */
  #run(text: string, from: number): number {
    if (this.#state === 'start') this.#state = 'bare'
    else if (this.#state === 'closing') this.#state = 'closed'
    let to = from + 1
    while (to < text.length) {
      const code = text.charCodeAt(to)
      if (code === this.#separator || code === LF || code === CR) break
      to += 1
    }
    if (this.#state === 'bare') this.#take(text, from, to)
    else if (text.slice(from, to).trim() !== '') this.#broken ??= 'text after a closing quote'
    return to
  }

  #take(text: string, from: number, to: number): void {
    this.#grow(to - from)
    const piece = text.slice(from, to)
    if (piece.includes('\0')) this.#broken ??= 'a NUL byte'
    this.#field += piece
  }

  #grow(chars: number): void {
    this.#rowChars += chars
    if (this.#rowChars > MAX_ROW_CHARS) {
      throw new ListError('too_large', 'a row is longer than any list has', this.#rowLine)
    }
  }

  #endField(): void {
    this.#grow(1)
    this.#fields.push(this.#field)
    this.#field = ''
    this.#state = 'start'
  }

  #endRow(isTerminated: boolean): void {
    this.#endField()
    const fields = this.#fields
    const isBlank = fields.length === 1 && (fields[0] === '' || fields[0] === DOS_END_OF_FILE)
    if (this.#rowLine === 1 && /^\s*</u.test(fields[0] ?? '')) {
      throw new ListError('not_the_format', 'markup instead of rows', 1)
    }
    if (this.#broken !== null && this.#line - this.#rowLine > MAX_BROKEN_LINES) {
      throw new ListError('malformed', 'a missing quote ate whole rows', this.#rowLine)
    }
    if (!isBlank) this.#rows.push({ line: this.#rowLine, fields, broken: this.#broken, isTerminated })
    this.#fields = []
    this.#broken = null
    this.#rowChars = 0
    if (isTerminated) this.#line += 1
    this.#rowLine = this.#line
  }
}
