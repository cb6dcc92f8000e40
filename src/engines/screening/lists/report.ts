// What an import of a list says of itself. A broken row is counted and told by its line, never by its content: a
// report goes to logs. A file that as a whole is not the list fails the import, and nothing of it counts.

export type SkippedRow = { line: number; reason: string }

export type ImportReport = {
  /** YYYY-MM-DD, where the list tells it. */
  published_on: string | null
  entries: number
  names: number
  /** The first hundred. */
  skipped: SkippedRow[]
  skipped_count: number
}

export type ImportFailureCode =
  | 'file_missing'
  | 'not_the_format'
  | 'malformed'
  | 'truncated'
  | 'too_large'
  | 'no_entries'
  | 'mostly_broken'

/** `detail` is a fixed phrase and says nothing of who is listed. */
export type ImportFailure = { code: ImportFailureCode; detail: string; line: number | null }

/** Thrown inside lists/ alone, to leave a parser from any depth; `importList` turns it into a Result. */
export class ListError extends Error {
  readonly failure: ImportFailure

  constructor(code: ImportFailureCode, detail: string, line: number | null = null) {
    super(detail)
    this.failure = { code, detail, line }
  }
}
