// Letters of alphabets as Latin letters, lower case. Cyrillic after the ICAO table for machine-readable documents (Doc
// 9303-3, section 6) with the English habits kh, zh, shch; Arabic and Persian after the consonants of ALA-LC without
// marks; Hebrew after ISO 259 without marks; Greek after ISO 843 type 2.

type Letters = Readonly<Record<string, string>>

const pairs = (text: string): Letters => {
  const table: Record<string, string> = {}
  for (const pair of text.split(' ')) {
    const [letter, latin] = pair.split('=')
    if (letter !== undefined) table[letter] = latin ?? ''
  }
  return table
}

export const LATIN_LETTERS = pairs(
  'ø=o ł=l đ=d ð=d þ=th æ=ae œ=oe ß=ss ħ=h ı=i ŋ=n ŧ=t ə=e ɓ=b ɗ=d ƙ=k ƴ=y ɛ=e ɔ=o ʻ= ʼ= ĸ=k',
)

export const CYRILLIC = pairs(
  'а=a б=b в=v г=g д=d е=e ё=e ж=zh з=z и=i й=y к=k л=l м=m н=n о=o п=p р=r с=s т=t у=u ф=f х=kh ц=ts ч=ch ш=sh ' +
    'щ=shch ъ= ы=y ь= э=e ю=yu я=ya і=i ї=yi є=ye ґ=g ў=u ђ=dj ј=j љ=lj њ=nj ћ=c џ=dz ѓ=g ѕ=dz ќ=k ғ=g қ=k ң=n ө=o ұ=u ' +
    'ү=u һ=h ә=a җ=j ҳ=h ҷ=j ӣ=i ӯ=u ѣ=e ѵ=i ѳ=f',
)

export const GREEK = pairs(
  'α=a β=v γ=g δ=d ε=e ζ=z η=i θ=th ι=i κ=k λ=l μ=m ν=n ξ=x ο=o π=p ρ=r σ=s ς=s τ=t υ=y φ=f χ=ch ψ=ps ω=o',
)

export const ARABIC = pairs(
  'ا=a أ=a إ=a آ=a ٱ=a ى=a ء= ئ=y ؤ=w ب=b ت=t ث=th ج=j ح=h خ=kh د=d ذ=dh ر=r ز=z س=s ش=sh ص=s ض=d ط=t ظ=z ع= غ=gh ف=f ق=q ' +
    'ك=k ک=k ل=l م=m ن=n ه=h ة=a ھ=h ہ=h و=w ي=y ی=y ے=y پ=p چ=ch ژ=zh گ=g ڤ=v ٹ=t ڈ=d ڑ=r ں=n ۀ=h ۆ=o ێ=e ە=a ڵ=l ڕ=r',
)

export const HEBREW = pairs(
  'א=a ב=b ג=g ד=d ה=h ו=v ז=z ח=h ט=t י=y כ=k ך=k ל=l מ=m ם=m נ=n ן=n ס=s ע= פ=p ף=f צ=tz ץ=tz ק=k ר=r ש=sh ת=t',
)
