// What is asked of the watchlists and what they answer, in the words of the field. Shapes only: how names are compared
// stands in engines/screening, what a hit leads to in decision/.

/** `any` is for a name of which nobody said what bears it. */
export type SubjectKind = 'individual' | 'company' | 'any'

export type ScreeningSubject = {
  kind: SubjectKind
  /** Each is compared; the best one counts. */
  names: string[]
  /** YYYY-MM-DD; left out or null counts for nothing. */
  date_of_birth?: string | null | undefined
  /** ISO 3166-1 alpha-2 of nationality, residence or incorporation. */
  countries?: string[] | undefined
  gender?: 'male' | 'female' | null | undefined
  /** Numbers of passports, identity cards, registers, tax offices and ships. */
  identifiers?: string[] | undefined
}

export type ScreeningOptions = {
  /** Ids of lists; empty = all that are loaded. */
  lists: string[]
  /** 0–1: what scores less is no hit. */
  threshold: number
  /** Hits of one subject at most, best first. */
  limit: number
  /** The nearest that stayed below the threshold are told too, this many. */
  misses: number
}

export type EntitySchema = 'person' | 'organization' | 'vessel' | 'aircraft'

/** How two pieces of a name belong together, the closest first. */
export type TokenRelation =
  | 'equal'
  | 'transliteration'
  | 'joined'
  | 'nickname'
  | 'phonetic'
  | 'typo'
  | 'initial'
  | 'different'
  | 'missing'

export type TokenMatch = {
  /** null: the other side has a piece that this one lacks. */
  subject: string | null
  listed: string | null
  relation: TokenRelation
  /** 0–1: how alike the two are. */
  similarity: number
  /** Share of the whole that hangs on this piece, 0–1: rare pieces weigh more. */
  weight: number
}

export type Evidence = {
  factor: 'date_of_birth' | 'country' | 'gender' | 'identifier' | 'schema'
  outcome: 'supports' | 'contradicts'
  /** What the score was raised or lowered by, in points of the score. */
  effect: number
  subject: string
  listed: string
}

/** docs/screening.md has the bands and what each was measured to mean. */
export type MatchBand = 'strong' | 'likely' | 'possible' | 'weak'

export type HitExplanation = {
  /** 0–1: of the names alone. */
  name_score: number
  tokens: TokenMatch[]
  evidence: Evidence[]
  band: MatchBand
}

export type ScreeningHit = {
  list: string
  list_version: string
  /** The list's own id of the entry. */
  reference: string
  /** Changes when the entry does. */
  entry_hash: string
  schema: EntitySchema
  /** As the list writes it. */
  matched_name: string
  /** Primary name of the entry. */
  primary_name: string
  subject_name: string
  /** 0–1. */
  score: number
  programs: string[]
  /** YYYY-MM-DD. */
  listed_on: string | null
  source_url: string | null
  explanation: HitExplanation
}

export type Screening = {
  hits: ScreeningHit[]
  near_misses: ScreeningHit[]
}
