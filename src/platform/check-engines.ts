import type { CheckEngine, CheckEngines, Watchlists } from '../application/ports.ts'
import { unavailableResult } from '../domain/decision/unavailable-result.ts'
import type { CheckName } from '../domain/workflow/definition.ts'
import { createCrossValidationEngine } from '../engines/cross-validation/engine.ts'
import { createCryptoEngine } from '../engines/crypto/engine.ts'
import type { AddressList } from '../engines/crypto/lists.ts'
import type { AddressProvider } from '../engines/crypto/provider.ts'
import { createWatchlistsEngine } from '../engines/watchlists/engine.ts'

/** The answer of a check that this deployment has no engine for. No rule takes it for a pass. */
const notConfigured =
  (check: CheckName): CheckEngine =>
  async (_inputs, now) =>
    unavailableResult(check, {
      state: 'not_configured',
      provider: 'none',
      message: 'No engine is configured for this check.',
      checked_at: now,
    })

export function createCheckEngines(sources: {
  loadAddressLists: () => Promise<readonly AddressList[]>
  watchlists: Pick<Watchlists, 'screen'>
  addressProvider: AddressProvider | null
}): CheckEngines {
  return {
    crypto: createCryptoEngine({ loadLists: sources.loadAddressLists, provider: sources.addressProvider }),
    cross_validation: createCrossValidationEngine(),
    extraction: notConfigured('extraction'),
    watchlists: createWatchlistsEngine({ search: (subjects, options) => sources.watchlists.screen(subjects, options) }),
    face_match: notConfigured('face_match'),
    liveness: notConfigured('liveness'),
    adverse_media: notConfigured('adverse_media'),
    web_validation: notConfigured('web_validation'),
  }
}
