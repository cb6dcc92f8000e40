import { z } from 'zod'
import type { Log, OutboundHttp } from '../../application/ports.ts'
import type { CryptoHit } from '../../domain/decision/check-results.ts'
import { civilDateAt } from '../../domain/time.ts'
import type { EpochMs } from '../../domain/time.ts'
import type { AddressProvider, ProviderAnswer } from '../../engines/crypto/provider.ts'

const NAME = 'chainalysis'
const MAX_CHARACTERS = 512
const MAX_IDENTIFICATIONS = 20

const text = z
  .string()
  .nullish()
  .transform((value) => value?.slice(0, MAX_CHARACTERS) ?? null)
const answerSchema = z.object({
  identifications: z.array(z.object({ category: text, name: text, url: text })),
})
type Identification = z.infer<typeof answerSchema>['identifications'][number]

/** The free sanctions API: `GET {base}/address/{address}`, whose `identifications` are empty for an address it does not know. */
export function createChainalysis(parts: {
  config: { baseUrl: string; apiKey: string }
  outbound: OutboundHttp
  log: Log
}): AddressProvider {
  const { config, outbound, log } = parts

  const failed = (message: string, status: number | null): ProviderAnswer => {
    log.warn('provider.failed', { kind: NAME, status })
    return { outcome: status === 429 ? 'rate_limited' : 'failed', message }
  }

  return {
    name: NAME,
    async lookUp(address, now) {
      const outcome = await outbound.send({
        url: `${config.baseUrl}/address/${encodeURIComponent(address)}`,
        method: 'GET',
        headers: { 'x-api-key': config.apiKey, accept: 'application/json' },
        body: null,
        redirects: 'never',
      })
      if (outcome.outcome !== 'answered') return failed('Chainalysis could not be reached.', null)
      const { status } = outcome
      if (status === 429) return failed('Chainalysis takes no more questions for now.', status)
      if (status !== 200) return failed(`Chainalysis answered with status ${status}.`, status)
      const identifications = outcome.is_cut ? null : parse(outcome.body)
      if (identifications === null) return failed('The answer of Chainalysis could not be read.', status)
      return {
        outcome: 'answered',
        hits: identifications.slice(0, MAX_IDENTIFICATIONS).map((one) => hitOf(one, address, now)),
      }
    },
  }
}

function parse(body: Uint8Array): Identification[] | null {
  try {
    const parsed = answerSchema.safeParse(JSON.parse(new TextDecoder().decode(body)))
    return parsed.success ? parsed.data.identifications : null
  } catch {
    return null
  }
}

function hitOf({ category, name, url }: Identification, address: string, now: EpochMs): CryptoHit {
  return {
    list: NAME,
    list_version: civilDateAt(now),
    asset: null,
    reference: url ?? name ?? address,
    address,
    match: 'address',
    status: 'listed',
    name,
    program: category,
    listed_on: null,
    first_seen_on: null,
    delisted_on: null,
  }
}
