import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { DocumentExtraction, ResultsByCheck } from '../../../src/domain/decision/check-results.ts'
import { CHECK_STATES } from '../../../src/domain/decision/check-results.ts'
import { decideOutcome } from '../../../src/domain/decision/decide-outcome.ts'
import { gravest, gravityOf, outcomeOf } from '../../../src/domain/decision/gravity.ts'
import { requestedChecks } from '../../../src/domain/decision/requested-checks.ts'
import type { SessionState } from '../../../src/domain/session/state.ts'
import type { FormData } from '../../../src/domain/session/state.ts'
import type { AutomationRules, RuleAction, WorkflowDefinition } from '../../../src/domain/workflow/definition.ts'
import { ACTIONS } from '../../../src/domain/workflow/definition.ts'
import { automationRules, richWorkflow, validationConfig } from '../../support/fixtures/workflow.ts'
import {
  CLEAN,
  NOW,
  childOf,
  conflict,
  extractionOf,
  hits,
  sessionOf,
  spoiled,
  uploaded,
  walletHit,
} from './session-state.ts'

const PERSON: FormData = { full_name: 'Anna Eriksson', birth: '1974-08-12', country: 'SE', is_pep: false }

const workflowWith = (rules: Partial<AutomationRules>, checks = true): WorkflowDefinition => {
  const base = richWorkflow({
    validation_config: validationConfig({
      run_lists: checks,
      run_crypto: checks,
      run_adverse_media: checks,
      auto_face_match: checks,
      cross_validation: checks,
      automation_rules: automationRules({ default_action: 'auto_approve', ...rules }),
    }),
  })
  return base
}

function decide(
  rules: Partial<AutomationRules> = {},
  input: {
    results?: ResultsByCheck
    form?: FormData
    state?: Partial<SessionState>
    extraction?: DocumentExtraction
  } = {},
) {
  const workflow = workflowWith(rules)
  const results =
    input.extraction === undefined
      ? CLEAN
      : { ...CLEAN, extraction: { ...CLEAN.extraction, documents: [input.extraction] } }
  const state = sessionOf(
    workflow,
    { person: { ...PERSON, ...input.form } },
    { documents: [uploaded()], ...input.state },
  )
  return decideOutcome({ state, workflow, results: input.results ?? results, now: NOW })
}
const flags = (outcome: ReturnType<typeof decide>) =>
  outcome.automation_flags.map((flag) => `${flag.rule} ${flag.action}`)

describe('the outcome of a clean run', () => {
  it('is the default action, and no flag', () => {
    expect(decide()).toMatchObject({
      final_decision: 'approved',
      status: 'approved',
      risk_score: 0,
      risk_level: 'low',
      risk_factors: [],
      automation_flags: [],
    })
    expect(decide({ default_action: 'manual_review' })).toMatchObject({
      final_decision: 'manual_review',
      status: 'manual_review',
    })
    expect(decide({ default_action: 'auto_deny' })).toMatchObject({ final_decision: 'rejected', status: 'rejected' })
    expect(decide({ default_action: 'flag' })).toMatchObject({ final_decision: 'flagged', status: 'approved' })
    expect(decide({ default_action: 'no_action' })).toMatchObject({ final_decision: null, status: 'processed' })
  })
  it('is left to people when automation is off, with the risk still scored', () => {
    const outcome = decide(
      { enabled: false, default_action: 'auto_deny' },
      { results: { ...CLEAN, watchlists: hits({}) } },
    )
    expect(outcome).toMatchObject({ final_decision: null, status: 'processed', automation_flags: [] })
    expect(outcome.risk_score).toBe(60)
  })
})

describe('rules about countries', () => {
  const rule = (applies_to: AutomationRules['country_rules'][number]['applies_to']) => ({
    country_rules: [{ country_code: 'SE', action: 'auto_deny' as const, applies_to, reason: 'Not served.' }],
  })
  it('fire on the kind of country they name', () => {
    expect(decide(rule(['residence']))).toMatchObject({
      status: 'rejected',
      automation_flags: [{ rule: 'country_rules[0]', action: 'auto_deny', reason: 'Not served.' }],
    })
    expect(decide(rule(['all'])).status).toBe('rejected')
    expect(decide(rule(['nationality'])).status).toBe('approved')
  })
  it('see the nationality that a document shows', () => {
    expect(decide(rule(['nationality']), { extraction: extractionOf({ nationality: 'SWE' }) }).status).toBe('rejected')
  })
})

