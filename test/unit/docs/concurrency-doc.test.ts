import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

const FOLDER = 'src/platform/session-object'
/** Runs in the Worker and calls the object; it holds no state. */
const NOT_IN_THE_OBJECT = ['session-objects.ts']

const HEADER = /^(?: {2}(?:(?:override|async) )*(#?\w+)\(|(?:export )?(?:async )?function (\w+)\()/
const CALL = /\bawait ([\w.#]+)/g

/** `method: callee` for each await, the method being the last one that began above it. */
function awaitsIn(source: string): string[] {
  const found: string[] = []
  let method = 'top level'
  for (const line of source.split('\n')) {
    const header = HEADER.exec(line)
    method = header?.[1] ?? header?.[2] ?? method
    for (const [, callee = ''] of line.replace(/^\s*(?:\/\/|\*|\/\*).*/, '').matchAll(CALL)) {
      found.push(`${method}: ${callee}`)
    }
  }
  return found
}

describe('docs/concurrency.md', () => {
  it('explains every await of the session object, and none that is not there', () => {
    const files = readdirSync(FOLDER).filter((name) => name.endsWith('.ts') && !NOT_IN_THE_OBJECT.includes(name))
    const inCode = new Set(files.flatMap((name) => awaitsIn(readFileSync(`${FOLDER}/${name}`, 'utf8'))))
    const inDoc = [...readFileSync('docs/concurrency.md', 'utf8').matchAll(/^\| `([\w.#]+)` \| `(#?\w+)` \|/gm)].map(
      ([, callee, method]) => `${method}: ${callee}`,
    )

    expect(inDoc.toSorted()).toEqual([...inCode].toSorted())
  })
})
