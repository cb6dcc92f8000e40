// How one list lies in storage between its import and the index: lines of JSON, a header first, then one entry a line,
// a trailer last. The trailer tells how many lines came before it and what they hash to, so that a segment that was
// cut, or touched, is never taken for a whole one. Nothing is judged here.

import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'
import { err, ok } from '../../domain/result.ts'
import type { Result } from '../../domain/result.ts'
import type { ListedEntity } from './entity.ts'

/** Goes up when what an importer makes of the same file changes: lists are then imported again. */
export const SEGMENT_FORMAT = 1

export type SegmentTrailer = {
  entries: number
  names: number
  /** SHA-256 in hex of the entries' lines: of two segments with the same one the content is the same. */
  sha256: string
}

export type SegmentFailure = 'no_header' | 'other_list' | 'other_format' | 'malformed' | 'no_trailer' | 'wrong_checksum'

const FLUSH_CHARACTERS = 64 * 1024

/** Gives its lines to `write` in pieces of some 64 KiB. */
export function createSegmentWriter(list: string, write: (bytes: Uint8Array<ArrayBuffer>) => void) {
  const hash = sha256.create()
  let pending = ''
  let entries = 0
  let names = 0

  const flush = (): void => {
    if (pending === '') return
    const bytes = new Uint8Array(utf8ToBytes(pending))
    hash.update(bytes)
    pending = ''
    write(bytes)
  }

  write(new Uint8Array(utf8ToBytes(`${JSON.stringify({ list, format: SEGMENT_FORMAT })}\n`)))
  return {
    /** Whether a piece was written. */
    add(entity: ListedEntity): boolean {
      pending += `${JSON.stringify(entity)}\n`
      entries += 1
      names += entity.names.length
      if (pending.length < FLUSH_CHARACTERS) return false
      flush()
      return true
    },
    finish(): SegmentTrailer {
      flush()
      const trailer = { entries, names, sha256: bytesToHex(hash.digest()) }
      write(new Uint8Array(utf8ToBytes(`${JSON.stringify({ trailer })}\n`)))
      return trailer
    },
  }
}

/** Calls `each` as entries come: only an `ok` at the end makes them the list. Rejects when the stream breaks. */
export async function readSegment(
  list: string,
  lines: AsyncIterable<string>,
  each: (entity: ListedEntity) => void,
): Promise<Result<SegmentTrailer, SegmentFailure>> {
  const hash = sha256.create()
  let entries = 0
  let names = 0
  let trailer: SegmentTrailer | null = null
  let isFirst = true
  for await (const line of lines) {
    if (trailer !== null) return err('malformed')
    const value = parsed(line)
    if (value === null) return err(isFirst ? 'no_header' : 'malformed')
    if (isFirst) {
      isFirst = false
      const header = value as { list?: unknown; format?: unknown }
      if (typeof header.list !== 'string') return err('no_header')
      if (header.list !== list) return err('other_list')
      if (header.format !== SEGMENT_FORMAT) return err('other_format')
    } else if ('trailer' in value) {
      trailer = value.trailer as SegmentTrailer
    } else {
      hash.update(utf8ToBytes(`${line}\n`))
      const entity = value as ListedEntity
      entries += 1
      names += entity.names.length
      each(entity)
    }
  }
  if (isFirst) return err('no_header')
  if (trailer === null) return err('no_trailer')
  const counted = { entries, names, sha256: bytesToHex(hash.digest()) }
  const isWhole = counted.entries === trailer.entries && counted.sha256 === trailer.sha256
  return isWhole ? ok(counted) : err('wrong_checksum')
}

/** Text in any pieces to its lines, without their ends. */
export async function* linesOf(pieces: AsyncIterable<string>): AsyncGenerator<string, void, undefined> {
  let rest = ''
  for await (const piece of pieces) {
    const lines = (rest + piece).split('\n')
    rest = lines.pop() ?? ''
    yield* lines
  }
  if (rest !== '') yield rest
}

function parsed(line: string): object | null {
  try {
    const value: unknown = JSON.parse(line)
    return typeof value === 'object' ? value : null
  } catch {
    return null
  }
}
