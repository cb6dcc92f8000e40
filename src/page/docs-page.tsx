import { raw } from 'hono/html'

/** Scalar writes style attributes and style elements of its own; scripts, data and fonts come from here alone. */
export const DOCS_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

export const docsPage = () => (
  <>
    {raw('<!doctype html>')}
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>KYC Sessions API</title>
      </head>
      <body>
        <noscript>
          This page needs JavaScript. The same contract is at <a href="/openapi.json">/openapi.json</a>.
        </noscript>
        <main id="reference"></main>
        <script src="/docs/before.js"></script>
        <script src="/docs/scalar.js"></script>
        <script src="/docs/start.js"></script>
      </body>
    </html>
  </>
)
