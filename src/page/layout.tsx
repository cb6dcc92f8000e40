import { sha256 } from '@noble/hashes/sha2.js'
import { base64 } from '@scure/base'
import { raw } from 'hono/html'
import type { Child } from 'hono/jsx'

const STYLE = `
:root{color-scheme:light dark;font:16px/1.5 system-ui,sans-serif}
body{margin:0 auto;max-width:36rem;padding:2rem 1.25rem}
h1{font-size:1.5rem;line-height:1.25;margin:0 0 .5rem}
ol{padding-left:1.5rem}
li{padding:.4rem 0}
.state{display:block;opacity:.75;font-size:.9rem}
footer{margin-top:2rem;opacity:.75;font-size:.9rem}
`

/** The one style block is named by its hash; no script runs and nothing is loaded, sent or framed. */
export const PAGE_POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${base64.encode(sha256(new TextEncoder().encode(STYLE)))}'`,
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

export const Layout = (props: { title: string; retrySeconds?: number; children: Child }) => (
  <html lang="en">
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <meta name="robots" content="noindex, nofollow" />
      {props.retrySeconds === undefined ? null : <meta http-equiv="refresh" content={String(props.retrySeconds)} />}
      <title>{props.title}</title>
      <style>{raw(STYLE)}</style>
    </head>
    <body>{props.children}</body>
  </html>
)

export const documentOf = (node: { toString(): unknown }): string => `<!doctype html>${String(node.toString())}`
