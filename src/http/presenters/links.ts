import type { GeneratedLink } from '../../application/sessions/generate-link.ts'
import type { GeneratedLinkBody } from '../schemas/links.ts'
import { iso } from './time.ts'

export const presentLink = (link: GeneratedLink): GeneratedLinkBody => ({
  session_id: link.sessionId,
  access_token: link.accessToken,
  access_link: link.accessLink,
  expires_at: iso(link.expiresAt),
})
