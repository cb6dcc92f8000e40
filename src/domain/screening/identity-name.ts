// When two spellings of a name count as one and the same for remembering a reviewer's word: case, punctuation and spacing
// aside. Stricter than screening on purpose: a name that is only alike is another person's until a reviewer says so.

export const identityName = (name: string): string =>
  name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, ' ')
    .trim()
