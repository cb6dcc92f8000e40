import { globSync, readFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { LogFields } from '../../../src/application/ports.ts'
import { describeError, log } from '../../../src/platform/log.ts'

const said: string[] = []
beforeEach(() => {
  said.length = 0
  for (const level of ['info', 'warn', 'error'] as const) {
    vi.spyOn(console, level).mockImplementation((line: string) => said.push(line))
  }
})
afterEach(() => vi.restoreAllMocks())

const lineOf = (fields: LogFields): unknown => {
  log.error('request_failed', fields)
  return JSON.parse(said.at(-1) ?? '')
}
/** As a caller that the compiler does not see, such as data with a member too many. */
const untyped = (fields: object): LogFields => fields

describe('a log line', () => {
  it('holds the fields that have a name on the list, as they are', () => {
    const fields = { request_id: 'req_01kb2v8x5nf6b8m1q4r7t0w3y6', route: '/kyc/sessions/{id}', status: 500, count: 0 }
    expect(lineOf(fields)).toEqual({ level: 'error', event: 'request_failed', ...fields })
  })

  it('leaves out a field that is not on the list, whatever type it was given', () => {
    const line = lineOf(untyped({ code: 'X', full_name: 'Anna', access_token: 'secret' }))
    expect(line).toEqual({ level: 'error', event: 'request_failed', code: 'X' })
  })

  it.each([
    ['a sentence', 'Anna Maria Eriksson'],
    ['a text that is too long', 'a'.repeat(129)],
    ['markup', '<b>'],
    ['an address', 'anna@example.com'],
    ['a line feed', 'a\nb'],
    ['an object', { name: 'Anna' }],
  ])('does not say %s', (_what, value) => {
    expect(lineOf(untyped({ code: value }))).toMatchObject({ code: '(unfit)' })
    log.info(`event of ${JSON.stringify(value)}`, {})
    expect(said.at(-1)).not.toContain('Anna')
  })

  it('takes no stack but frames', () => {
    const stack = 'at a (file:///x.ts:1:2) | at Anna Maria (x) | at b (file:///x.ts:1:2)'
    expect(lineOf({ error_stack: stack })).toMatchObject({ error_stack: '(unfit)' })
  })
})

describe('what is told of a thrown value', () => {
  function thrown(message: string): Error {
    return new TypeError(message)
  }

  it('is its class and its frames', () => {
    const told = describeError(thrown('Canary Ottilie'))
    expect(told.error_name).toBe('TypeError')
    expect(told.error_stack).toMatch(/^at thrown \(.*log\.test\.ts:\d+:\d+\)/)
    expect(lineOf(told)).toMatchObject(told)
  })

  it.each([
    'Canary Ottilie',
    'first line\n    at Canary (file:///Ottilie.ts:1:2)',
    '\n    at Ottilie (Canary:1:2)\n    at Ottilie (Canary:1:2)',
    'at Canary (Ottilie:1:2)',
    '',
  ])('holds nothing of the message %j', (message) => {
    expect(JSON.stringify(describeError(thrown(message)))).not.toMatch(/Canary|Ottilie/)
  })

  it('holds nothing of a name, a message or a stack that was set to something', () => {
    const error = Object.assign(new Error('Canary'), { name: 'Ottilie Quandt', message: 'other' })
    expect(describeError(error).error_name).toBe('Error')
    expect(JSON.stringify(describeError(error))).not.toMatch(/Canary|Ottilie/)
    const forged = Object.assign(new Error('other'), { stack: 'Canary\n    at Canary (file:///Ottilie.ts:1:2)' })
    expect(describeError(forged)).toEqual({ error_name: 'Error', error_stack: '' })
    expect(describeError('Canary')).toEqual({ error_name: 'string' })
    expect(describeError({ message: 'Canary' })).toEqual({ error_name: 'object' })
  })
})

describe('the configuration of every Worker in this repository', () => {
  const files = globSync(['**/wrangler*.{toml,json,jsonc}', 'src/workers/*.{toml,json,jsonc}'], {
    exclude: (name) => /(?:^|\/)(?:node_modules|\.wrangler|\.kyc|dist)(?:\/|$)/.test(name),
  }).toSorted()
  /** Also one under another name: whatever names the entry of a Worker. */
  const tomls = globSync('**/*.toml', {
    exclude: (name) => /(?:^|\/)(?:node_modules|\.wrangler|\.kyc)(?:\/|$)/.test(name),
  })
  const configs = [...new Set([...files, ...tomls.filter((file) => /^main\s*=/m.test(readFileSync(file, 'utf8')))])]

  it('is found by search', () => {
    expect(configs).toContain('wrangler.toml')
  })

  it.each(configs)('%s keeps tokens out of the platform’s log and off workers.dev', (file) => {
    const text = readFileSync(file, 'utf8')
    const logs = /^\[observability\.logs\]\n(?:(?!\[).*\n)*?invocation_logs = false$/m
    expect(text).toMatch(logs)
    expect(text).not.toMatch(/invocation_logs = true|workers_dev = true/)
    expect(text).toMatch(/^workers_dev = false$/m)
  })
})