describe('rules about documents', () => {
  const decided = (
    condition: AutomationRules['document_rules'][number]['condition'],
    extraction: DocumentExtraction,
    value?: number | string[],
  ) =>
    decide({ document_rules: [{ document_type: 'id', condition, value, action: 'auto_deny' }] }, { extraction }).status
  const passport = (expiry: string) => extractionOf({ expiry_date: expiry })

  it('fire when one has run out, and not on its last day', () => {
    expect(decided('expired', passport('2026-11-22'))).toBe('rejected')
    expect(decided('expired', passport('2026-11-23'))).toBe('approved')
    expect(decided('expired', passport('not read'))).toBe('approved')
  })
  it('fire when one runs out soon or already has', () => {
    expect(decided('expires_within_days', passport('2026-12-23'), 30)).toBe('rejected')
    expect(decided('expires_within_days', passport('2026-12-24'), 30)).toBe('approved')
    expect(decided('expires_within_days', passport('2020-01-01'), 30)).toBe('rejected')
  })
  it('fire when one could not be read', () => {
    expect(decided('unreadable', extractionOf({}))).toBe('rejected')
    expect(decided('unreadable', extractionOf({ surname: 'X' }))).toBe('approved')
  })
  it('fire on failing check digits, another type and the issuing country', () => {
    expect(
      decided('mrz_invalid', extractionOf({ a: 'b' }, { mrz: { format: 'TD3', lines: [], checks: {}, valid: false } })),
    ).toBe('rejected')
    expect(decided('mrz_invalid', extractionOf({ a: 'b' }))).toBe('approved')
    expect(decided('type_mismatch', extractionOf({ a: 'b' }, { document_type: 'proof_of_address' }))).toBe('rejected')
    expect(decided('type_mismatch', extractionOf({ a: 'b' }, { document_type: 'passport' }))).toBe('approved')
    expect(decided('issuing_country_in', extractionOf({ a: 'b' }, { issuing_country: 'IRN' }), ['IR'])).toBe('rejected')
  })
  it('fire when one is missing, and know a passport that was sent as id', () => {
    const missing = (document_type: 'passport' | 'proof_of_address') => ({
      document_rules: [{ document_type, condition: 'missing' as const, action: 'auto_deny' as const }],
    })
    expect(decide(missing('proof_of_address')).status).toBe('rejected')
    expect(decide(missing('passport')).status).toBe('rejected')
    expect(decide(missing('passport'), { extraction: extractionOf({ surname: 'X' }) }).status).toBe('approved')
  })
})

describe('rules about fields, subsessions and risk', () => {
  const fieldRule = (field_key: string, operator: 'equals' | 'is_empty' | 'not_equals', value?: boolean | string) => ({
    form_field_rules: [{ field_key, operator, value, action: 'auto_deny' as const }],
  })
  it('fire on an answer', () => {
    expect(decide(fieldRule('is_pep', 'equals', true)).status).toBe('approved')
    expect(decide(fieldRule('is_pep', 'equals', true), { form: { is_pep: true, pep_role: 'x' } }).status).toBe(
      'rejected',
    )
    expect(decide(fieldRule('bill', 'is_empty')).status).toBe('rejected')
  })
  it('do not fire on a field that was never asked', () => {
    expect(decide(fieldRule('pep_role', 'is_empty')).status).toBe('approved')
    expect(decide(fieldRule('pep_role', 'not_equals', 'x')).status).toBe('approved')
  })
  it('fire on how the subsessions stand', () => {
    const withChild = (
      condition: AutomationRules['subsession_rules'][number]['condition'],
      ...children: ReturnType<typeof childOf>[]
    ) => decide({ subsession_rules: [{ condition, action: 'auto_deny' }] }, { state: { subsessions: children } }).status
    expect(withChild('any_not_approved')).toBe('approved')
    expect(withChild('any_not_approved', childOf())).toBe('approved')
    expect(withChild('any_not_approved', childOf(), childOf({ status: 'manual_review', final_decision: null }))).toBe(
      'rejected',
    )
    expect(withChild('any_not_completed', childOf({ status: 'completed', final_decision: null }))).toBe('approved')
    expect(withChild('any_not_completed', childOf({ status: 'active', final_decision: null }))).toBe('rejected')
    expect(withChild('any_rejected', childOf({ status: 'rejected', final_decision: 'rejected' }))).toBe('rejected')
  })
  it('fire from a risk on', () => {
    const risk = { form: { is_pep: true, pep_role: 'x' } }
    expect(decide({ risk_rules: [{ min_risk: 30, action: 'flag' }] }, risk)).toMatchObject({
      risk_score: 30,
      final_decision: 'flagged',
      status: 'approved',
    })
    expect(decide({ risk_rules: [{ min_risk: 31, action: 'flag' }] }, risk).final_decision).toBe('approved')
  })
})

