// Identifiers made from words, for steps and fields that were sent without one.

/** `Date of birth` → `date_of_birth`; null when nothing of the words can be written in ASCII. */
export function slugOf(words: string): string | null {
  const slug = words
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .slice(0, 60)
    .replace(/^_+|_+$/g, '')
  return slug === '' ? null : slug
}

/** Given ids stay as they are, even wrong or twice; made ones step aside (`country_2`). `taken` is added to. */
export function uniqueSlugs(
  names: { given: string | undefined; wanted: string }[],
  taken = new Set<string>(),
): string[] {
  for (const { given } of names) if (given !== undefined) taken.add(given)
  return names.map(({ given, wanted }) => {
    if (given !== undefined) return given
    let candidate = wanted
    for (let next = 2; taken.has(candidate); next += 1) candidate = `${wanted}_${next}`
    taken.add(candidate)
    return candidate
  })
}
