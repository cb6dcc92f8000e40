// Which lists belong into the index that is searched, whether it must be built anew, and which older ones are kept.

import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'
import { civilDateAt } from '../time.ts'
import type { CivilDate, EpochMs } from '../time.ts'
import type { HeldVersion, ListState, WatchedList } from './watched-list.ts'

export type ManifestList = {
  id: string
  name: string
  publisher: string
  version: string
  published_on: CivilDate | null
  entries: number
  names: number
  imported_at: EpochMs
  confirmed_at: EpochMs
  segment: string
}

export type KeptIndex = { index_version: string; built_at: EpochMs; segments: string[] }

/** What is searched now: written last, once all it names is there. */
export type Manifest = {
  index_version: string
  built_at: EpochMs
  /** Bytes. */
  size: number
  sha256: string
  /** Of the formats and versions that went in: the same one is the same index. */
  content: string
  index_format: number
  lists: ManifestList[]
  /** This one and those before it, newest first. */
  kept: KeptIndex[]
}

/** What this release of the code writes and reads. */
export type Formats = { index: number; segment: number }

export const MAX_KEPT_INDEXES = 30

export type WantedList = { watched: WatchedList; state: ListState; held: HeldVersion; confirmed_at: EpochMs }

/** Lists that can go into an index now, in the order of the configuration. A sample gives way to any real list. */
export function wantedLists(
  watched: readonly WatchedList[],
  states: readonly ListState[],
  formats: Formats,
): WantedList[] {
  const there = watched.flatMap((list) => {
    const state = states.find((one) => one.list === list.id)
    if (state === undefined || state.held === null || state.confirmed_at === null) return []
    if (state.held.segment_format !== formats.segment) return []
    return [{ watched: list, state, held: state.held, confirmed_at: state.confirmed_at }]
  })
  const real = there.filter((one) => !one.watched.isSample)
  return real.length > 0 ? real : there
}

export type MergePlan = 'nothing' | 'confirm' | 'build'

/** `confirm`: the index stands, its lists were confirmed since. A list is never lost from an index for want of a segment. */
export function planMerge(
  manifest: Manifest | null,
  given: { watched: readonly WatchedList[]; wanted: readonly WantedList[]; formats: Formats },
): MergePlan {
  const { watched, wanted, formats } = given
  if (wanted.length === 0) return 'nothing'
  if (manifest === null || manifest.index_format !== formats.index) return 'build'
  if (manifest.content === contentOf(wanted, formats)) return isConfirmed(manifest, wanted) ? 'nothing' : 'confirm'
  const isReal = (id: string): boolean => watched.some((list) => list.id === id && !list.isSample)
  const isWanted = (id: string): boolean => wanted.some((one) => one.watched.id === id)
  return manifest.lists.some(({ id }) => isReal(id) && !isWanted(id)) ? 'nothing' : 'build'
}

const isConfirmed = (manifest: Manifest, wanted: readonly WantedList[]): boolean =>
  wanted.every((one) => manifest.lists.some((list) => list.id === one.watched.id && sameWords(list, manifestList(one))))

const sameWords = (one: ManifestList, other: ManifestList): boolean => JSON.stringify(one) === JSON.stringify(other)

export function contentOf(wanted: readonly WantedList[], formats: Formats): string {
  const words = [formats.index, formats.segment, ...wanted.map(({ watched, held }) => [watched.id, held.version])]
  return bytesToHex(sha256(utf8ToBytes(JSON.stringify(words))))
}

export const indexVersionOf = (content: string, now: EpochMs): string => `${civilDateAt(now)}-${content.slice(0, 8)}`

export const manifestList = ({ watched, held, confirmed_at }: WantedList): ManifestList => ({
  id: watched.id,
  name: watched.name,
  publisher: watched.publisher,
  version: held.version,
  published_on: held.published_on,
  entries: held.entries,
  names: held.names,
  imported_at: held.imported_at,
  confirmed_at,
  segment: held.segment,
})

export const afterConfirmations = (manifest: Manifest, wanted: readonly WantedList[]): Manifest => ({
  ...manifest,
  lists: wanted.map(manifestList),
})

export function afterBuild(
  previous: Manifest | null,
  wanted: readonly WantedList[],
  built: { index_version: string; size: number; sha256: string; content: string; formats: Formats; now: EpochMs },
): Manifest {
  const lists = wanted.map(manifestList)
  const entry = {
    index_version: built.index_version,
    built_at: built.now,
    segments: lists.map(({ segment }) => segment),
  }
  const before = (previous?.kept ?? []).filter(({ index_version }) => index_version !== built.index_version)
  return {
    index_version: built.index_version,
    built_at: built.now,
    size: built.size,
    sha256: built.sha256,
    content: built.content,
    index_format: built.formats.index,
    lists,
    kept: [entry, ...before].slice(0, MAX_KEPT_INDEXES),
  }
}
