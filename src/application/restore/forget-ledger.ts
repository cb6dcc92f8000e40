import { civilDateAt, DAY_MS } from '../../domain/time.ts'
import type { Deps } from '../ports.ts'

/** D1 can be restored to any minute of the last 30 days (developers.cloudflare.com/d1/reference/time-travel). */
const LEDGER_KEPT_MS = 35 * DAY_MS

/** Cron: sessions of older pages are found in D1 itself. */
export const forgetLedger = ({ restoreLedger, clock }: Pick<Deps, 'restoreLedger' | 'clock'>): Promise<void> =>
  restoreLedger.forget(civilDateAt(clock.system() - LEDGER_KEPT_MS))
