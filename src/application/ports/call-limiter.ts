/** `failures`: refused credentials and forged links of one address. */
export type CallLimit = 'token' | 'link' | 'address' | 'failures'

declare const hashed: unique symbol
/** Hash of what is counted: neither a credential nor an address is kept or sent anywhere. */
export type LimitKey = string & { readonly [hashed]: true }

/** Calls per minute at one location. Approximate: it keeps abuse out and counts nothing that must be exact. */
export interface CallLimiter {
  /** What is told to callers. */
  readonly perMinute: Readonly<Record<CallLimit, number>>
  keyOf(counted: string): LimitKey
  /** Counts one call; false = it is one too many. Without an answer of the limiter the call goes on. */
  admit(limit: CallLimit, key: LimitKey): Promise<boolean>
}
