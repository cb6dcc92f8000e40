// The words for why a URL that a user named is not called, or is not kept. Which rule a URL breaks is found in parse-url.ts
// and redirect.ts, and by the adapter that knows the addresses of its name.

export type RefusalReason =
  | 'too_long'
  | 'malformed'
  | 'fragment'
  | 'credentials'
  | 'scheme'
  | 'port'
  | 'host'
  | 'single_label'
  | 'reserved_name'
  | 'own_host'
  | 'not_public'
  | 'resolves_to_not_public'
  | 'name_not_found'
  | 'resolver_down'
  | 'too_many_redirects'
  | 'redirect_loop'
  | 'redirect_with_body'
  | 'redirect_malformed'

/** `message` continues a sentence that begins with the name of the field, and never quotes the URL or an address. */
export type UrlRefusal = { reason: RefusalReason; message: string }

export const refusal = (reason: RefusalReason, message: string): UrlRefusal => ({ reason, message })