describe('floors', () => {
  it('hold every requested check that did not end ok, over auto_approve', () => {
    for (const check of requestedChecks(workflowWith({}))) {
      for (const state of [...CHECK_STATES.filter((one) => one !== 'ok'), 'absent' as const]) {
        const outcome = decide({}, { results: spoiled(CLEAN, check, state) })
        expect(outcome.status, `${check} ${state}`).toBe('manual_review')
        expect(flags(outcome)).toEqual([`floor:${check} manual_review`])
      }
    }
  })
  it('do not soften a denial', () => {
    expect(decide({ default_action: 'auto_deny' }, { results: spoiled(CLEAN, 'crypto', 'error') }).status).toBe(
      'rejected',
    )
  })
  it('hold over no_action too', () => {
    expect(decide({ default_action: 'no_action' }, { results: spoiled(CLEAN, 'crypto', 'error') }).status).toBe(
      'manual_review',
    )
  })
  it.each<[string, ResultsByCheck]>([
    ['watchlists', { ...CLEAN, watchlists: hits({ score: 0.85 }) }],
    ['crypto', { ...CLEAN, crypto: walletHit() }],
    ['face_match', { ...CLEAN, face_match: { ...CLEAN.face_match, is_match: false, decision: 'review' } }],
    ['liveness', { ...CLEAN, liveness: { ...CLEAN.liveness, passed: false } }],
    ['cross_validation', { ...CLEAN, cross_validation: conflict('surname', 'id.mrz', 'form.full_name') }],
  ])('hold a finding of %s that no rule names', (check, results) => {
    const outcome = decide({}, { results })
    expect(outcome.status).toBe('manual_review')
    expect(flags(outcome)).toEqual([`floor:${check} manual_review`])
  })
  it('do not count hits below the threshold or whitelisted ones', () => {
    expect(
      decide({}, { results: { ...CLEAN, watchlists: hits({ score: 0.84 }, { score: 1, whitelisted: true }) } }),
    ).toMatchObject({ status: 'approved', risk_score: 0 })
  })
  it('is left to a person where more hits were found than are kept, even if all of those are cleared', () => {
    const watchlists = { ...hits({ whitelisted: true }), is_truncated: true }
    const outcome = decide({}, { results: { ...CLEAN, watchlists } })
    expect([outcome.final_decision, flags(outcome)]).toEqual(['manual_review', ['floor:watchlists manual_review']])
  })
  it('do not count an address that is no longer listed, and no rule acts on it', () => {
    const results = { ...CLEAN, crypto: walletHit('ofac_sdn', '2025-03-21') }
    const rules: Partial<AutomationRules> = { list_match_rules: [{ lists: [], min_score: 0.5, action: 'auto_deny' }] }
    expect(decide({}, { results })).toMatchObject({ status: 'approved', risk_score: 10 })
    expect(decide(rules, { results })).toMatchObject({ status: 'approved', automation_flags: [] })
  })
  it('give way to a list rule that names the hit, and only to that', () => {
    const pepRule = { list_match_rules: [{ lists: ['PEP'], min_score: 0.85, action: 'flag' as const }] }
    expect(decide(pepRule, { results: { ...CLEAN, watchlists: hits({ list: 'pep' }) } })).toMatchObject({
      final_decision: 'flagged',
      status: 'approved',
    })
    const both = decide(pepRule, { results: { ...CLEAN, watchlists: hits({ list: 'pep' }, { list: 'ofac_sdn' }) } })
    expect(both.status).toBe('manual_review')
    expect(flags(both)).toEqual(['list_match_rules[0] flag', 'floor:watchlists manual_review'])
    const tooLow = decide(
      { list_match_rules: [{ lists: [], min_score: 0.95, action: 'auto_approve' }] },
      { results: { ...CLEAN, watchlists: hits({ score: 0.9 }) } },
    )
    expect(tooLow.status).toBe('manual_review')
  })
  it('give way to a rule about wallets on the list, and to mismatch rules that name the document', () => {
    expect(
      decide(
        { list_match_rules: [{ lists: ['ofac_sdn'], min_score: 0.9, action: 'flag' }] },
        { results: { ...CLEAN, crypto: walletHit() } },
      ).status,
    ).toBe('approved')
    const idRule: Partial<AutomationRules> = {
      document_rules: [{ document_type: 'id' as const, condition: 'data_mismatch' as const, action: 'flag' as const }],
    }
    expect(
      decide(idRule, { results: { ...CLEAN, cross_validation: conflict('surname', 'id.mrz', 'form.full_name') } })
        .final_decision,
    ).toBe('flagged')
    expect(
      decide(idRule, {
        results: { ...CLEAN, cross_validation: conflict('surname', 'proof_of_address', 'form.full_name') },
      }).final_decision,
    ).toBe('manual_review')
    const bill = uploaded({ doc_id: 'doc_bill', document_type: 'proof_of_address', side: null })
    const results = { ...CLEAN, cross_validation: conflict('address', 'doc_bill', 'form.address') }
    expect(decide(idRule, { results, state: { documents: [uploaded(), bill] } }).status).toBe('manual_review')
    const face = { ...CLEAN, face_match: { ...CLEAN.face_match, is_match: false, decision: 'no_match' as const } }
    expect(
      decide({ list_match_rules: [{ lists: [], min_score: 0, action: 'auto_approve' }] }, { results: face }).status,
    ).toBe('manual_review')
  })
  it('give way to no rule when the check could not run', () => {
    const results = { ...CLEAN, watchlists: { ...hits({ list: 'pep' }), state: 'stale' as const } }
    expect(
      decide({ list_match_rules: [{ lists: [], min_score: 0.85, action: 'auto_approve' }] }, { results }).status,
    ).toBe('manual_review')
  })
})

