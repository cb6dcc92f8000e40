// A service outside that is asked about each address beside the lists, where an operator has configured one. What it
// finds is merged; that it gave no answer is the state of the whole check, since nobody knows what it would have said.

import type { CryptoAddressResult, CryptoHit, CryptoResult } from '../../domain/decision/check-results.ts'
import type { EpochMs } from '../../domain/time.ts'
import { networksNamed } from './networks.ts'

export type ProviderAnswer =
  | { outcome: 'answered'; hits: CryptoHit[] }
  /** `message` is a sentence for a reviewer, without the address. */
  | { outcome: 'rate_limited' | 'failed'; message: string }

export type AddressProvider = { name: string; lookUp(address: string, now: EpochMs): Promise<ProviderAnswer> }

/** The first failure ends the asking: what is known by then stays visible, under a state that is no pass. */
export async function askProvider(provider: AddressProvider, own: CryptoResult, now: EpochMs): Promise<CryptoResult> {
  const base = { ...own, provider: `${own.provider}, ${provider.name}` }
  const found = new Map<string, CryptoHit[]>()
  for (const address of new Set(own.addresses.flatMap((one) => toAsk(one) ?? []))) {
    const answer = await provider.lookUp(address, now)
    if (answer.outcome !== 'answered') {
      const state = answer.outcome === 'rate_limited' ? 'rate_limited' : 'error'
      const message = own.message === undefined ? answer.message : `${answer.message} ${own.message}`
      return { ...base, state, message, addresses: merged(own.addresses, found) }
    }
    found.set(address, answer.hits)
  }
  const addresses = merged(own.addresses, found)
  const isAskedOfAll = own.addresses.every((one) => toAsk(one) !== null)
  if (own.state !== 'not_configured' || !isAskedOfAll) return { ...base, addresses }
  const { message: _, ...rest } = base
  return { ...rest, state: 'ok', addresses }
}

const merged = (addresses: readonly CryptoAddressResult[], found: ReadonlyMap<string, CryptoHit[]>) =>
  addresses.map((one) => ({ ...one, hits: [...one.hits, ...(found.get(toAsk(one) ?? '') ?? [])] }))

/**
 * What may leave the house: an address that is one, or what a network that this engine does not know may take for one. A
 * text that is no address of the network it is given for may be anything, such as a name, and stays here.
 */
function toAsk({ valid, normalized, network, address }: CryptoAddressResult): string | null {
  if (valid) return normalized
  const text = address.trim()
  return networksNamed(network).length === 0 && /^[0-9A-Za-z]{20,128}$/.test(text) ? text : null
}
