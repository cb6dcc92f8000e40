// Countries whose defences against money laundering the FATF calls deficient, and since when we know it so. These are
// lists of jurisdictions, not of people: they raise a risk score and never decide. Renew after each FATF plenary
// (February, June, October) from fatf-gafi.org, "High-Risk and other monitored jurisdictions".

/** Plenary of 17–19 June 2026. */
export const FATF_LISTS_AS_OF = '2026-06-19'

/** "High-Risk Jurisdictions subject to a Call for Action": enhanced due diligence for all, counter-measures for most. */
export const CALL_FOR_ACTION: ReadonlySet<string> = new Set(['IR', 'KP', 'MM'])

/** "Jurisdictions under Increased Monitoring": deficiencies they have promised to mend. */
export const INCREASED_MONITORING: ReadonlySet<string> = new Set(
  'AO BA BG BO CD CI CM HT IQ KE KW LA LB MC NP PG SS SY VE VG VN YE'.split(' '),
)
