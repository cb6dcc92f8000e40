// The consonants of a Latin word as one romanisation after the other would leave them: Qassem, Qasim and Kasem are ksm.
// A key to find words by and a way to compare those whose vowels were not written. It does not decide likeness.

const DIGRAPHS: Readonly<Record<string, string>> = {
  kh: 'k',
  gh: 'g',
  sh: 's',
  ch: 'c',
  ph: 'f',
  th: 't',
  dh: 'd',
  zh: 'j',
  ck: 'k',
  ts: 's',
  tz: 's',
  dj: 'j',
  ks: 'x',
}
const SINGLE: Readonly<Record<string, string>> = { q: 'k', c: 'k', w: 'v', z: 's', x: 'x', j: 'j' }
const VOWELS = new Set('aeiouy')

/** Empty for a word without consonants but its first letter. */
export function skeletonOf(word: string): string {
  let key = ''
  for (let at = 0; at < word.length; at += 1) {
    const letter = word.charAt(at)
    const two = DIGRAPHS[word.slice(at, at + 2)]
    if (two !== undefined) {
      if (!key.endsWith(two)) key += two
      at += 1
      continue
    }
    if (VOWELS.has(letter)) {
      if (at === 0) key += 'a'
      continue
    }
    if (letter === 'h' && at > 0) continue
    const folded = SINGLE[letter] ?? letter
    if (!key.endsWith(folded)) key += folded
  }
  return key
}

/** Also without v, which Arabic and Hebrew write for u and o. */
export const looseSkeleton = (word: string): string => {
  const key = skeletonOf(word.replace(/^(?:w|y)(?=[^aeiou])/, 'a'))
  return key.slice(0, 1) + key.slice(1).replaceAll('v', '')
}
