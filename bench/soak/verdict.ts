import type { Receiver } from './receiver.ts'
import type { Compared } from './entry.ts'

// What the soak asks of the system once all faults are over.

const SETTLED = ['draft', 'approved', 'rejected', 'manual_review', 'processed', 'erased']

export type Verdict = { name: string; broken: string[] }[]

export function judge(compared: readonly Compared[], receiver: Receiver): Verdict {
  const arrived = receiver.sequences()
  const missing: string[] = []
  const twoIds: string[] = []
  for (const { session_id, status, sequences, last_sequence } of compared) {
    const last = status === 'erased' ? Math.max(0, ...sequences) : last_sequence
    const here = arrived.get(session_id)
    for (let sequence = 1; sequence <= last; sequence += 1) {
      if (!sequences.includes(sequence)) missing.push(`${session_id} ${sequence} in D1`)
      // What an erased session had still to say is not sent any more, but for the last word.
      const isOwed = status !== 'erased' || sequence === last
      if (isOwed && here?.has(sequence) !== true) missing.push(`${session_id} ${sequence} at the receiver`)
    }
    for (const [sequence, { ids }] of here ?? []) {
      if (ids.size > 1) twoIds.push(`${session_id} ${sequence}`)
    }
  }
  return [
    { name: 'a sequence is missing', broken: missing },
    { name: 'a sequence has two ids', broken: twoIds },
    { name: 'an id has two bodies', broken: receiver.idsWithTwoBodies() },
    {
      name: 'a session is stuck',
      broken: compared
        .filter(({ status, is_run_open, owed }) => is_run_open || owed > 0 || !SETTLED.includes(status ?? 'none'))
        .map(({ session_id, status, owed }) => `${session_id} ${status} owes ${owed}`),
    },
    {
      name: 'a row differs from its object',
      broken: compared
        .filter(({ differences }) => differences.length > 0)
        .map(({ session_id, differences }) => `${session_id}: ${differences.join(', ')}`),
    },
  ]
}
