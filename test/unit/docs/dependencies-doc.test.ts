import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

const readJson = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'))
const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null

const manifest = readJson('package.json')
const versionsOf = (list: string): [string, string][] => {
  const found = isRecord(manifest) ? manifest[list] : undefined
  return isRecord(found) ? Object.entries(found).map(([name, version]) => [name, String(version)]) : []
}
const declared = [
  ...versionsOf('dependencies'),
  ...versionsOf('devDependencies'),
  ...versionsOf('optionalDependencies'),
]

type Row = { name: string; version: string; licence: string; why: string }
const rows: Row[] = readFileSync('docs/dependencies.md', 'utf8')
  .split('\n')
  .filter((line) => line.startsWith('| `'))
  .map((line) => {
    const [, name = '', version = '', licence = '', , why = ''] = line.split('|').map((cell) => cell.trim())
    return { name: name.replaceAll('`', ''), version, licence, why }
  })

describe('docs/dependencies.md', () => {
  it('names each package of package.json once, with its exact version', () => {
    expect(rows.map(({ name, version }) => `${name}@${version}`).toSorted()).toEqual(
      declared.map(([name, version]) => `${name}@${version}`).toSorted(),
    )
  })

  it('can do so because every version is exact', () => {
    expect(declared.filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version))).toEqual([])
  })

  it.each(rows)('gives the licence that $name declares, and a reason', ({ name, licence, why }) => {
    expect(why).not.toBe('')
    const path = `node_modules/${name}/package.json`
    if (!existsSync(path)) return // An optional package for another platform.
    const installed = readJson(path)
    expect(licence).toBe(isRecord(installed) ? installed['license'] : undefined)
  })
})
