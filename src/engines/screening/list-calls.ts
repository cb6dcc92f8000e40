// What the Worker `lists` is asked for and answers: the one place where files of publishers are read and an index is built.

import type { Result } from '../../domain/result.ts'
import type { FilePart, ListFormat } from './catalog.ts'
import type { ListedEntity } from './entity.ts'
import type { SegmentFailure, SegmentTrailer } from './segment.ts'

export type ParseCall = {
  list: string
  format: ListFormat
  files: Partial<Record<FilePart, ReadableStream<Uint8Array>>>
}

export type ParsedList = SegmentTrailer & { published_on: string | null; skipped_count: number }

/** `detail` is a fixed phrase, without anything of who is listed. */
export type ParseFailure = { code: string; detail: string; line: number | null }

export type ParseAnswer = Result<ParsedList, ParseFailure>

/** A crypto address that a list names, with what an answer about it needs. */
export type ListedWallet = {
  reference: string
  primary_name: string
  programs: string[]
  /** The list's own code; empty where it has none. */
  asset: string
  address: string
  listed_on: string | null
}

export type AddAnswer = Result<SegmentTrailer & { wallets: ListedWallet[] }, SegmentFailure | 'broken_off'>

export function walletsOf(entity: ListedEntity): ListedWallet[] {
  return entity.identifiers.flatMap(({ type, value, asset }) =>
    type !== 'wallet'
      ? []
      : [
          {
            reference: entity.reference,
            primary_name: entity.names[0]?.value ?? '',
            programs: entity.programs,
            asset: asset ?? '',
            address: value,
            listed_on: entity.listed_on,
          },
        ],
  )
}
