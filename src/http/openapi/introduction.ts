// What the document says of the service as a whole.

export const TITLE = 'KYC Sessions API'
export const API_VERSION = '1.0.0'

export const INTRODUCTION = `Onboarding of persons and companies: a tenant creates a **session** from a **workflow**, a person goes through
its steps behind an **access link**, checks run, and rules or a reviewer decide.

- **Two surfaces.** \`/kyc/*\` is for the tenant's server, with a Bearer token. \`/public/sessions/{access_token}/*\` is for the
  person's browser: the token of the link is the credential.
- **Answers** are \`{status, data, meta}\`, refusals \`{status, error, meta}\`; \`meta.request_id\` is also in \`X-Request-Id\`.
- **Unknown** body fields and query parameters are refused by name, never overlooked.
- **Versions.** A session's \`version\` is its \`ETag\`; send it back as \`If-Match\` and a write on anything newer is refused with 412.
- **Limits** hold by token, by link and by address, a minute and location; \`X-RateLimit-Limit\` names yours. Too many calls are
  429 with \`Retry-After\`. One link has exact limits besides, for writes and failed attempts.
- **Another tenant's** object does not exist for you: 404.
- **Instants** are UTC, such as \`2026-11-23T10:30:00.000Z\`; only a webhook's \`created\` is Unix seconds.`

export const TAGS: readonly { name: string; description: string }[] = [
  { name: 'Sessions', description: 'What a tenant does with its sessions: create, list, review, decide, erase.' },
  { name: 'Subsessions', description: 'Sessions of other persons that belong to a session, down to three levels.' },
  { name: 'Workflows', description: 'What a session asks for: steps, fields, checks and rules, in versions.' },
  { name: 'End user', description: 'What the person behind an access link sees and does.' },
  { name: 'Service', description: 'About the service itself.' },
  {
    name: 'Webhooks',
    description: 'What the service tells a tenant, signed, at least once, in order for each session.',
  },
]

export const BEARER_SCHEME = {
  type: 'http',
  scheme: 'bearer',
  bearerFormat: 'API key or JWT',
  description:
    'An API key (`sk_live_…`, `sk_test_…`) or a JSON Web Token. Tenant, mode and permissions come from it alone. ' +
    'Tokens are handled as RFC 6750 says, JSON Web Tokens as RFC 8725 says.',
} as const
