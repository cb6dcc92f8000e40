// The cross-validation check: documents against the form, and documents against each other. It lists what was put
// side by side, for the reviewer, and says whether the sources tell one story. What follows from a conflict is decided
// by the rules and floors; whether a document is genuine is not seen here.

import type { CheckInputs, Comparison, CrossValidationResult } from '../../domain/decision/check-results.ts'
import type { EpochMs } from '../../domain/time.ts'
import { COMPARED_FIELDS, agreement } from './fields.ts'
import type { ComparedField } from './fields.ts'
import { compareNames as ownCompareNames } from './names.ts'
import type { CompareNames } from './names.ts'
import { documentSources, formFacts } from './sources.ts'
import type { Fact, SourceDocument } from './sources.ts'

const PROVIDER = 'kyc-sessions/cross-validation'

/** Differ from document to document of one person, so that only the two sides of one document must agree on them. */
const OF_THE_DOCUMENT: ReadonlySet<ComparedField> = new Set<ComparedField>(['document_number', 'expiry_date'])
/** A company's papers are of several people. */
const OF_A_PERSON: ReadonlySet<ComparedField> = new Set<ComparedField>([
  'name',
  'date_of_birth',
  'gender',
  'nationality',
])

export type NamePair = { left: string; right: string; kind: 'individual' | 'company' }
/** 0–1 for each pair, NAME_MATCH and more for one name: of names in two scripts, which names.ts leaves open. */
export type CompareAcrossScripts = (pairs: NamePair[]) => Promise<number[]>

export function createCrossValidationEngine(parts: { compareAcrossScripts?: CompareAcrossScripts } = {}) {
  return async (inputs: CheckInputs, now: EpochMs): Promise<CrossValidationResult> => {
    const refuse = (message: string): CrossValidationResult => ({
      state: 'no_input',
      checked_at: now,
      provider: PROVIDER,
      message,
      is_consistent: false,
      comparisons: [],
    })
    const extraction = inputs.previous.extraction
    if (extraction !== undefined && extraction.state !== 'ok') {
      return refuse(`Nothing was read from the documents: extraction ended as ${extraction.state}.`)
    }
    const documents = documentSources(inputs)
    if (documents.length === 0) return refuse('Nothing was read from the documents.')
    const form = formFacts(inputs)
    const compareAll = (names: CompareNames): Comparison[] =>
      COMPARED_FIELDS.flatMap((field) => [
        ...withForm(field, documents, form, names),
        ...withEachOther(field, documents, { isCompany: inputs.subject.kind === 'company', form }, names),
      ])
    const comparisons = await withScripts(compareAll, parts.compareAcrossScripts)
    if (comparisons.length === 0)
      return refuse('What was read from the documents stands in no second source: there is nothing to compare it with.')
    return { state: 'ok', checked_at: now, provider: PROVIDER, is_consistent: isConsistent(comparisons), comparisons }
  }
}

/** Names in two scripts are gathered in a first pass and asked for at once; without an answer they stay not comparable. */
async function withScripts(
  compareAll: (names: CompareNames) => Comparison[],
  ask: CompareAcrossScripts | undefined,
): Promise<Comparison[]> {
  const open: NamePair[] = []
  const first = compareAll((left, right, kind) => {
    const score = ownCompareNames(left, right, kind)
    if (score === null) open.push({ left, right, kind })
    return score
  })
  if (open.length === 0 || ask === undefined) return first
  const scores = await ask(open).catch(() => null)
  if (scores === null) return first
  const known = new Map(open.map((pair, at) => [keyOf(pair), scores[at] ?? null]))
  return compareAll(
    (left, right, kind) => ownCompareNames(left, right, kind) ?? known.get(keyOf({ left, right, kind })) ?? null,
  )
}

const keyOf = ({ left, right, kind }: NamePair): string => JSON.stringify([left, right, kind])

