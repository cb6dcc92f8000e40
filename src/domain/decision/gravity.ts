// The order of actions, and the decision that the gravest of them is. Which actions were called for is rules.ts and
// floors.ts.

import type { FinalDecision } from '../session/status.ts'
import type { RuleAction } from '../workflow/definition.ts'

const GRAVITY: Record<RuleAction, number> = { no_action: 0, auto_approve: 1, flag: 2, manual_review: 3, auto_deny: 4 }

export const gravityOf = (action: RuleAction): number => GRAVITY[action]

/** Null of none. */
export const gravest = (actions: readonly RuleAction[]): RuleAction | null =>
  actions.reduce<RuleAction | null>(
    (worst, action) => (worst === null || GRAVITY[action] > GRAVITY[worst] ? action : worst),
    null,
  )

export type Outcome = {
  final_decision: FinalDecision | null
  status: 'approved' | 'rejected' | 'manual_review' | 'processed'
}

export function outcomeOf(action: RuleAction): Outcome {
  switch (action) {
    case 'auto_deny':
      return { final_decision: 'rejected', status: 'rejected' }
    case 'manual_review':
      return { final_decision: 'manual_review', status: 'manual_review' }
    case 'flag':
      return { final_decision: 'flagged', status: 'approved' }
    case 'auto_approve':
      return { final_decision: 'approved', status: 'approved' }
    case 'no_action':
      return { final_decision: null, status: 'processed' }
  }
}
