import type { CheckEngine, CheckEngines, Watchlists } from '../application/ports.ts'
import { unavailableResult } from '../domain/decision/unavailable-result.ts'
import type { CheckName } from '../domain/workflow/definition.ts'
import { createCrossValidationEngine } from '../engines/cross-validation/engine.ts'
import type { CompareAcrossScripts } from '../engines/cross-validation/engine.ts'
import { createCryptoEngine } from '../engines/crypto/engine.ts'
import type { AddressList } from '../engines/crypto/lists.ts'
import type { AddressProvider } from '../engines/crypto/provider.ts'
import { createExtractionEngine } from '../engines/extraction/check.ts'
import type { ReaderParts } from '../engines/extraction/check.ts'
import { createFaceMatchEngine } from '../engines/face/check.ts'
import type { FaceParts } from '../engines/face/check.ts'
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
  compareAcrossScripts: CompareAcrossScripts
  reader: ReaderParts
  faces: FaceParts
}): CheckEngines {
  return {
    crypto: createCryptoEngine({ loadLists: sources.loadAddressLists, provider: sources.addressProvider }),
    cross_validation: createCrossValidationEngine({ compareAcrossScripts: sources.compareAcrossScripts }),
    extraction: createExtractionEngine(sources.reader),
    watchlists: createWatchlistsEngine({ search: (subjects, options) => sources.watchlists.screen(subjects, options) }),
    face_match: createFaceMatchEngine(sources.faces),
    // Judged when its step is handed in (application/end-user/complete-liveness.ts), and no job of a run.
    liveness: notConfigured('liveness'),
    adverse_media: notConfigured('adverse_media'),
    web_validation: notConfigured('web_validation'),
  }
}
