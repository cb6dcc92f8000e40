import { z } from 'zod'
import { LIST_FORMATS } from './engines/screening/list-formats.ts'

/** Everything the service is told from outside, parsed once. Nothing else reads raw vars or secrets. */
export type Config = {
  /** Development allows http and loopback addresses where production refuses them. */
  isDevelopment: boolean
  /** Without a trailing slash. */
  publicBaseUrl: string
  /** Answers DNS over HTTPS in JSON. */
  dnsResolverUrl: string
  r2: { endpoint: string; bucketName: string; accessKeyId: string; secretAccessKey: string }
  /** Master keys of access links by key id; new links are made with `current`. */
  accessTokenKeys: { current: number; keys: Map<number, Uint8Array> }
  /** Asked about each crypto address beside the lists; null: no address leaves this deployment. */
  chainalysis: { baseUrl: string; apiKey: string } | null
  /** `off`: none is fetched. Else what differs from the catalogue, by the list's id. */
  watchlists: { lists: Record<string, z.infer<typeof listOverride>> | 'off'; maxListBytes: number }
  /** What the bindings of wrangler.toml say, for the headers of answers. Only development may switch them off. */
  rateLimits: { areOn: boolean; perMinute: { token: number; link: number; address: number; failures: number } }
  /** Null: this deployment accepts API keys only. */
  jwt: {
    issuer: string
    audience: string
    key: { kind: 'jwks'; url: string } | { kind: 'secret'; secret: string }
    tenantClaim: string
    modeClaim: string
    permissionsClaim: string
  } | null
}

const MIN_KEY_BYTES = 32
const HEADER_TEXT = /^[\x21-\x7e]*$/

const perMinute = (fallback: number) => z.coerce.number().int().min(1).max(1_000_000).default(fallback)

const MIB = 1024 * 1024
const listUrl = z.url({ protocol: /^https?$/ }).optional()
const listOverride = z.strictObject({
  enabled: z.boolean().optional(),
  max_age_hours: z.number().int().min(1).max(8760).optional(),
  main: listUrl,
  aliases: listUrl,
  addresses: listUrl,
  comments: listUrl,
  format: z.enum(LIST_FORMATS).optional(),
  name: z.string().min(1).max(200).optional(),
  publisher: z.string().max(200).optional(),
})
const listOverrides = z.record(z.string().regex(/^[a-z][a-z0-9_]{1,39}$/), listOverride)

const envSchema = z.object({
  ENVIRONMENT: z.enum(['production', 'development']),
  PUBLIC_BASE_URL: z.url(),
  DNS_RESOLVER_URL: z.url({ protocol: /^https?$/ }).default('https://cloudflare-dns.com/dns-query'),
  WATCHLISTS: z.string().default('{}'),
  WATCHLIST_MAX_MIB: z.coerce.number().int().min(1).max(4096).default(300),
  R2_S3_ENDPOINT: z.url(),
  R2_BUCKET: z.string().min(1),
  R2_ACCESS_KEY_ID: z.string().min(1),
  R2_SECRET_ACCESS_KEY: z.string().min(1),
  ACCESS_TOKEN_KEYS: z.string().min(1),
  CHAINALYSIS_API_KEY: z.string().regex(HEADER_TEXT).default(''),
  CHAINALYSIS_BASE_URL: z.url({ protocol: /^https?$/ }).default('https://public.chainalysis.com/api/v1'),
  RATE_LIMITS: z.enum(['on', 'off']).default('on'),
  RATE_LIMIT_TOKEN: perMinute(200),
  RATE_LIMIT_LINK: perMinute(200),
  RATE_LIMIT_ADDRESS: perMinute(600),
  RATE_LIMIT_FAILURES: perMinute(30),
  JWT_ISSUER: z.string().default(''),
  JWT_AUDIENCE: z.string().default(''),
  JWT_JWKS_URL: z.string().default(''),
  JWT_SHARED_SECRET: z.string().default(''),
  JWT_TENANT_CLAIM: z.string().min(1).default('tenant_id'),
  JWT_MODE_CLAIM: z.string().min(1).default('mode'),
  JWT_PERMISSIONS_CLAIM: z.string().min(1).default('permissions'),
})

/** Throws with the names of what is missing or malformed, never with a value. */
export function parseConfig(env: object): Config {
  const parsed = envSchema.safeParse(env)
  if (!parsed.success) {
    const names = [...new Set(parsed.error.issues.map((issue) => issue.path.join('.')))]
    throw new Error(`configuration: missing or malformed ${names.join(', ')}`)
  }
  const vars = parsed.data
  return {
    isDevelopment: vars.ENVIRONMENT === 'development',
    publicBaseUrl: vars.PUBLIC_BASE_URL.replace(/\/+$/, ''),
    dnsResolverUrl: httpsInProduction(vars, 'DNS_RESOLVER_URL'),
    chainalysis: parseChainalysis(vars),
    r2: {
      endpoint: vars.R2_S3_ENDPOINT.replace(/\/+$/, ''),
      bucketName: vars.R2_BUCKET,
      accessKeyId: vars.R2_ACCESS_KEY_ID,
      secretAccessKey: vars.R2_SECRET_ACCESS_KEY,
    },
    accessTokenKeys: parseKeys(vars.ACCESS_TOKEN_KEYS),
    watchlists: { lists: parseWatchlists(vars.WATCHLISTS), maxListBytes: vars.WATCHLIST_MAX_MIB * MIB },
    rateLimits: parseRateLimits(vars),
    jwt: vars.JWT_ISSUER === '' ? null : parseJwt(vars),
  }
}

