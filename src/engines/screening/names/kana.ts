// Kana as Latin letters (Hepburn). Long vowels are written short, as in passports.

const HIRAGANA_FIRST = 0x3041
const KATAKANA_FIRST = 0x30a1
const KATAKANA_LAST = 0x30f6

export const isKana = (code: number): boolean => (code >= 0x3040 && code < 0x3100) || (code >= 0xff66 && code < 0xffa0)

/** In the order of the Unicode block from ぁ: small and large vowels, then the rows with their voiced twins. */
const SYLLABLES = (
  'a a i i u u e e o o ka ga ki gi ku gu ke ge ko go sa za shi ji su zu se ze so zo ta da chi ji * tsu zu te de to do ' +
  'na ni nu ne no ha ba pa hi bi pi fu bu pu he be pe ho bo po ma mi mu me mo +ya ya +yu yu +yo yo ra ri ru re ro wa wa ' +
  'i e o n vu ka ke'
).split(' ')

export function romanizeKana(word: string): string {
  let text = ''
  let isDoubled = false
  for (const letter of word.normalize('NFKC')) {
    const code = letter.codePointAt(0) ?? 0
    const at = code >= KATAKANA_FIRST && code <= KATAKANA_LAST ? code - KATAKANA_FIRST : code - HIRAGANA_FIRST
    const syllable = SYLLABLES[at]
    if (syllable === undefined) continue
    if (syllable === '*') {
      isDoubled = true
      continue
    }
    if (syllable.startsWith('+')) text = contracted(text, syllable.slice(1))
    else text += isDoubled ? syllable.slice(0, 1) + syllable : syllable
    isDoubled = false
  }
  return text.replace(/ou/g, 'o').replace(/([aiueo])\1/g, '$1')
}

/** き + ゃ is kya, し + ゃ sha. */
function contracted(text: string, glide: string): string {
  if (!text.endsWith('i')) return text + glide
  const stem = text.slice(0, -1)
  return /(sh|ch|j)$/.test(stem) ? stem + glide.slice(1) : stem + glide
}
