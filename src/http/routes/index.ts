// Every route of the service. One file each; one line here.

import type { LinkRoute, OpenRoute, TenantRoute } from '../api.ts'
import { accessLogRoute } from './audit/access-log.ts'
import { getChannelsRoute } from './channels/read.ts'
import { rotateSecretRoute } from './channels/rotate-secret.ts'
import { updateChannelsRoute } from './channels/update.ts'
import { completeStepRoute } from './end-user/complete-step.ts'
import { deleteDocumentRoute } from './end-user/delete-document.ts'
import { extractDocumentRoute } from './end-user/extract.ts'
import { completeLivenessRoute } from './end-user/liveness-complete.ts'
import { startLivenessRoute } from './end-user/liveness-start.ts'
import { openSessionRoute } from './end-user/open.ts'
import { saveStepRoute } from './end-user/save-step.ts'
import { skipStepRoute } from './end-user/skip-step.ts'
import { startSessionRoute } from './end-user/start.ts'
import { createPublicSubsessionRoute } from './end-user/subsession-create.ts'
import { listPublicSubsessionsRoute } from './end-user/subsession-list.ts'
import { regeneratePublicSubsessionLinkRoute } from './end-user/subsession-regenerate-link.ts'
import { confirmUploadRoute } from './end-user/upload-confirm.ts'
import { announceUploadRoute } from './end-user/upload-init.ts'
import { uploadAliasRoute, uploadRoute } from './end-user/upload.ts'
import { readWorkflowRoute } from './end-user/workflow.ts'
import { docsRoute } from './meta/docs.ts'
import { healthRoute } from './meta/health.ts'
import { openApiRoute } from './meta/openapi.ts'
import { transitionsRoute } from './meta/transitions.ts'
import { welcomeRoute } from './pages/welcome.ts'
import { screenRoute } from './screenings/screen.ts'
import { auditTrailRoute } from './sessions/audit.ts'
import { createSessionRoute } from './sessions/create.ts'
import { deleteSessionRoute } from './sessions/delete.ts'
import { documentUrlRoute } from './sessions/document-url.ts'
import { getSessionRoute } from './sessions/get.ts'
import { reopenHitRoute } from './sessions/hit-reopen.ts'
import { whitelistHitRoute } from './sessions/hit-whitelist.ts'
import { liftLegalHoldRoute } from './sessions/legal-hold-lift.ts'
import { placeLegalHoldRoute } from './sessions/legal-hold-place.ts'
import { listSessionsRoute } from './sessions/list.ts'
import { processSessionRoute } from './sessions/process.ts'
import { createSubsessionRoute } from './sessions/subsession-create.ts'
import { deleteSubsessionRoute } from './sessions/subsession-delete.ts'
import { listSubsessionsRoute } from './sessions/subsession-list.ts'
import { regenerateSubsessionLinkRoute } from './sessions/subsession-regenerate-link.ts'
import { requestCorrectionsRoute } from './sessions/corrections.ts'
import { listEventsRoute } from './sessions/events.ts'
import { extendSessionRoute } from './sessions/extend.ts'
import { generateLinkRoute } from './sessions/generate-link.ts'
import { validateSessionRoute } from './sessions/validate.ts'
import { updateSessionRoute } from './sessions/update.ts'
import { issueApiKeyRoute } from './tenants/api-key-issue.ts'
import { listApiKeysRoute } from './tenants/api-key-list.ts'
import { revokeApiKeyRoute } from './tenants/api-key-revoke.ts'
import { getTenantRoute } from './tenants/get.ts'
import { updateTenantRoute } from './tenants/update.ts'
import { listWatchlistsRoute } from './watchlists/lists.ts'
import { listDeliveriesRoute } from './webhooks/deliveries.ts'
import { pullEventsRoute } from './webhooks/events.ts'
import { redeliverRangeRoute } from './webhooks/redeliver-range.ts'
import { redeliverRoute } from './webhooks/redeliver.ts'
import { testWebhookRoute } from './webhooks/test.ts'
import { createWorkflowRoute } from './workflows/create.ts'
import { deleteWorkflowRoute } from './workflows/delete.ts'
import { createFromTemplateRoute } from './workflows/from-template.ts'
import { getWorkflowRoute } from './workflows/get.ts'
import { listWorkflowsRoute } from './workflows/list.ts'
import { updateWorkflowRoute } from './workflows/update.ts'
import { listVersionsRoute } from './workflows/versions.ts'

/** Behind a Bearer token; paths begin with /kyc. */
export const TENANT_ROUTES: readonly TenantRoute[] = [
  createSessionRoute,
  listSessionsRoute,
  getSessionRoute,
  updateSessionRoute,
  deleteSessionRoute,
  placeLegalHoldRoute,
  liftLegalHoldRoute,
  whitelistHitRoute,
  reopenHitRoute,
  processSessionRoute,
  documentUrlRoute,
  listEventsRoute,
  auditTrailRoute,
  generateLinkRoute,
  extendSessionRoute,
  requestCorrectionsRoute,
  validateSessionRoute,
  createSubsessionRoute,
  listSubsessionsRoute,
  regenerateSubsessionLinkRoute,
  deleteSubsessionRoute,
  screenRoute,
  createWorkflowRoute,
  createFromTemplateRoute,
  listWorkflowsRoute,
  getWorkflowRoute,
  listVersionsRoute,
  updateWorkflowRoute,
  deleteWorkflowRoute,
  getTenantRoute,
  updateTenantRoute,
  listApiKeysRoute,
  issueApiKeyRoute,
  revokeApiKeyRoute,
  transitionsRoute,
  accessLogRoute,
  getChannelsRoute,
  updateChannelsRoute,
  rotateSecretRoute,
  listDeliveriesRoute,
  redeliverRoute,
  redeliverRangeRoute,
  testWebhookRoute,
  pullEventsRoute,
  listWatchlistsRoute,
]

/** Behind the token of an access link; paths begin with /public/sessions/{access_token}. */
export const LINK_ROUTES: readonly LinkRoute[] = [
  openSessionRoute,
  readWorkflowRoute,
  startSessionRoute,
  announceUploadRoute,
  confirmUploadRoute,
  uploadRoute,
  uploadAliasRoute,
  deleteDocumentRoute,
  extractDocumentRoute,
  saveStepRoute,
  skipStepRoute,
  completeStepRoute,
  startLivenessRoute,
  completeLivenessRoute,
  createPublicSubsessionRoute,
  listPublicSubsessionsRoute,
  regeneratePublicSubsessionLinkRoute,
]

/** Open to all. */
export const OPEN_ROUTES: readonly OpenRoute[] = [healthRoute, openApiRoute, docsRoute, welcomeRoute]
