// What each finding weighs in the risk score (risk-score.ts), and why.
//
// The weights follow the FATF's risk-based approach (Recommendations 1, 6, 10, 12, 19): what may be forbidden outright
// (a listed name or wallet) is high alone; signs of a false identity are medium alone and high together; geography,
// office and gaps raise a case but never make it high alone, except a country under a call for action with anything else.

export const RISK_POINTS = {
  /** Dealing with a listed person may be a crime, but names collide: high from a near-exact match on. */
  watchlist_hit: 60,
  watchlist_hit_near_exact: 80,
  /** An address has no namesakes. */
  crypto_hit: 80,
  /** Allowed again, and yet a trait of the customer's money: a reason to look, not to doubt. */
  wallet_delisted: 10,
  adverse_media: { none: 0, low: 5, medium: 20, high: 40 },
  /** A different face is a sign of impersonation; a doubtful or unseen one is a sign of a bad picture. */
  face_no_match: 40,
  face_uncertain: 20,
  liveness_failed: 40,
  /** One typing mistake is common, three contradictions are not. */
  conflict_each: 15,
  conflicts_at_most: 45,
  /** Check digits fail by forgery or by a bad picture. */
  mrz_invalid: 25,
  document_type_mismatch: 15,
  document_expired: 15,
  document_warning_each: 5,
  document_warnings_at_most: 15,
  /** Recommendation 12: a PEP is no suspect, yet always asks for more diligence. */
  pep_declared: 30,
  /** Recommendation 19. */
  call_for_action_country: 50,
  increased_monitoring_country: 20,
  wallet_invalid: 10,
  site_unreachable: 10,
  subsession_rejected: 30,
  subsession_not_completed: 10,
  /** What is not known is a risk of its own. */
  check_not_run_each: 10,
  checks_not_run_at_most: 30,
} as const
