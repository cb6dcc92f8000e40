// Whether a tenant's regular expression may be run on an end user's text, and on how much of it. JavaScript's matcher
// backtracks, so a careless pattern can hang the object: the steps it could take at worst are bounded from its form.

const MAX_STEPS = 5_000_000
const MAX_PATTERN_LENGTH = 500
/** Lengths of text that are tried, longest first; a pattern that is too dear even for the last is refused. */
const TEXT_LIMITS = [1_000, 400, 150, 64] as const

/** Null when the pattern is good; otherwise what is wrong, for its author. */
export function patternProblem(pattern: string): string | null {
  if (pattern === '' || pattern.length > MAX_PATTERN_LENGTH) return `must have 1 to ${MAX_PATTERN_LENGTH} characters`
  if (compile(pattern) === null) return 'is not a regular expression that JavaScript accepts with the u flag'
  if (/\\[1-9]|\\k</.test(pattern)) return 'must not refer back to a group'
  if (longestText(pattern) === null) {
    return 'could take too long on some input: avoid a repetition inside a repetition, alternatives inside a repetition, and more than three open-ended repetitions'
  }
  return null
}

export type PatternVerdict = { matches: boolean; maxLength: number }

/** The whole value must match. A text over `maxLength` is not tried and does not match. */
export function matchPattern(pattern: string, text: string): PatternVerdict {
  const expression = compile(pattern)
  const maxLength = longestText(pattern)
  if (expression === null || maxLength === null) return { matches: false, maxLength: 0 }
  return { matches: text.length <= maxLength && expression.test(text), maxLength }
}

function compile(pattern: string): RegExp | null {
  try {
    // Alone first: `a)|(b` is no pattern, yet would be one inside the frame.
    const alone = new RegExp(pattern, 'u')
    return new RegExp(`^(?:${alone.source})$`, 'u')
  } catch {
    return null
  }
}

const longestText = (pattern: string): number | null =>
  TEXT_LIMITS.find((length) => worstCaseSteps(pattern, length) <= MAX_STEPS) ?? null

/**
 * The number of ways the matcher could split `length` characters among the pattern's choices: alternatives add,
 * neighbours multiply, a repetition of n to m multiplies its choices. An upper bound, far from tight on purpose.
 */
function worstCaseSteps(pattern: string, length: number): number {
  let at = 0

  const alternatives = (): number => {
    let ways = sequence()
    while (pattern[at] === '|') {
      at += 1
      ways += sequence()
    }
    return ways
  }

  const sequence = (): number => {
    let ways = 1
    while (at < pattern.length && pattern[at] !== '|' && pattern[at] !== ')') {
      const inner = atom()
      const { min, max } = quantifier()
      // Over-counted on purpose: each number of rounds is a choice, and so is each way through each round.
      ways *= (max - min + 1) * inner ** max
    }
    return ways
  }

  const atom = (): number => {
    const character = pattern[at]
    at += 1
    if (character === '\\') {
      const escape = pattern[at]
      at += 1
      if ((escape === 'p' || escape === 'P' || escape === 'u') && pattern[at] === '{') at = pattern.indexOf('}', at) + 1
      return 1
    }
    if (character === '[') {
      while (at < pattern.length && pattern[at] !== ']') at += pattern[at] === '\\' ? 2 : 1
      at += 1
      return 1
    }
    if (character !== '(') return 1
    const opening = /^\?(?:<?[=!]|<[^>]*>|[a-z-]*:)/.exec(pattern.slice(at))
    at += opening?.[0].length ?? 0
    const inner = alternatives()
    at += 1
    return inner
  }

  const quantifier = (): { min: number; max: number } => {
    const found = /^(?:([*+?])|\{(\d+)(,?)(\d*)\})\??/.exec(pattern.slice(at))
    if (found === null) return { min: 1, max: 1 }
    at += found[0].length
    if (found[1] === '?') return { min: 0, max: 1 }
    if (found[1] !== undefined) return { min: 0, max: length }
    const min = Math.min(Number(found[2]), length)
    if (found[3] === '') return { min, max: min }
    return { min, max: found[4] === '' ? length : Math.max(min, Math.min(Number(found[4]), length)) }
  }

  return alternatives()
}
