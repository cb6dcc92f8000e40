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

const MAX_TOLD = 100

export class Tally {
  #entries = 0
  #names = 0
  #skipped: SkippedRow[] = []
  #skippedCount = 0
  publishedOn: string | null = null

  entry(names: number): void {
    this.#entries += 1
    this.#names += names
  }

  skip(line: number, reason: string): void {
    this.#skippedCount += 1
    if (this.#skipped.length < MAX_TOLD) this.#skipped.push({ line, reason })
  }

  /** Throws when what came is no list: nothing in it, or more broken rows than whole ones. */
  report(): ImportReport {
    if (this.#entries === 0) throw new ListError('no_entries', 'the file has no entry that can be read')
    if (this.#skippedCount > this.#entries) {
      throw new ListError('mostly_broken', 'more rows are broken than can be read')
    }
    return {
      published_on: this.publishedOn,
      entries: this.#entries,
      names: this.#names,
      skipped: this.#skipped,
      skipped_count: this.#skippedCount,
    }
  }
}
