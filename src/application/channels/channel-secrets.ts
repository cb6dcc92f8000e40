import type { TenantScope } from '../actor.ts'

/** What a sealed value is, and whose: it opens as nothing else. */
export const webhookSecretOf = (scope: TenantScope): readonly string[] => ['webhook-secret', scope.tenantId, scope.mode]
export const slackUrlOf = (scope: TenantScope): readonly string[] => ['slack-url', scope.tenantId, scope.mode]
