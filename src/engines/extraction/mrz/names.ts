// Names in an MRZ and names as people write them. ICAO Doc 9303-3, section 6, table A says how a letter is spelled in
// the MRZ; several have more than one spelling, so two names are compared by all of them. The way back is not possible.

export type MrzNames = { surname: string; given_names: string }

/** `SURNAME<PART<<GIVEN<NAMES<<<`; a holder without a surname has his name in front alone (Doc 9303-3, 4.6). */
export function namesOf(field: string): MrzNames {
  const [surname = '', ...given] = field.replace(/<{3,}.*$/, '').split('<<')
  return { surname: spaced(surname), given_names: spaced(given.join('<')) }
}

const spaced = (text: string): string => text.replaceAll('<', ' ').replace(/ +/g, ' ').trim()

/** First the usual spelling, then the others that the table allows. */
const SPELLINGS: ReadonlyMap<string, readonly string[]> = new Map([
  ['Ä', ['AE', 'A']],
  ['Å', ['AA', 'A']],
  ['Æ', ['AE']],
  ['Ð', ['D']],
  ['Đ', ['D']],
  ['Ħ', ['H']],
  ['İ', ['I']],
  ['ı', ['I']],
  ['Ĳ', ['IJ']],
  ['Ł', ['L']],
  ['Ñ', ['N', 'NXX']],
  ['Ŋ', ['N']],
  ['Ö', ['OE', 'O']],
  ['Ø', ['OE', 'O']],
  ['Œ', ['OE']],
  ['ẞ', ['SS']],
  ['Þ', ['TH']],
  ['Ŧ', ['T']],
  ['Ü', ['UE', 'U', 'UXX']],
  ['Ÿ', ['Y']],
  ['Ə', ['E']],
])

/** Upper case A–Z and single spaces, as the MRZ spells it; every spelling when letters have several (at most 16). */
export function mrzSpellings(name: string): string[] {
  let spellings = ['']
  for (const letter of name.normalize('NFC').replaceAll('ß', 'ẞ').toUpperCase().normalize('NFC')) {
    const ways = waysOf(letter)
    spellings = spellings.flatMap((start) => ways.map((way) => start + way)).slice(0, 16)
  }
  return [...new Set(spellings.map((text) => text.replace(/ +/g, ' ').trim()))]
}

function waysOf(letter: string): readonly string[] {
  const known = SPELLINGS.get(letter)
  if (known !== undefined) return known
  if (/[A-Z]/.test(letter)) return [letter]
  if (/['’ʼ`´.]/.test(letter)) return ['']
  const plain = letter.normalize('NFKD').replace(/[^A-Z]/g, '')
  return [plain === '' ? ' ' : plain]
}

/** Whether the MRZ may stand for this name: equal by a spelling, or cut off where the MRZ had no more room. */
export function isSpelledSo(mrzName: string, written: string): boolean {
  return mrzSpellings(written).some((spelling) => spelling === mrzName)
}
