import type { MiddlewareHandler } from 'hono'
import type { Deps } from '../../application/ports.ts'
import { failure } from '../answers.ts'
import type { LinkEnv } from '../api.ts'
import { forgedLink } from './call-limits.ts'

const MAX_TOKEN_LENGTH = 256

/** The token is the credential: one that we did not make is refused by its MAC, before any hop. */
export const linkVerified =
  (deps: Pick<Deps, 'tokens' | 'callLimiter' | 'clock'>): MiddlewareHandler<LinkEnv> =>
  async (c, next) => {
    const token = c.req.param('access_token') ?? ''
    const link = token.length > MAX_TOKEN_LENGTH ? null : await deps.tokens.verify(token)
    if (link === null) return failure(c, await forgedLink(deps, c))
    c.set('link', link)
    return next()
  }
