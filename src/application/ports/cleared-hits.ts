import type { FoundWord } from '../../domain/screening/clearing.ts'
import type { TenantScope } from '../actor.ts'

/** A hit, and by what identities of its person a word on it is looked for. */
export type AskedHit = { hit_id: string; list: string; reference: string; identities: readonly string[] }

/** What reviewers of a tenant said of hits, across sessions. Persons are in it as keyed hashes only. */
export interface ClearedHits {
  find(scope: TenantScope, asked: readonly AskedHit[]): Promise<FoundWord[]>
}
