// One issue of zod in the contract's words: the place as `steps[2].name`, and what would be right there.

import type { z } from 'zod'
import type { ErrorDetail } from '../domain/errors.ts'

type Issue = z.core.$ZodIssue
type Path = readonly PropertyKey[]

export function issueDetails(issue: Issue, input: unknown, prefix: Path = []): ErrorDetail[] {
  const path = [...prefix, ...issue.path]
  const at = (message: string): ErrorDetail[] => [{ path: pathText(path), message }]
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => ({ path: pathText([...path, key]), message: 'is not known here: leave it out' }))
    case 'invalid_union': {
      const closest = closestOption(issue.errors)
      if (closest !== null) return closest.flatMap((inner) => issueDetails(inner, input, path))
      if (valueAt(input, path) === undefined) return at('is required')
      return at(
        'options' in issue && issue.options !== undefined
          ? `must be ${oneOf(issue.options)}`
          : 'has a form that is not known here',
      )
    }
    case 'invalid_key':
      return at('has a key that is empty or too long')
    case 'invalid_type':
      return at(valueAt(input, path) === undefined ? 'is required' : `must be ${withArticle(issue.expected)}`)
    case 'invalid_value':
      return at(valueAt(input, path) === undefined ? 'is required' : `must be ${oneOf(issue.values)}`)
    case 'too_small':
      return at(isOwnMessage(issue) ? issue.message : `must ${sizeOf(issue.origin, 'at least', issue.minimum)}`)
    case 'too_big':
      return at(isOwnMessage(issue) ? issue.message : `must ${sizeOf(issue.origin, 'at most', issue.maximum)}`)
    case 'custom':
      return at(valueAt(input, path) === undefined && !isOwnMessage(issue) ? 'is required' : issue.message)
    case 'invalid_format':
    case 'not_multiple_of':
    case 'invalid_element':
      return at(isOwnMessage(issue) ? issue.message : `is not valid (${lowerFirst(issue.message)})`)
  }
}

/** Of the options of a union, the one whose first complaint lies deepest was most likely meant. */
function closestOption(options: readonly Issue[][]): Issue[] | null {
  const depth = (issues: Issue[]): number => Math.max(0, ...issues.map((issue) => issue.path.length))
  const sorted = options.toSorted((left, right) => depth(right) - depth(left) || left.length - right.length)
  return sorted[0] ?? null
}

/** `steps[2].custom_fields[0].type`. */
function pathText(path: Path): string {
  return path.reduce<string>((text, part) => {
    if (typeof part === 'number') return `${text}[${part}]`
    return text === '' ? String(part) : `${text}.${String(part)}`
  }, '')
}

function valueAt(input: unknown, path: Path): unknown {
  let value = input
  for (const key of path) {
    if (typeof value !== 'object' || value === null) return undefined
    const members: Partial<Record<PropertyKey, unknown>> = value
    value = Object.hasOwn(members, key) ? members[key] : undefined
  }
  return value
}

/** Messages that a schema of ours gave; zod's own begin otherwise. */
const isOwnMessage = (issue: Issue): boolean => !/^(?:Invalid|Too (?:small|big)|Unrecognized)/.test(issue.message)

function sizeOf(origin: string, bound: string, limit: number | bigint): string {
  switch (origin) {
    case 'string':
      return limit === 1 && bound === 'at least' ? 'not be empty' : `have ${bound} ${limit} characters`
    case 'array':
    case 'set':
      return limit === 1 && bound === 'at least' ? 'not be empty' : `hold ${bound} ${limit} items`
    default:
      return `be ${bound} ${limit}`
  }
}

function withArticle(expected: string): string {
  const named = expected === 'int' ? 'whole number' : expected
  return `${/^[aeiou]/.test(named) ? 'an' : 'a'} ${named}`
}

const oneOf = (values: readonly unknown[]): string =>
  values.length === 1 ? String(values[0]) : `one of ${values.map(String).join(', ')}`

const lowerFirst = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1)