/** In clear text anyone on the way could say where a name leads, or read what is asked. */
function httpsInProduction(vars: z.infer<typeof envSchema>, name: 'DNS_RESOLVER_URL' | 'CHAINALYSIS_BASE_URL'): string {
  if (vars.ENVIRONMENT === 'production' && !vars[name].startsWith('https://')) {
    throw new Error(`configuration: ${name} must be https`)
  }
  return vars[name]
}

function parseChainalysis(vars: z.infer<typeof envSchema>): Config['chainalysis'] {
  const baseUrl = httpsInProduction(vars, 'CHAINALYSIS_BASE_URL').replace(/\/+$/, '')
  return vars.CHAINALYSIS_API_KEY === '' ? null : { baseUrl, apiKey: vars.CHAINALYSIS_API_KEY }
}

function parseWatchlists(text: string): Config['watchlists']['lists'] {
  if (text === 'off') return 'off'
  const parsed = listOverrides.safeParse(parsedJson(text))
  if (parsed.success) return parsed.data
  const places = [...new Set(parsed.error.issues.map(({ path }) => path.join('.')))].join(', ')
  throw new Error(
    `configuration: WATCHLISTS must be \`off\` or a JSON object of lists; malformed: ${places || 'all of it'}`,
  )
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

/** `1:base64url,2:base64url`; the last one makes new links, all of them open old ones. */
function parseKeys(text: string): Config['accessTokenKeys'] {
  const keys = new Map<number, Uint8Array>()
  let current = -1
  for (const part of text.split(',')) {
    const [id, secret] = part.trim().split(':')
    const keyId = Number(id)
    const bytes = secret === undefined ? null : fromBase64Url(secret)
    if (!Number.isInteger(keyId) || keyId < 0 || keyId > 255 || bytes === null || bytes.length < MIN_KEY_BYTES) {
      throw new Error(
        'configuration: ACCESS_TOKEN_KEYS must be `id:base64url` pairs, ids 0–255, keys of 32 bytes or more',
      )
    }
    if (keys.has(keyId)) throw new Error(`configuration: ACCESS_TOKEN_KEYS has the id ${keyId} twice`)
    keys.set(keyId, bytes)
    current = keyId
  }
  return { current, keys }
}

function fromBase64Url(text: string): Uint8Array | null {
  const [, characters = ''] = /^([A-Za-z0-9_-]+)=*$/.exec(text) ?? []
  // Four characters are three bytes; one left over is none, and `atob` would throw words of its own.
  if (characters === '' || characters.length % 4 === 1) return null
  return Uint8Array.from(atob(characters.replaceAll('-', '+').replaceAll('_', '/')), (char) => char.charCodeAt(0))
}

function parseRateLimits(vars: z.infer<typeof envSchema>): Config['rateLimits'] {
  const areOn = vars.RATE_LIMITS === 'on'
  if (!areOn && vars.ENVIRONMENT !== 'development') {
    throw new Error('configuration: RATE_LIMITS may be off in development only')
  }
  const { RATE_LIMIT_TOKEN: token, RATE_LIMIT_LINK: link } = vars
  const { RATE_LIMIT_ADDRESS: address, RATE_LIMIT_FAILURES: failures } = vars
  return { areOn, perMinute: { token, link, address, failures } }
}

function parseJwt(vars: z.infer<typeof envSchema>): NonNullable<Config['jwt']> {
  const hasUrl = vars.JWT_JWKS_URL !== ''
  const hasSecret = vars.JWT_SHARED_SECRET !== ''
  if (hasUrl === hasSecret) throw new Error('configuration: set exactly one of JWT_JWKS_URL and JWT_SHARED_SECRET')
  if (vars.JWT_AUDIENCE === '') throw new Error('configuration: JWT_ISSUER needs JWT_AUDIENCE')
  return {
    issuer: vars.JWT_ISSUER,
    audience: vars.JWT_AUDIENCE,
    key: hasUrl ? { kind: 'jwks', url: vars.JWT_JWKS_URL } : { kind: 'secret', secret: vars.JWT_SHARED_SECRET },
    tenantClaim: vars.JWT_TENANT_CLAIM,
    modeClaim: vars.JWT_MODE_CLAIM,
    permissionsClaim: vars.JWT_PERMISSIONS_CLAIM,
  }
}
