// International bank account numbers in a text, each proven by its two check digits (ISO 13616, ISO 7064 mod 97-10) and
// by the length that its country gives it.

/** SWIFT IBAN Registry, release 99; countries that are not here are refused rather than guessed. */
const LENGTHS: ReadonlyMap<string, number> = new Map(
  (
    'AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DJ27 DK18 DO28 EE20 EG29 ES24 ' +
    'FI18 FK18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HN28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32 ' +
    'LI21 LT20 LU20 LV21 LY25 MC27 MD24 ME22 MK19 MN20 MR27 MT31 MU30 NI28 NL18 NO15 OM23 PK24 PL28 PS29 PT25 QA29 RO24 ' +
    'RS22 RU33 SA24 SC31 SD18 SE24 SI19 SK24 SM27 SO23 ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20 YE30'
  )
    .split(' ')
    .map((entry) => [entry.slice(0, 2), Number(entry.slice(2))]),
)

export function isIban(iban: string): boolean {
  if (!/^[A-Z]{2}\d{2}[A-Z0-9]+$/.test(iban) || LENGTHS.get(iban.slice(0, 2)) !== iban.length) return false
  let remainder = 0
  for (const character of iban.slice(4) + iban.slice(0, 4)) {
    const value = Number.parseInt(character, 36)
    remainder = (remainder * (value > 9 ? 100 : 10) + value) % 97
  }
  return remainder === 1
}

/** The first one that its digits prove; `raw` is how it was printed. */
export function findIban(text: string): { value: string; raw: string } | null {
  for (const start of text.matchAll(/\b[A-Z]{2} ?\d{2}/g)) {
    const length = LENGTHS.get(start[0].slice(0, 2)) ?? 0
    let [value, end] = ['', start.index]
    while (value.length < length && /[A-Z0-9 ]/.test(text.charAt(end))) {
      value += text.charAt(end).trim()
      end += 1
    }
    if (isIban(value)) return { value, raw: text.slice(start.index, end) }
  }
  return null
}
