// The check digit of ICAO Doc 9303-3, section 4.9: weights 7, 3, 1 over the characters' values, modulo 10. It finds
// every single wrong character whose value differs by other than a multiple of ten (A and K, 0 and < look the same to it).

const WEIGHTS = [7, 3, 1]

/** 0–9 are themselves, A–Z are 10–35, the filler is 0; null for any other character. */
export function valueOf(character: string): number | null {
  if (character === '<') return 0
  const code = character.charCodeAt(0)
  if (code >= 48 && code <= 57) return code - 48
  return code >= 65 && code <= 90 ? code - 55 : null
}

/** Null when the text holds a character that no MRZ has. */
export function checkDigitOf(text: string): number | null {
  let sum = 0
  for (let at = 0; at < text.length; at += 1) {
    const value = valueOf(text.charAt(at))
    if (value === null) return null
    sum += value * (WEIGHTS[at % 3] ?? 0)
  }
  return sum % 10
}

/** A filler stands for 0 where nothing is stated: it agrees with a blank field alone. */
export function agrees(text: string, digit: string): boolean {
  if (digit === '<') return /^<*$/.test(text)
  return /^\d$/.test(digit) && checkDigitOf(text) === Number(digit)
}
