/** Of an answer only these are handed on, lower case; no cookie is ever kept. */
const ANSWER_HEADERS = [
  'content-language',
  'content-length',
  'content-type',
  'date',
  'etag',
  'last-modified',
  'retry-after',
  'server',
  'strict-transport-security',
]
const MAX_HEADER_CHARACTERS = 1024

/** What the transport alone may say. */
const TRANSPORT_HEADERS = new Set([
  'connection',
  'content-length',
  'cookie',
  'host',
  'te',
  'transfer-encoding',
  'upgrade',
])

export function answerHeaders(headers: Headers): Record<string, string> {
  const kept: Record<string, string> = {}
  for (const name of ANSWER_HEADERS) {
    const value = headers.get(name)
    if (value !== null) kept[name] = value.slice(0, MAX_HEADER_CHARACTERS)
  }
  return kept
}

/** RFC 9110: a name is a token. workerd would send an empty one. */
const HEADER_NAME = /^[\w!#$%&'*+.^`|~-]+$/
/** workerd takes any character in a value, and some servers read U+010A as a line end: printable ASCII only. */
const HEADER_VALUE = /^[\t\u0020-\u007e]*$/

/** Throws on a name or value that would break out of its line. */
export function requestHeaders(given: Record<string, string>, userAgent: string): Record<string, string> {
  for (const [name, value] of Object.entries(given)) {
    if (!HEADER_NAME.test(name) || !HEADER_VALUE.test(value)) throw new TypeError('a header must be one line of ASCII')
  }
  const headers = new Headers(given)
  for (const name of TRANSPORT_HEADERS) headers.delete(name)
  if (!headers.has('user-agent')) headers.set('user-agent', userAgent)
  return Object.fromEntries(headers)
}
