// The chain of a session's events: each link is a hash over the link before it, so that no event can be changed, taken out
// or put in without changing all that follow. The salt lets an event be erased: a hash of a few words alone could be guessed.
// It draws no randomness; salts are handed in.

import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, concatBytes, hexToBytes } from '@noble/hashes/utils.js'
import type { RecordedEvent } from '../session/events.ts'
import type { EpochMs } from '../time.ts'
import { uint64, utf8 } from './bytes.ts'

const GENESIS_TAG = 'kyc-sessions audit genesis v1\n'
const LINK_TAG = 'kyc-sessions audit link v1\n'
export const SALT_BYTES = 16

/** An event as it is kept. `payload` is the text that was hashed; salt and link (hex) are null before the chain began. */
export type ChainedEvent = {
  sequence: number
  at: EpochMs
  type: string
  payload: string
  salt: string | null
  link: string | null
}

/** The last link of a trail of `length` events; null where none of them is chained. */
export type AuditHead = { length: number; link: string | null }

/** What the first link of a session stands on. */
export const genesisOf = (sessionId: string): string => bytesToHex(sha256(utf8(GENESIS_TAG + sessionId)))

/** In place of the salt of an event whose text had to forget a person stands its leaf: the chain goes on, the text is unproven. */
const LEAF_MARK = 'leaf:'
export const isForgotten = ({ salt }: Pick<ChainedEvent, 'salt'>): boolean => salt?.startsWith(LEAF_MARK) === true

type Salted = Pick<ChainedEvent, 'payload'> & { salt: string }

const leafOf = ({ payload, salt }: Salted): Uint8Array =>
  isForgotten({ salt })
    ? hexToBytes(salt.slice(LEAF_MARK.length))
    : sha256(concatBytes(hexToBytes(salt), utf8(payload)))

export function linkOf(previous: string, event: Salted & Pick<ChainedEvent, 'sequence'>): string {
  const place = concatBytes(utf8(LINK_TAG), hexToBytes(previous), uint64(event.sequence))
  return bytesToHex(sha256(concatBytes(place, leafOf(event))))
}

/** The event with a text that says less. Its salt goes too: with it, what was said could be guessed. */
export function withText(event: ChainedEvent, payload: string): ChainedEvent {
  const { salt } = event
  return { ...event, payload, salt: salt === null ? null : LEAF_MARK + bytesToHex(leafOf({ ...event, salt })) }
}

/** Puts events at the end of a chain. `head`: the link of the event before them, null when there is none. */
export function chainEvents(
  { sessionId, head }: { sessionId: string; head: string | null },
  events: readonly RecordedEvent[],
  newSalt: () => Uint8Array,
): ChainedEvent[] {
  let previous = head ?? genesisOf(sessionId)
  return events.map((recorded): ChainedEvent => {
    const { sequence, at, event } = recorded
    const payload = JSON.stringify(recorded)
    const salt = bytesToHex(newSalt())
    previous = linkOf(previous, { sequence, payload, salt })
    return { sequence, at, type: event.type, payload, salt, link: previous }
  })
}

export const eventOf = ({ payload }: Pick<ChainedEvent, 'payload'>): RecordedEvent => JSON.parse(payload)