describe('whatever the rules', () => {
  const action = fc.constantFrom<RuleAction>(...ACTIONS)
  const rules = fc.record({
    country_rules: fc.array(
      fc.record({
        country_code: fc.constantFrom('SE', 'IR'),
        action,
        applies_to: fc.constant<AutomationRules['country_rules'][number]['applies_to']>(['all']),
      }),
      { maxLength: 2 },
    ),
    list_match_rules: fc.array(
      fc.record({
        lists: fc.constantFrom<string[]>([], ['pep'], ['ofac_sdn']),
        min_score: fc.double({ min: 0, max: 1, noNaN: true }),
        action,
      }),
      { maxLength: 3 },
    ),
    document_rules: fc.array(
      fc.record({
        document_type: fc.constantFrom('id' as const, 'selfie' as const),
        condition: fc.constantFrom('missing' as const, 'unreadable' as const, 'data_mismatch' as const),
        action,
      }),
      { maxLength: 3 },
    ),
    form_field_rules: fc.array(
      fc.record({
        field_key: fc.constantFrom('is_pep', 'bill'),
        operator: fc.constantFrom('is_empty' as const, 'is_not_empty' as const),
        action,
      }),
      { maxLength: 3 },
    ),
    risk_rules: fc.array(fc.record({ min_risk: fc.integer({ min: 0, max: 100 }), action }), { maxLength: 2 }),
    default_action: action,
  })
  const results: fc.Arbitrary<ResultsByCheck> = fc
    .record({
      list: fc.constantFrom('pep', 'ofac_sdn'),
      score: fc.double({ min: 0, max: 1, noNaN: true }),
      wallet: fc.boolean(),
      face: fc.boolean(),
      alive: fc.boolean(),
      consistent: fc.boolean(),
      media: fc.constantFrom('none' as const, 'low' as const, 'medium' as const, 'high' as const),
    })
    .map((drawn) => ({
      ...CLEAN,
      watchlists: hits({ list: drawn.list, score: drawn.score }),
      crypto: drawn.wallet ? walletHit() : CLEAN.crypto,
      face_match: {
        ...CLEAN.face_match,
        is_match: drawn.face,
        decision: drawn.face ? ('match' as const) : ('no_match' as const),
      },
      liveness: { ...CLEAN.liveness, passed: drawn.alive },
      cross_validation: drawn.consistent ? CLEAN.cross_validation : conflict('surname', 'id', 'form'),
      adverse_media: { ...CLEAN.adverse_media, level: drawn.media },
    }))
  const gravityOfStatus = (outcome: ReturnType<typeof decide>): number => {
    const found = ACTIONS.find(
      (one) => outcomeOf(one).final_decision === outcome.final_decision && outcomeOf(one).status === outcome.status,
    )
    return gravityOf(found ?? 'no_action')
  }

  it('a check that did not end ok never leads to an approval', () => {
    const checks = fc.constantFrom(...requestedChecks(workflowWith({})))
    const states = fc.constantFrom('absent' as const, ...CHECK_STATES.filter((one) => one !== 'ok'))
    fc.assert(
      fc.property(rules, results, checks, states, (ruleSet, found, check, state) => {
        const outcome = decide(ruleSet, { results: spoiled(found, check, state) })
        expect(['manual_review', 'rejected']).toContain(outcome.status)
        expect(['manual_review', 'rejected']).toContain(outcome.final_decision)
      }),
    )
  })
  it('the outcome is the gravest flag, or the default when there is none', () => {
    fc.assert(
      fc.property(rules, results, (ruleSet, found) => {
        const outcome = decide(ruleSet, { results: found })
        const called = ACTIONS.filter((one) => outcome.automation_flags.some((flag) => flag.action === one))
        const ruled = outcome.automation_flags.filter((flag) => !flag.rule.startsWith('floor:'))
        const worst = gravest(ruled.length === 0 ? [...called, ruleSet.default_action] : called)
        expect(outcome).toMatchObject(outcomeOf(worst ?? ruleSet.default_action))
      }),
    )
  })
  it('a further rule about a field makes the outcome no milder than it asks for, and no milder than the rules before', () => {
    fc.assert(
      fc.property(rules, results, action, (ruleSet, found, further) => {
        const before = decide(ruleSet, { results: found })
        const after = decide(
          {
            ...ruleSet,
            form_field_rules: [
              ...ruleSet.form_field_rules,
              { field_key: 'full_name', operator: 'is_not_empty', action: further },
            ],
          },
          { results: found },
        )
        expect(gravityOfStatus(after)).toBeGreaterThanOrEqual(gravityOf(further))
        if (before.automation_flags.length > 0)
          expect(gravityOfStatus(after)).toBeGreaterThanOrEqual(
            gravityOf(
              gravest(before.automation_flags.flatMap((flag) => ACTIONS.filter((one) => one === flag.action))) ??
                'no_action',
            ),
          )
      }),
    )
  })
  it('a further hit never lowers the risk, nor the decision where no list rule names it', () => {
    fc.assert(
      fc.property(rules, results, (ruleSet, found) => {
        const plain = { ...ruleSet, list_match_rules: [], risk_rules: [] }
        const before = decide(plain, { results: found })
        const after = decide(plain, {
          results: { ...found, watchlists: hits(...(found.watchlists?.hits ?? []), { list: 'un', score: 1 }) },
        })
        expect(after.risk_score).toBeGreaterThanOrEqual(before.risk_score)
        expect(gravityOfStatus(after)).toBeGreaterThanOrEqual(gravityOfStatus(before))
      }),
    )
  })
  it('the risk factors sum to the score, between 0 and 100', () => {
    fc.assert(
      fc.property(rules, results, fc.boolean(), (ruleSet, found, pep) => {
        const { risk_score, risk_factors, risk_level } = decide(ruleSet, {
          results: found,
          form: { is_pep: pep, pep_role: 'x', country: pep ? 'KP' : 'YE' },
        })
        expect(risk_factors.reduce((sum, factor) => sum + factor.points, 0)).toBe(risk_score)
        expect(risk_score).toBeGreaterThanOrEqual(0)
        expect(risk_score).toBeLessThanOrEqual(100)
        expect(risk_level).toBe(risk_score < 30 ? 'low' : risk_score < 70 ? 'medium' : 'high')
        for (const factor of risk_factors) expect(JSON.stringify(factor)).not.toContain('Eriksson')
      }),
    )
  })
})
