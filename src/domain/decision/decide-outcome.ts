// What automation makes of a finished run: the workflow's rules, held up by the floors, and the risk score. A
// reviewer's decision is not made here, and nothing here can approve what could not be checked.

import type { AutomationFlag, RiskFactor, SessionState } from '../session/state.ts'
import type { FinalDecision, RiskLevel } from '../session/status.ts'
import type { EpochMs } from '../time.ts'
import { civilDateAt } from '../time.ts'
import type { WorkflowDefinition } from '../workflow/definition.ts'
import type { ResultsByCheck } from './check-results.ts'
import { floors } from './floors.ts'
import { gravest, outcomeOf } from './gravity.ts'
import { requestedChecks } from './requested-checks.ts'
import { scoreRisk } from './risk-score.ts'
import { firedRules } from './rules.ts'

export type AutomationOutcome = {
  /** Null when automation is off or says `no_action`. */
  final_decision: FinalDecision | null
  status: 'approved' | 'rejected' | 'manual_review' | 'processed'
  risk_score: number
  risk_level: RiskLevel
  risk_factors: RiskFactor[]
  /** Every rule that fired, then every floor that holds. */
  automation_flags: AutomationFlag[]
}

/** A requested check without a result counts as `error`. */
export function decideOutcome(input: {
  state: SessionState
  workflow: WorkflowDefinition
  results: ResultsByCheck
  now: EpochMs
}): AutomationOutcome {
  const { state, workflow, results } = input
  const today = civilDateAt(input.now)
  const requested = requestedChecks(workflow)
  const risk = scoreRisk({ state, workflow, requested, results, today })
  const rules = workflow.validation_config.automation_rules
  if (!rules.enabled) return { ...outcomeOf('no_action'), ...risk, automation_flags: [] }

  const fired = firedRules({ state, workflow, results, today, riskScore: risk.risk_score })
  const held = floors({ state, workflow, requested, results, fired })
  const ruled = gravest(fired.map((one) => one.action)) ?? rules.default_action
  const action = held.length === 0 ? ruled : (gravest([ruled, 'manual_review']) ?? 'manual_review')
  return { ...outcomeOf(action), ...risk, automation_flags: [...fired, ...held] }
}
