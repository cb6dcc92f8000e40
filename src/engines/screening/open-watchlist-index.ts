// Screens a subject against an index: candidates by words and identifiers, each scored by name, then by evidence; of an
// entry its best name counts. Pure: bytes in, hits out.

import type {
  HitExplanation,
  Screening,
  ScreeningHit,
  ScreeningOptions,
  ScreeningSubject,
} from '../../domain/screening/screening.ts'
import { comparableIdentifier, identifierKey } from './index/identifiers.ts'
import { MOST_UNMATCHED, createScratch, findCandidates } from './index/find-candidates.ts'
import { IndexReader } from './index/open-index.ts'
import { parseName } from './names/parse-name.ts'
import type { NameClass, ParsedName } from './names/parse-name.ts'
import { asScore, bandOf, kindLogit, probability } from './score/calibration.ts'
import { explainWords, scoreNames } from './score/compare-names.ts'
import type { NameComparison } from './score/compare-names.ts'
import { LEAST_WITH_IDENTIFIER, weighEvidence } from './score/evidence.ts'
import type { WatchlistIndex } from './watchlist-index.ts'

/** Names of an index that are scored for one name that is asked for. */
const MOST_CANDIDATES = 48
/** What scores less by name alone is no near miss of anyone. */
const LEAST_NEAR = 0.002
/** Evidence can raise a name this far; what is lower without it stays below every threshold. */
const MOST_RAISED = 4

type Best = {
  entity: number
  name: number
  subjectName: string
  query: ParsedName
  comparison: NameComparison
  logit: number
}

export function openIndex(bytes: ArrayBuffer): WatchlistIndex {
  const reader = new IndexReader(bytes)
  const scratch = createScratch(reader.nameCount)

  function bestByEntity(
    subject: ScreeningSubject,
    tellsMisses: boolean,
    isAsked: (entity: number) => boolean,
  ): Map<number, Best> {
    const unmatched = tellsMisses ? MOST_UNMATCHED.ofMisses : MOST_UNMATCHED.ofHits
    const best = new Map<number, Best>()
    const consider = (query: ParsedName, subjectName: string, name: number) => {
      const entity = reader.entityOf(name)
      if (!isAsked(entity)) return
      const comparison = scoreNames(query, reader.name(name))
      const logit = comparison.logit + kindLogit(reader.nameKind(name))
      if (logit > (best.get(entity)?.logit ?? -Infinity))
        best.set(entity, { entity, name, subjectName, query, comparison, logit })
    }
    for (const subjectName of subject.names) {
      for (const of of classesOf(subject)) {
        const query = parseName(subjectName, of)
        for (const name of findCandidates(reader, query, { most: MOST_CANDIDATES, unmatched }, scratch))
          consider(query, subjectName, name)
      }
    }
    // An equal identifier leads to its entry whatever the name.
    for (const identifier of subject.identifiers ?? []) {
      const comparable = comparableIdentifier(identifier)
      if (comparable === null) continue
      for (const entity of reader.entitiesUnder(identifierKey(comparable))) {
        if (best.has(entity)) continue
        const name = reader.primaryNameOf(entity)
        const subjectName = subject.names[0] ?? ''
        consider(parseName(subjectName, reader.name(name).of), subjectName, name)
      }
    }
    return best
  }

  return {
    lists: reader.lists,
    screen(subject: ScreeningSubject, options: ScreeningOptions): Screening {
      const isOfList = reader.lists.map((list) => options.lists.length === 0 || options.lists.includes(list.id))
      const isAsked = (entity: number) => isOfList[reader.listOf(entity)] === true
      const floor = Math.min(options.threshold, LEAST_NEAR)
      const scored = [...bestByEntity(subject, options.misses > 0, isAsked).values()]
        .filter((one) => subject.identifiers !== undefined || probability(one.logit + MOST_RAISED) >= floor)
        .map((one) => ({ one, hit: makeHit(reader, subject, one) }))
        .sort(
          (left, right) =>
            right.hit.score - left.hit.score ||
            rankOf(left.hit) - rankOf(right.hit) ||
            right.one.logit - left.one.logit,
        )
        .map(({ hit }) => hit)
      const hits = scored.filter((hit) => hit.score >= options.threshold).slice(0, options.limit)
      const near = scored.filter((hit) => hit.score < options.threshold && hit.score >= LEAST_NEAR)
      return { hits, near_misses: near.slice(0, options.misses) }
    },
  }
}

/** One person on several lists: first where the listing began. States take the UN's over into lists of their own. */
const rankOf = (hit: ScreeningHit): number => (hit.list === 'un_sc' ? 0 : 1)

const classesOf = ({ kind }: ScreeningSubject): NameClass[] =>
  kind === 'individual' ? ['person'] : kind === 'company' ? ['organization'] : ['person', 'organization']

function makeHit(reader: IndexReader, subject: ScreeningSubject, best: Best): ScreeningHit {
  const entity = reader.entity(best.entity)
  const evidence = weighEvidence(subject, entity)
  let logit = best.logit
  const told: HitExplanation['evidence'] = []
  for (const { logit: weight, ...rest } of evidence) {
    const before = probability(logit)
    logit = (rest.factor === 'identifier' ? Math.max(logit, LEAST_WITH_IDENTIFIER) : logit) + weight
    told.push({ ...rest, effect: Math.round((probability(logit) - before) * 1000) / 1000 })
  }
  const score = asScore(logit)
  const list = reader.lists[reader.listOf(best.entity)]
  return {
    list: list?.id ?? '',
    list_version: list?.version ?? '',
    reference: entity.reference,
    entry_hash: entity.hash,
    schema: entity.schema,
    matched_name: reader.nameText(best.name),
    primary_name: reader.nameText(reader.primaryNameOf(best.entity)),
    subject_name: best.subjectName,
    score,
    programs: entity.programs,
    listed_on: entity.listedOn,
    source_url: entity.sourceUrl,
    explanation: {
      name_score: asScore(best.logit),
      tokens: explainWords(best.query, reader.name(best.name), best.comparison.alignment),
      evidence: told,
      band: bandOf(score),
    },
  }
}
