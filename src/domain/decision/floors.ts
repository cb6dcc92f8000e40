// What no automation may wave through: a check that was asked for and did not end `ok`, and a finding that no rule
// speaks for. Each holds the decision at `manual_review` or graver. A finding's floor gives way to a rule that fired
// and names that finding; a check that could not run gives way to nothing.

import type { AutomationFlag, SessionState } from '../session/state.ts'
import { isCurrent } from '../document/document.ts'
import type { CheckName, WorkflowDefinition } from '../workflow/definition.ts'
import type { ResultsByCheck } from './check-results.ts'
import { countsAs } from './document-facts.ts'
import {
  conflicts,
  cryptoHits,
  faceMismatch,
  failedLiveness,
  hasUnseenHits,
  isInconsistent,
  openHitsAt,
} from './findings.ts'
import { currentExtractions } from './inputs.ts'
import type { FiredRule } from './rules.ts'
import { isAbout, namesHit } from './rules.ts'

export function floors(input: {
  state: SessionState
  workflow: WorkflowDefinition
  requested: readonly CheckName[]
  results: ResultsByCheck
  fired: readonly FiredRule[]
}): AutomationFlag[] {
  const unfinished = input.requested.flatMap((check) => {
    const state = input.results[check]?.state ?? 'error'
    return state === 'ok' ? [] : [floor(check, `The check ${label(check)} ended ${state}, so it counts as not passed.`)]
  })
  return [...unfinished, ...findingFloors(input)]
}

const label = (check: CheckName): string => check.replaceAll('_', ' ')

const floor = (check: CheckName, reason: string): AutomationFlag => ({
  rule: `floor:${check}`,
  action: 'manual_review',
  reason,
})

function findingFloors({ state, workflow, results, fired }: Parameters<typeof floors>[0]): AutomationFlag[] {
  const config = workflow.validation_config
  const isFired = (kind: string, index: number) => fired.some((one) => one.rule === `${kind}[${index}]`)
  const listRules = config.automation_rules.list_match_rules.filter((_, index) => isFired('list_match_rules', index))
  const mismatchRules = config.automation_rules.document_rules.filter(
    (rule, index) => rule.condition === 'data_mismatch' && isFired('document_rules', index),
  )
  const isNamed = (hit: { list: string; score: number }) => listRules.some((rule) => namesHit(rule, hit))
  const found: AutomationFlag[] = []

  const names = openHitsAt(results, config.list_match_threshold).filter((hit) => !isNamed(hit))
  const best = names.toSorted((left, right) => right.score - left.score)[0]
  if (best !== undefined) {
    found.push(
      floor(
        'watchlists',
        `${names.length} watchlist hit(s) that no rule names; the best is on ${best.list} with ${best.score.toFixed(2)}.`,
      ),
    )
  }
  if (hasUnseenHits(results)) found.push(floor('watchlists', 'There are more watchlist hits than a result can hold.'))
  const addresses = cryptoHits(results).filter((hit) => !isNamed({ list: hit.list, score: 1 }))
  if (addresses[0] !== undefined)
    found.push(floor('crypto', `A wallet address is on ${addresses[0].list} and no rule names that.`))
  if (faceMismatch(results) !== null && !mismatchRules.some((rule) => rule.document_type === 'selfie')) {
    found.push(floor('face_match', 'The faces were not found to be of one person.'))
  }
  if (failedLiveness(results) !== null) found.push(floor('liveness', 'The liveness check was not passed.'))

  const documents = state.documents.filter(isCurrent)
  const extractions = currentExtractions(state, results)
  const all = conflicts(results)
  const unnamed = all.filter((conflict) => {
    const named = documents.filter((document) => {
      const extraction = extractions.get(document.doc_id) ?? null
      return (
        isAbout(conflict, document, extraction) &&
        mismatchRules.some((rule) => countsAs(rule.document_type, document, extraction))
      )
    })
    return named.length === 0
  })
  if (unnamed[0] !== undefined) {
    found.push(
      floor(
        'cross_validation',
        `${unnamed.length} conflict(s) between sources that no rule names, first on ${unnamed[0].field.replaceAll('_', ' ')}.`,
      ),
    )
  } else if (all.length === 0 && isInconsistent(results.cross_validation)) {
    found.push(floor('cross_validation', 'The sources were found inconsistent.'))
  }
  return found
}
