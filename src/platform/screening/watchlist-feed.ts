import type { BodyBreak, FetchOutcome, OutboundHttp, OutboundStream, WatchlistFeed } from '../../application/ports.ts'
import type { Validator } from '../../domain/screening/watched-list.ts'
import { MINUTE_MS } from '../../domain/time.ts'
import type { ParseAnswer, ParseCall } from '../../engines/screening/list-calls.ts'
import type { FetchedList } from './fetched-lists.ts'
import { segmentKey } from '../r2/watchlist-store.ts'
import { uploadStream } from '../r2/upload-stream.ts'

const FETCH_LIMIT_MS = 5 * MINUTE_MS

/** What of the Worker `lists` is used here. */
export type ListParser = { parse(call: ParseCall, into: WritableStream<Uint8Array>): Promise<ParseAnswer> }

type Answered = Extract<OutboundStream, { outcome: 'answered' }>
type OpenFile = { part: string; url: string; answer: Answered }

export function createWatchlistFeed(parts: {
  lists: readonly FetchedList[]
  outbound: Pick<OutboundHttp, 'open'>
  parser: ListParser
  bucket: R2Bucket
  maxListBytes: number
}): WatchlistFeed {
  const { outbound, parser, bucket, maxListBytes } = parts

  async function open(url: string, validator: Validator | undefined): Promise<OutboundStream> {
    const headers: Record<string, string> = { accept: '*/*' }
    // Said of another address, it says nothing of this one.
    if (validator?.url === url) {
      if (validator.etag !== null) headers['if-none-match'] = validator.etag
      if (validator.last_modified !== null) headers['if-modified-since'] = validator.last_modified
    }
    const limits = { maxBytes: maxListBytes, timeoutMs: FETCH_LIMIT_MS }
    return outbound.open({ url, method: 'GET', headers, body: null, redirects: 'checked' }, limits)
  }

  /** All files of a list, or why not; null when none of them changed. */
  async function openAll(
    list: FetchedList,
    validators: Record<string, Validator>,
  ): Promise<OpenFile[] | { reason: string } | null> {
    const files: OpenFile[] = []
    for (const [part, url] of Object.entries(list.files)) {
      const answer = await open(url, validators[part])
      if (answer.outcome !== 'answered') return failed(files, reasonOf(answer))
      files.push({ part, url, answer })
      if (answer.status !== 200 && answer.status !== 304) {
        return failed(files, `its publisher answered ${answer.status}`)
      }
    }
    const unchanged = files.filter(({ answer }) => answer.status === 304)
    if (unchanged.length === 0) return files
    letGo(files)
    // One file is of no use without the others.
    return unchanged.length === files.length ? null : openAll(list, {})
  }

  return {
    async fetch(id, validators, segment): Promise<FetchOutcome> {
      const list = parts.lists.find((one) => one.id === id)
      if (list === undefined) return { kind: 'failed', reason: 'is not configured' }
      const files = await openAll(list, validators)
      if (files === null) return { kind: 'not_modified' }
      if ('reason' in files) return { kind: 'failed', reason: files.reason }
      const { readable, writable } = new IdentityTransformStream()
      const parsing = parser.parse(callOf(list, files), writable)
      const uploading = uploadStream(bucket, segmentKey(segment), readable)
      const [parsed, uploaded] = await Promise.allSettled([parsing, uploading])
      if (parsed.status === 'fulfilled' && parsed.value.ok && uploaded.status === 'fulfilled') {
        return {
          kind: 'parsed',
          facts: parsed.value.value,
          validators: Object.fromEntries(files.map((file) => [file.part, validatorOf(file)])),
          upload: uploaded.value,
        }
      }
      letGo(files)
      if (uploaded.status === 'fulfilled') await uploaded.value.drop()
      // Storage that fails says nothing of the list: the queue tries again.
      else if (parsed.status === 'fulfilled' && parsed.value.ok) throw uploaded.reason
      return { kind: 'failed', reason: reasonOfParse(parsed, files) }
    },
  }
}

function callOf(list: FetchedList, files: OpenFile[]): ParseCall {
  return {
    list: list.id,
    format: list.format,
    files: Object.fromEntries(files.map(({ part, answer }) => [part, answer.body])),
  }
}

const validatorOf = ({ url, answer: { headers } }: OpenFile): Validator => ({
  url,
  etag: sendable(headers['etag']),
  last_modified: sendable(headers['last-modified']),
})

const sendable = (value: string | undefined): string | null =>
  value !== undefined && /^[\x20-\x7e]+$/.test(value) ? value : null

function failed(files: OpenFile[], reason: string): { reason: string } {
  letGo(files)
  return { reason }
}

function letGo(files: OpenFile[]): void {
  for (const { answer } of files) answer.body.cancel().catch(() => undefined)
}

function reasonOf(outcome: Exclude<OutboundStream, { outcome: 'answered' }>): string {
  switch (outcome.outcome) {
    case 'refused':
      return `its address is refused: ${outcome.refusal.reason}`
    case 'timed_out':
      return 'its publisher did not answer in time'
    case 'unreachable':
      return 'its publisher cannot be reached'
  }
}

const BREAKS: Record<BodyBreak, string> = {
  too_large: 'is larger than this deployment takes',
  timed_out: 'did not come to its end in time',
  broken_off: 'broke off on its way',
}

function reasonOfParse(parsed: PromiseSettledResult<ParseAnswer>, files: OpenFile[]): string {
  const broken = files.map(({ answer }) => answer.broken()).find((reason) => reason !== null)
  if (broken !== undefined) return BREAKS[broken]
  if (parsed.status === 'rejected' || parsed.value.ok) return 'could not be read: the import broke down'
  const { code, line } = parsed.value.error
  return `could not be read: ${code}${line === null ? '' : ` in line ${line}`}`
}
