// Where the entries of one list pass on their way to the sink: counted, each reference once, what is broken told by its
// line.

import { detached } from './detached.ts'
import { ListError, type ImportReport, type SkippedRow } from './report.ts'
import type { ListedEntity } from '../entity.ts'

export interface ListSink {
  entity(entity: ListedEntity): void | Promise<void>
}

const MAX_TOLD = 100

export class Entries {
  readonly #sink: ListSink
  readonly #seen = new Set<string>()
  #names = 0
  #skipped: SkippedRow[] = []
  #skippedCount = 0
  publishedOn: string | null = null

  constructor(sink: ListSink) {
    this.#sink = sink
  }

  /** Null is an entry without a reference, a name or a type that is known. */
  async take(line: number, entity: ListedEntity | null): Promise<void> {
    if (entity === null || entity.reference === '' || entity.names.length === 0) {
      return this.skip(line, 'no reference, no name or no type that is known')
    }
    if (this.#seen.has(entity.reference)) return this.skip(line, 'a reference that came before')
    const kept = keepable(entity)
    this.#seen.add(kept.reference)
    this.#names += kept.names.length
    await this.#sink.entity(kept)
  }

  /** `reason` is a fixed phrase: it goes to logs. */
  skip(line: number, reason: string): void {
    this.#skippedCount += 1
    if (this.#skipped.length < MAX_TOLD) this.#skipped.push({ line, reason })
  }

  /** Throws when what came is no list: nothing in it, or more broken rows than whole ones. */
  report(): ImportReport {
    const entries = this.#seen.size
    if (entries === 0) throw new ListError('no_entries', 'the file has no entry that can be read')
    if (this.#skippedCount > entries) throw new ListError('mostly_broken', 'more rows are broken than can be read')
    return {
      published_on: this.publishedOn,
      entries,
      names: this.#names,
      skipped: this.#skipped,
      skipped_count: this.#skippedCount,
    }
  }
}

/** Sinks may hold entries as long as they like. A list that marks no name as the main one has its first taken for it. */
const keepable = (entity: ListedEntity): ListedEntity => ({
  ...entity,
  reference: detached(entity.reference),
  names: entity.names.map((name, index) => ({
    kind: index === 0 ? 'primary' : name.kind,
    value: detached(name.value),
    ...(name.family === undefined ? {} : { family: detached(name.family) }),
  })),
  identifiers: entity.identifiers.map((identifier) => ({ ...identifier, value: detached(identifier.value) })),
  programs: entity.programs.map(detached),
  source_url: entity.source_url === null ? null : detached(entity.source_url),
})
