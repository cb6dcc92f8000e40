// The crypto check: for each wallet of the form whether its address is one, and whether a list holds it or held it. An
// invalid address is evidence, not a failure of the check. What a hit leads to is decided by the rules and floors.

import type { CheckInputs, CryptoAddressResult, CryptoResult } from '../../domain/decision/check-results.ts'
import type { EpochMs } from '../../domain/time.ts'
import { parseAddress } from './addresses.ts'
import { findInLists } from './lists.ts'
import type { AddressList } from './lists.ts'
import { askProvider } from './provider.ts'
import type { AddressProvider } from './provider.ts'
import { staleness } from './staleness.ts'

const PROVIDER = 'kyc-sessions/crypto'

type Loader = () => Promise<readonly AddressList[]>

type Source = ({ lists: readonly AddressList[] } | { loadLists: Loader }) & { provider?: AddressProvider | null }

export function createCryptoEngine(source: Source) {
  const load: Loader = 'lists' in source ? async () => source.lists : source.loadLists
  const provider = source.provider ?? null

  return async (inputs: CheckInputs, now: EpochMs): Promise<CryptoResult> => {
    const own = await lookUp(inputs, now)
    return provider === null || own.state === 'no_input' ? own : askProvider(provider, own, now)
  }

  async function lookUp(inputs: CheckInputs, now: EpochMs): Promise<CryptoResult> {
    const base = { checked_at: now, provider: PROVIDER }
    if (inputs.wallets.length === 0) {
      return { ...base, state: 'no_input', message: 'The session holds no wallet address.', addresses: [] }
    }
    const lists = await load()
    const addresses = inputs.wallets.map((wallet) => judge(wallet, lists))
    if (lists.every((list) => list.entries.length === 0)) {
      const message = 'No address list is loaded: addresses were checked for their form only.'
      return { ...base, state: 'not_configured', message, addresses }
    }
    const message = staleness(lists, now)
    return message === null ? { ...base, state: 'ok', addresses } : { ...base, state: 'stale', message, addresses }
  }
}

/** Looked up whether or not it is valid: a list may hold what this engine cannot parse. */
function judge(wallet: CheckInputs['wallets'][number], lists: readonly AddressList[]): CryptoAddressResult {
  const verdict = parseAddress(wallet.network, wallet.address)
  return {
    ...wallet,
    valid: verdict.valid,
    normalized: verdict.valid ? verdict.normalized : null,
    reason: verdict.valid ? null : `The address ${verdict.reason}.`,
    hits: findInLists(lists, wallet.network, wallet.address),
  }
}
