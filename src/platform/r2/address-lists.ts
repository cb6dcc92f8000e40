import { parseAddressList } from '../../engines/crypto/lists.ts'
import type { AddressList } from '../../engines/crypto/lists.ts'
import { listsOfBook } from '../../engines/crypto/lists-of-book.ts'
import type { Standing } from '../../engines/crypto/lists-of-book.ts'
import { DAY_MS, MINUTE_MS, civilDateToDays } from '../../domain/time.ts'
import type { EpochMs } from '../../domain/time.ts'
import { readAddressBook } from './address-book.ts'

export const ADDRESS_LISTS_PREFIX = 'lists/crypto/'
/** `lists/crypto/{list}/{date of the list}/{any name}_{ASSET}.txt`, one address a line. */
const KEY_PATTERN = /^lists\/crypto\/([a-z0-9_-]+)\/(\d{4}-\d{2}-\d{2})\/[^/]*_([A-Z0-9]+)\.txt$/
/** How long an isolate goes on with what it has loaded. */
const KEPT_MS = 10 * MINUTE_MS

type ListFile = { key: string; list: string; version: string; asset: string; as_of: EpochMs }

/**
 * The addresses of the watchlists that are renewed here, and the lists that an operator put into the bucket, of each the
 * newest date alone. None there is an empty answer, and the check then says `not_configured`.
 */
export function createAddressListLoader(config: {
  bucket: R2Bucket
  clock: { now(): EpochMs }
  /** How the lists that are renewed here stand; without it the book's own dates hold. */
  standings?: () => Promise<readonly Standing[]>
}): () => Promise<readonly AddressList[]> {
  let kept: { at: EpochMs; lists: readonly AddressList[] } | null = null
  return async () => {
    const now = config.clock.now()
    if (kept !== null && now - kept.at < KEPT_MS) return kept.lists
    const [ofBook, ofFiles] = await Promise.all([loadBook(config), loadFiles(config.bucket)])
    kept = { at: now, lists: [...ofBook, ...ofFiles] }
    return kept.lists
  }
}

async function loadBook(config: {
  bucket: R2Bucket
  standings?: () => Promise<readonly Standing[]>
}): Promise<AddressList[]> {
  const [book, standings] = await Promise.all([readAddressBook(config.bucket), config.standings?.() ?? null])
  return listsOfBook(book, standings)
}

async function loadFiles(bucket: R2Bucket): Promise<AddressList[]> {
  const files = newestOfEach(await findFiles(bucket))
  const lists = await Promise.all(files.map((file) => readList(bucket, file)))
  return lists.filter((list) => list !== null)
}

async function findFiles(bucket: R2Bucket): Promise<ListFile[]> {
  const files: ListFile[] = []
  let cursor: string | undefined
  do {
    const page = await bucket.list({ prefix: ADDRESS_LISTS_PREFIX, ...(cursor === undefined ? {} : { cursor }) })
    files.push(...page.objects.flatMap(({ key }) => fileOf(key)))
    cursor = page.truncated ? page.cursor : undefined
  } while (cursor !== undefined)
  return files
}

function fileOf(key: string): ListFile[] {
  const [, list, version, asset] = KEY_PATTERN.exec(key) ?? []
  const days = version === undefined ? null : civilDateToDays(version)
  if (list === undefined || version === undefined || asset === undefined || days === null) return []
  return [{ key, list, version, asset, as_of: days * DAY_MS }]
}

const newestOfEach = (files: ListFile[]): ListFile[] =>
  files.filter((file) => files.every((other) => other.list !== file.list || other.as_of <= file.as_of))

async function readList(bucket: R2Bucket, file: ListFile): Promise<AddressList | null> {
  const object = await bucket.get(file.key)
  return object === null ? null : parseAddressList(await object.text(), file)
}
