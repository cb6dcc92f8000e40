import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { ensureModels } from '../../../src/cli/models.ts'
import { OCR_MODELS } from '../../../src/engines/extraction/models.ts'

const doc = readFileSync('docs/MODELS.md', 'utf8')

describe('docs/MODELS.md', () => {
  it('has the file and the SHA-256 of each model of the reader', () => {
    const told = [...doc.matchAll(/^\| `(\w+\.traineddata)` \|.*\| `([0-9a-f]{64})` \|$/gm)].map(
      ([, file, sha256]) => ({
        file,
        sha256,
      }),
    )
    expect(told).toEqual(Object.values(OCR_MODELS))
  })
})

describe('npm run models', () => {
  it('finds in the packages what it must, and writes nothing twice', () => {
    ensureModels()
    expect(ensureModels()).toEqual([])
  })
})
