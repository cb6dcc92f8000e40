import type { OpenAPIHono } from '@hono/zod-openapi'
import type { TenantActor } from '../application/actor.ts'
import type { KnownOwners } from '../application/end-user/known-owners.ts'
import type { Deps, IdempotentCall, LinkFacts, Tenant } from '../application/ports.ts'
import type { DomainError } from '../domain/errors.ts'
import type { Surface } from './error-map.ts'

/** What the app hands to every route: the ports, and what this isolate remembers. */
export type AppDeps = Deps & { knownOwners: KnownOwners }

export type BaseVariables = { requestId: string; surface: Surface; refusal?: DomainError; callLimit?: number }
export type OpenEnv = { Variables: BaseVariables }
export type TenantEnv = {
  Variables: BaseVariables & { actor: TenantActor; tenant: Tenant; idempotency?: IdempotentCall }
}
export type LinkEnv = { Variables: BaseVariables & { link: LinkFacts } }

/** A route file exports one of these; adding it to routes/index.ts is all it takes. */
export type OpenRoute = (app: OpenAPIHono<OpenEnv>, deps: AppDeps) => unknown
export type TenantRoute = (app: OpenAPIHono<TenantEnv>, deps: AppDeps) => unknown
export type LinkRoute = (app: OpenAPIHono<LinkEnv>, deps: AppDeps) => unknown
