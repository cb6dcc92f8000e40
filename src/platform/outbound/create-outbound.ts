import type { Log, OutboundHttp } from '../../application/ports.ts'
import type { UrlRules } from '../../domain/outbound/parse-url.ts'
import type { EpochMs } from '../../domain/time.ts'
import { createDnsResolver } from './dns-resolver.ts'
import { createOutboundHttp } from './outbound-http.ts'

export const USER_AGENT = 'kyc-sessions'

/** The guard of this deployment: what it is told of itself is what nobody may call. */
export function createOutbound(parts: {
  config: { isDevelopment: boolean; publicBaseUrl: string; r2: { endpoint: string }; dnsResolverUrl: string }
  clock: { now(): EpochMs }
  log: Log
}): { outbound: OutboundHttp; urlRules: UrlRules } {
  const { config, clock, log } = parts
  const urlRules = {
    allowLocal: config.isDevelopment,
    ownHosts: [config.publicBaseUrl, config.r2.endpoint].map((url) => new URL(url).hostname),
  }
  const resolver = createDnsResolver({ url: config.dnsResolverUrl, clock })
  return { urlRules, outbound: createOutboundHttp({ rules: urlRules, resolver, log, userAgent: USER_AGENT }) }
}
