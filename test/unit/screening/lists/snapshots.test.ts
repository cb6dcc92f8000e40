import { closeSync, createReadStream, existsSync, openSync, readdirSync, readSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { ListedEntity } from '../../../../src/engines/screening/entity.ts'
import { detectLists, type DetectedList } from '../../../../src/engines/screening/lists/detect-lists.ts'
import { importList, type ImportReport } from '../../../../src/engines/screening/lists/import-list.ts'

/** Real lists of known days; they are not part of the repository. */
const FOLDER = process.env['WATCHLISTS_DIR'] ?? '../shared/data/lists'
const isThere = existsSync(`${FOLDER}/un_consolidated_2026-02-27.xml`)

function headOf(name: string): string {
  const file = openSync(`${FOLDER}/${name}`, 'r')
  const head = new Uint8Array(2048)
  const length = readSync(file, head)
  closeSync(file)
  return new TextDecoder().decode(head.subarray(0, length))
}

async function read(list: DetectedList): Promise<{ report: ImportReport; entities: ListedEntity[] }> {
  const entities: ListedEntity[] = []
  const files = Object.fromEntries(
    Object.entries(list.files).map(([part, name]) => [part, createReadStream(`${FOLDER}/${name}`)]),
  )
  const result = await importList({ format: list.format, files }, { entity: (entity) => void entities.push(entity) })
  if (!result.ok) throw new Error(result.error.detail)
  return { report: result.value, entities }
}

const tally = (values: readonly string[]): Record<string, number> => {
  const counts: Record<string, number> = {}
  for (const value of values) counts[value] = (counts[value] ?? 0) + 1
  return counts
}

describe.runIf(isThere)(`the real lists (${isThere ? 'in' : 'not read: nothing in'} ${FOLDER}, WATCHLISTS_DIR)`, () => {
  const { lists, unknown } = isThere
    ? detectLists(readdirSync(FOLDER).map((name) => ({ name, head: headOf(name) })))
    : { lists: [], unknown: [] }

  const listed = (id: string): DetectedList => {
    const found = lists.find((list) => list.id === id)
    if (found === undefined) throw new Error(`${id} was not found`)
    return found
  }

  it('are all found', () => {
    expect(lists.map(({ id, published_on }) => [id, published_on])).toEqual([
      ['ofac_sdn', '2021-07-01'],
      ['ofac_cons', '2025-12-01'],
      ['un_sc', '2026-02-27'],
    ])
    expect(unknown).toEqual([])
  })

  it('of OFAC (SDN, July 2021): 8,976 entries, no row skipped', async () => {
    const { report, entities } = await read(listed('ofac_sdn'))
    expect(report).toMatchObject({ entries: 8976, skipped_count: 0 })
    expect(tally(entities.map(({ schema }) => schema))).toEqual({
      person: 4620,
      organization: 3673,
      vessel: 406,
      aircraft: 277,
    })
    // 7 of these repeat another name of their entry: main names, rows of aliases, nicknames in remarks.
    expect(report.names).toBe(8976 + 11_910 + 2439 - 7)
    expect(entities.flatMap(({ identifiers }) => identifiers).filter(({ type }) => type === 'wallet')).toHaveLength(80)
  })

  it('of OFAC (Consolidated, December 2025): 442 entries, no row skipped', async () => {
    const { report, entities } = await read(listed('ofac_cons'))
    expect(report).toMatchObject({ entries: 442, skipped_count: 0 })
    const sberbank = entities.find(({ reference }) => reference === '17018')
    expect(sberbank?.identifiers).toContainEqual({ type: 'tax_id', value: '7707083893', country: 'RU' })
    expect(sberbank?.listed_on).toBe('2022-02-24')
  })

  it('of the UN (27 February 2026): 730 individuals and 273 entities, none skipped', async () => {
    const { report, entities } = await read(listed('un_sc'))
    expect(report).toMatchObject({ published_on: '2026-02-27', entries: 1003, skipped_count: 0 })
    expect(tally(entities.map(({ schema }) => schema))).toEqual({ person: 730, organization: 273 })
    expect(entities.filter(({ listed_on }) => listed_on === null)).toEqual([])
    expect(entities.filter(({ reference }) => reference !== reference.trim())).toEqual([])
  })
})
