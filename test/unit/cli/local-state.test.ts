import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  makeLocalState,
  readLocalState,
  stateFile,
  writeEnvFile,
  writeLocalState,
} from '../../../src/cli/local-state.ts'

let persist: string
beforeEach(() => {
  persist = mkdtempSync(join(tmpdir(), 'kyc-state-'))
})
afterEach(() => rmSync(persist, { recursive: true, force: true }))

describe('what npm start remembers', () => {
  it('is nothing before the first start', () => {
    expect(readLocalState(persist)).toBeNull()
  })

  it('comes back as it was written', () => {
    const state = makeLocalState()
    writeLocalState(persist, state)
    expect(readLocalState(persist)).toEqual(state)
  })

  it('is readable by its owner alone, also when the file was there with wider rights', () => {
    writeFileSync(stateFile(persist), '{}')
    chmodSync(stateFile(persist), 0o644)
    writeLocalState(persist, makeLocalState())
    const envFile = writeEnvFile(persist, { A: '1', B: 'two' })
    expect(statSync(stateFile(persist)).mode & 0o777).toBe(0o600)
    expect(statSync(envFile).mode & 0o777).toBe(0o600)
    expect(readFileSync(envFile, 'utf8')).toBe('A=1\nB=two\n')
  })

  it('is refused, in words, when something else is in the file', () => {
    writeFileSync(stateFile(persist), '{"hello":1}')
    expect(() => readLocalState(persist)).toThrow('is not what npm start wrote')
  })

  it('has a master key of 32 bytes for access links, new for each folder', () => {
    const keys = [makeLocalState(), makeLocalState()].map((state) => state.access_token_keys)
    expect(keys[0]).toMatch(/^1:[\w-]{43}$/)
    expect(keys[0]).not.toBe(keys[1])
  })
})
