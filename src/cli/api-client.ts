// The API as a client sees it: JSON in, JSON out, nothing of the service's own types.

export type Json = null | boolean | number | string | Json[] | { [name: string]: Json }
export type JsonObject = { [name: string]: Json }
export type Answer = { status: number; body: Json }

export class ApiRefusal extends Error {
  readonly status: number
  readonly code: string

  constructor(operation: string, answer: Answer) {
    const error = field(answer.body, 'error')
    const code = asText(field(error, 'code')) ?? 'no code'
    const details = field(error, 'details')
    super(
      `${operation} was answered ${answer.status} ${code}: ${asText(field(error, 'message')) ?? JSON.stringify(answer.body)}` +
        (details === undefined ? '' : `\n${JSON.stringify(details, null, 2)}`),
    )
    this.status = answer.status
    this.code = code
  }
}

export type ApiClient = {
  call(method: string, path: string, body?: Json): Promise<Answer>
  /** `data` of a successful answer; throws ApiRefusal for any other. */
  data(method: string, path: string, body?: Json): Promise<JsonObject>
}

/** `key` null calls as an end user does: the link in the path is the credential. */
export function createApiClient(url: string, key: string | null): ApiClient {
  const call = async (method: string, path: string, body?: Json): Promise<Answer> => {
    const headers = new Headers({ accept: 'application/json' })
    if (key !== null) headers.set('authorization', `Bearer ${key}`)
    if (body !== undefined) headers.set('content-type', 'application/json')
    const response = await fetch(`${url}${path}`, {
      method,
      headers,
      body: body === undefined ? null : JSON.stringify(body),
    })
    const text = await response.text()
    return { status: response.status, body: parse(text) }
  }
  const data = async (method: string, path: string, body?: Json): Promise<JsonObject> => {
    const answer = await call(method, path, body)
    const value = field(answer.body, 'data')
    if (answer.status >= 300 || !isObject(value))
      throw new ApiRefusal(`${method} ${path.replace(/sessions\/[\w-]{60,}/, 'sessions/{access_token}')}`, answer)
    return value
  }
  return { call, data }
}

function parse(text: string): Json {
  try {
    const value: Json = JSON.parse(text)
    return value
  } catch {
    return text
  }
}

export const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

export const field = (value: Json | undefined, name: string): Json | undefined =>
  isObject(value) ? value[name] : undefined
export const asText = (value: Json | undefined): string | null => (typeof value === 'string' ? value : null)
export const asList = (value: Json | undefined): Json[] => (Array.isArray(value) ? value : [])
export const objectsIn = (value: Json | undefined): JsonObject[] => asList(value).filter(isObject)

export function textIn(value: JsonObject, name: string): string {
  const found = value[name]
  if (typeof found !== 'string')
    throw new Error(`the answer has no text "${name}": ${JSON.stringify(value).slice(0, 300)}`)
  return found
}
