import type { SealedAt } from '../../application/ports.ts'
import type { ChainedEvent } from '../../domain/audit/chain.ts'
import type { AccessRecord } from '../../domain/audit/seal.ts'
import type { AccessLineBody, AccessSealBody, ChainedEventBody } from '../schemas/audit.ts'
import { iso } from './time.ts'

export const presentChained = (event: ChainedEvent): ChainedEventBody => ({ ...event, at: iso(event.at) })

export const presentLine = ({ actor_type, actor_id, ...line }: AccessRecord): AccessLineBody => ({
  ...line,
  at: iso(line.at),
  actor: { type: actor_type, id: actor_id },
})

export const presentSeal = (seal: SealedAt): AccessSealBody => ({ ...seal, sealed_at: iso(seal.sealed_at) })
