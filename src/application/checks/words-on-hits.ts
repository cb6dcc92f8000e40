import type { CheckResult } from '../../domain/decision/check-results.ts'
import type { FoundWord } from '../../domain/screening/clearing.ts'
import { identitiesOf } from '../../domain/screening/person-identity.ts'
import type { Deps, WantedJob } from '../ports.ts'

/**
 * What reviewers of other sessions said of these hits. When that cannot be asked, the hits stay open: a reviewer looks at
 * them once more, and the check does not wait for D1.
 */
export async function wordsOnHits(
  deps: Pick<Deps, 'clearedHits' | 'log'>,
  { scope, client_id }: Pick<WantedJob, 'scope' | 'client_id'>,
  result: CheckResult,
): Promise<FoundWord[]> {
  if (!('hits' in result) || result.hits.length === 0) return []
  const asked = result.hits.map((hit) => ({
    hit_id: hit.hit_id,
    list: hit.list,
    reference: hit.reference,
    identities: identitiesOf({
      client_id,
      name: hit.subject_name,
      date_of_birth: hit.subject_date_of_birth ?? null,
    }),
  }))
  try {
    return await deps.clearedHits.find(scope, asked)
  } catch (cause) {
    deps.log.warn('check.clearings_unknown', { error_name: cause instanceof Error ? cause.name : typeof cause })
    return []
  }
}
