// What is said of an address. `reason` finishes the sentence "The address …" and never repeats the address.

export type AddressVerdict =
  | {
      readonly valid: true
      /** One spelling for one account on its network. */
      readonly normalized: string
      /** What controls it, one text for all its addresses on all networks; null where the address alone can say it. */
      readonly account: string | null
    }
  | { readonly valid: false; readonly reason: string }

export const valid = (normalized: string, account: string | null = null): AddressVerdict => ({
  valid: true,
  normalized,
  account,
})

export const invalid = (reason: string): AddressVerdict => ({ valid: false, reason })
