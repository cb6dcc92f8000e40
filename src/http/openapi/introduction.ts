// What the document says of the service as a whole.

export const TITLE = 'KYC Sessions API'
export const API_VERSION = '1.0.0'

export const INTRODUCTION = `Know-your-customer onboarding of persons and companies. You, the **tenant**, define a **workflow**: what is asked for, which
checks run, which rules decide. For each customer you create a **session** from it and send its **access link**. The
person behind the link fills in forms and uploads documents; then checks run, and rules or a reviewer decide.

## In five calls
1. \`POST /kyc/workflows/from-template/basic-kyc\` makes a workflow.
2. \`POST /kyc/sessions\` makes a session of it. Send its \`access_link\` to the person: it is answered this once.
3. The person opens the link, on the page of this service or on yours by way of \`/public/sessions/{access_token}\`.
4. \`POST /kyc/sessions/{session_id}/process\` runs the checks, once the session is \`completed\`.
5. \`PATCH /kyc/sessions/{session_id}\` is a reviewer's decision, where the rules left it to one.

Webhooks tell you when to take the next step.

## What all calls have in common
- **Two surfaces.** \`/kyc/*\` is for your server, with a Bearer token. \`/public/sessions/{access_token}/*\` is for the
  person's browser: there the token in the path is the credential.
- **Answers** are \`{status: "success", data, meta}\`, refusals \`{status: "error", error, meta}\`. Branch on \`error.code\`;
  \`error.details\` names each place that is wrong. \`meta.request_id\` is also in \`X-Request-Id\`.
- **Unknown** body fields and query parameters are refused by name, so that a misspelt one is not overlooked.
- **Permissions.** A token needs \`kyc:read\` to read and \`kyc:create\` to write, or the part of \`kyc:create\` that the call
  belongs to: \`kyc:session\` (create, links, extend, subsessions, validate, process, screenings), \`kyc:decide\` (PATCH,
  corrections, ruling hits out), \`kyc:delete\`, \`kyc:workflow\`.
- **Repeating.** A POST under \`/kyc\` with an \`Idempotency-Key\` is safe to send again for 24 hours. PATCH, PUT, DELETE and
  all of \`/public\` are safe to repeat by nature.
- **Two reviewers at once.** A session's \`version\` is its \`ETag\`. Send it back as \`If-Match\`, and a write is refused with
  412 if the session has changed since you read it.
- **Pages.** A list answers \`pagination.next_cursor\`; send it as \`cursor\`, with the same filters, until it is null.
- **Limits** hold by token, by link and by address, a minute and location: about 200 calls for a token. \`X-RateLimit-Limit\`
  names yours; over it, 429 with \`Retry-After\`. One link has exact limits besides, for writes and failed attempts.
  256 KiB of JSON a call.
- **Test and live.** A key \`sk_test_…\` sees only what test keys made, \`sk_live_…\` only what live keys made. What is not
  yours, or of the other mode, does not exist for you: 404.
- **Instants** are UTC, such as \`2026-11-23T10:30:00.000Z\`; only a webhook's \`created\` is Unix seconds.`

export const TAGS: readonly { name: string; description: string }[] = [
  {
    name: 'Sessions',
    description:
      'The way of one customer through a workflow. Create it, follow it, have it checked, decide, ask for corrections, erase it.',
  },
  {
    name: 'Subsessions',
    description:
      'Sessions of further persons who belong to a session, such as the owners of a company. Each has a link of its own; they go three levels deep.',
  },
  {
    name: 'Workflows',
    description:
      'What sessions ask for: steps, forms, documents, checks and rules. Each change makes a new version; a session keeps the version it was made from.',
  },
  {
    name: 'Watchlists',
    description: 'The lists that names are held against, and looking names up in them beside any session.',
  },
  {
    name: 'Audit',
    description: 'Proof of what was changed and of who read what: chained trails and sealed access logs.',
  },
  { name: 'Tenant', description: 'What your company says about itself, and the API keys that act for it.' },
  {
    name: 'End user',
    description:
      'What the person behind an access link sees and does, for a page of your own. The token in the path is the credential; no answer holds a score, a check result or a reviewer.',
  },
  { name: 'Service', description: 'Whether the service and its parts are up, and the life of a session as a table.' },
  {
    name: 'Webhooks',
    description:
      'What the service POSTs to your webhook URL, at least once each and signed. Answer any 2xx within ten seconds; otherwise it is sent again, with growing delay, for 72 hours. Repeats have the same `id`; order the events of a session by `sequence`. Verify the signature of either kind before you trust the body: `X-Webhook-Signature`, or the Standard Webhooks headers, for which there are libraries.',
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