/** A name that could not be compared (another script) leaves open who the person is: that is not a consistent story. */
function isConsistent(comparisons: readonly Comparison[]): boolean {
  const isOpen = comparisons.some(
    (one) => one.outcome === 'not_comparable' && (one.field === 'name' || one.field === 'company_name'),
  )
  return (
    !isOpen &&
    comparisons.some((one) => one.outcome === 'match') &&
    comparisons.every((one) => one.outcome !== 'conflict')
  )
}

/** Each document against the value of the form that fits it best: a form may name two nationalities or several owners. */
function withForm(
  field: ComparedField,
  documents: readonly SourceDocument[],
  form: readonly Fact[],
  names: CompareNames,
): Comparison[] {
  const stated = form.filter((fact) => fact.field === field)
  if (stated.length === 0) return []
  const compared = documents
    .filter((document) => document.isIdentity || !OF_THE_DOCUMENT.has(field))
    .flatMap((document) => document.facts.filter((fact) => fact.field === field))
    .flatMap((fact) => bestOf(stated.map((other) => compare(fact, other, names))))
  // The form gives the number of one document: where one has it, the others need not.
  const matches = compared.filter((one) => one.outcome === 'match')
  return OF_THE_DOCUMENT.has(field) && matches.length > 0 ? matches : compared
}

/** All against the first that states the fact: as telling as every pair, and linear. */
function withEachOther(
  field: ComparedField,
  documents: readonly SourceDocument[],
  context: { isCompany: boolean; form: readonly Fact[] },
  names: CompareNames,
): Comparison[] {
  if (OF_THE_DOCUMENT.has(field)) return sidesOf(documents).flatMap(([front, back]) => pair(field, front, back, names))
  if (context.isCompany && OF_A_PERSON.has(field)) return []
  // An identity card may hold an old address: what the form says of today is what papers must prove.
  if (field === 'address' && context.form.some((fact) => fact.field === 'address')) return []
  const [anchor, ...others] = documents.filter((document) => document.facts.some((fact) => fact.field === field))
  return anchor === undefined ? [] : others.flatMap((other) => pair(field, other, anchor, names))
}

/** Front and back of one document; with several of a type nobody knows which back belongs to which front. */
function sidesOf(documents: readonly SourceDocument[]): [SourceDocument, SourceDocument][] {
  return [...new Set(documents.map((document) => document.document_type))].flatMap((type) => {
    const ofType = (side: string) =>
      documents.filter((document) => document.document_type === type && document.side === side)
    const [[front, ...moreFronts], [back, ...moreBacks]] = [ofType('front'), ofType('back')]
    const isOne = moreFronts.length === 0 && moreBacks.length === 0
    return front !== undefined && back !== undefined && isOne
      ? [[front, back] satisfies [SourceDocument, SourceDocument]]
      : []
  })
}

function pair(field: ComparedField, left: SourceDocument, right: SourceDocument, names: CompareNames): Comparison[] {
  const [one, other] = [left, right].map((document) => document.facts.find((fact) => fact.field === field))
  return one === undefined || other === undefined ? [] : [compare(one, other, names)]
}

function compare(left: Fact, right: Fact, names: CompareNames): Comparison {
  const result = agreement(left.field, left.value, right.value, names)
  return {
    field: left.field,
    outcome: result === null ? 'not_comparable' : result.isMatch ? 'match' : 'conflict',
    score: result === null ? 0 : Math.round(result.score * 1000) / 1000,
    left: { source: left.source, value: left.value },
    right: { source: right.source, value: right.value },
  }
}

const RANK: Record<Comparison['outcome'], number> = { match: 2, conflict: 1, not_comparable: 0 }

const bestOf = (comparisons: readonly Comparison[]): Comparison[] =>
  comparisons
    .toSorted((left, right) => RANK[right.outcome] - RANK[left.outcome] || right.score - left.score)
    .slice(0, 1)
