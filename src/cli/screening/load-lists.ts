import { openAsBlob } from 'node:fs'
import { open, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { createIndexBuilder } from '../../engines/screening/index/build-index.ts'
import { detectLists } from '../../engines/screening/lists/detect-lists.ts'
import type { DetectedList } from '../../engines/screening/lists/detect-lists.ts'
import { importList } from '../../engines/screening/lists/import-list.ts'
import type { ListFiles } from '../../engines/screening/lists/import-list.ts'

const HEAD_BYTES = 2048

export type LoadedLists = {
  index: Uint8Array<ArrayBuffer>
  /** One line for each list and each file that is none, for people. */
  told: string[]
}

/** Builds an index in memory from the watchlists that lie in a folder, whatever official format each has. */
export async function loadLists(folder: string): Promise<LoadedLists> {
  const files = await readdir(folder, { withFileTypes: true })
  const names = files.filter((file) => file.isFile()).map((file) => file.name)
  const heads = await Promise.all(names.map(async (name) => ({ name, head: await headOf(join(folder, name)) })))
  const { lists, unknown } = detectLists(heads)
  const builder = createIndexBuilder()
  const told = unknown.map(({ name, reason }) => `${name}: ${reason}`)
  for (const list of lists) {
    builder.list({ id: list.id, version: list.published_on ?? 'undated', published_on: list.published_on })
    const report = await importList(
      { format: list.format, files: await streamsOf(folder, list) },
      { entity: (entity) => builder.add(entity) },
    )
    if (!report.ok) throw new Error(`${list.id}: ${report.error.detail} (line ${report.error.line ?? '?'})`)
    const { entries, names: count, skipped_count } = report.value
    told.push(`${list.id}: ${entries} entries, ${count} names, ${skipped_count} rows skipped`)
  }
  if (lists.length === 0) throw new Error(`no watchlist in ${folder}`)
  return { index: builder.finish(), told }
}

async function headOf(path: string): Promise<string> {
  const file = await open(path)
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0)
    return buffer.toString('utf8', 0, bytesRead)
  } finally {
    await file.close()
  }
}

async function streamsOf(folder: string, list: DetectedList): Promise<ListFiles> {
  const parts = Object.entries(list.files).map(
    async ([part, name]) => [part, (await openAsBlob(join(folder, name))).stream()] as const,
  )
  return Object.fromEntries(await Promise.all(parts))
}
