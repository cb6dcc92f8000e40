/** What the link's credential says after its MAC was checked. */
export type LinkFacts = { session_id: string; generation: number; nonce_hash: string; placement: number }

export interface AccessTokens {
  /** A new token and the hash of its nonce, the only part that is kept. */
  mint(
    session: { session_id: string; generation: number; placement: number },
    nonce: Uint8Array,
  ): Promise<{ token: string; nonce_hash: string }>
  newNonce(): Uint8Array
  hashNonce(nonce: Uint8Array): string
  /** Null for anything we did not make; costs no hop. */
  verify(token: string): Promise<LinkFacts | null>
}
