import type { MiddlewareHandler } from 'hono'
import type { Ids } from '../../application/ports.ts'
import type { OpenEnv } from '../api.ts'

/** Ours alone: a caller's own id could be used to forge a trail. */
export const requestId =
  (ids: Ids): MiddlewareHandler<OpenEnv> =>
  async (c, next) => {
    const id = `req_${ids.short()}`
    c.set('requestId', id)
    c.set('surface', isLinkSide(c.req.path) ? 'public' : 'tenant')
    c.header('X-Request-Id', id)
    await next()
  }

const isLinkSide = (path: string): boolean => path.startsWith('/public/') || path.startsWith('/v/')
