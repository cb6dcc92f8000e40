// What is said of an address. `reason` finishes the sentence "The address …" and never repeats the address.

export type AddressVerdict =
  | {
      readonly valid: true
      /** One spelling for one account on its network. */
      readonly normalized: string
      /** Other spellings of the same account that lists may use. */
      readonly spellings: readonly string[]
    }
  | { readonly valid: false; readonly reason: string }

export const valid = (normalized: string, spellings: readonly string[] = []): AddressVerdict => ({
  valid: true,
  normalized,
  spellings,
})

export const invalid = (reason: string): AddressVerdict => ({ valid: false, reason })
