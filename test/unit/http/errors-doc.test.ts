import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { ERROR_CODES } from '../../../src/domain/errors.ts'
import { httpErrorOf } from '../../../src/http/error-map.ts'
import { errorExample } from '../../../src/http/schemas/error-examples.ts'

const rows = readFileSync('docs/errors.md', 'utf8')
  .split('\n')
  .filter((line) => /^\| `[A-Z_]+` \|/.test(line))
  .map((line) => {
    const [, code = '', status = '', type = '', when = '', whatToDo = ''] = line.split('|').map((cell) => cell.trim())
    return { code: code.replaceAll('`', ''), status, type, when, whatToDo }
  })

/** `400` on both surfaces, or `400, on `/public` 403` where the end user's side differs. */
function written(code: (typeof ERROR_CODES)[number]): { status: string; type: string } {
  const tenant = httpErrorOf(code, 'tenant')
  const end = httpErrorOf(code, 'public')
  const join = (here: string, there: string): string => (here === there ? here : `${here}, on \`/public\` ${there}`)
  return { status: join(String(tenant.status), String(end.status)), type: join(tenant.type, end.type) }
}

describe('docs/errors.md', () => {
  it('has one row for each code, in the order of the domain, with the status and type that are answered', () => {
    expect(rows.map(({ code, status, type }) => ({ code, status, type }))).toEqual(
      ERROR_CODES.map((code) => ({ code, ...written(code) })),
    )
  })

  it('says of each code when it comes, in the words of the OpenAPI document', () => {
    expect(rows.map(({ code, when }) => [code, when])).toEqual(
      ERROR_CODES.map((code) => [code, errorExample(code, 'tenant').summary]),
    )
  })

  it('says of each code what to do', () => {
    expect(rows.filter(({ whatToDo }) => whatToDo === '')).toEqual([])
  })
})
