// The generator writes a named schema as it meets it first: one that is met as "this or null" would take null wherever
// it is referred to. Naming these before the routes are read keeps null out of them.

import type { OpenAPIHono } from '@hono/zod-openapi'
import type { OpenEnv } from '../api.ts'
import {
  AdverseMediaResult,
  CrossValidationResult,
  CryptoResult,
  Extraction,
  ExtractionResult,
  FaceMatchResult,
  LivenessResult,
  WebValidationResult,
} from '../schemas/check-results.ts'
import { CodedMessage } from '../schemas/envelope.ts'
import { AcceptedConsent, DecisionBody, FinalDecisionName, ProcessingResultsBody } from '../schemas/session.ts'
import { WatchlistsResult } from '../schemas/watchlists.ts'
import { Consent, ConsentInput } from '../schemas/workflow.ts'
import { DocumentSideName, RelationshipName, RiskLevelName } from '../schemas/words.ts'

/** Each after those that it refers to. */
const MET_AS_NULLABLE = {
  AcceptedConsent,
  CodedMessage,
  ConsentInput,
  ConsentRequirement: Consent,
  Decision: DecisionBody,
  DocumentSide: DocumentSideName,
  FinalDecision: FinalDecisionName,
  Relationship: RelationshipName,
  RiskLevel: RiskLevelName,
  Extraction,
  AdverseMediaResult,
  CrossValidationResult,
  CryptoResult,
  ExtractionResult,
  FaceMatchResult,
  LivenessResult,
  WatchlistsResult,
  WebValidationResult,
  ProcessingResults: ProcessingResultsBody,
}

export function nameSchemas({ openAPIRegistry }: OpenAPIHono<OpenEnv>): void {
  if (openAPIRegistry.definitions.some(({ type }) => type === 'schema')) return
  for (const [name, schema] of Object.entries(MET_AS_NULLABLE)) openAPIRegistry.register(name, schema)
}
