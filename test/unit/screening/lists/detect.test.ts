import { describe, expect, it } from 'vitest'
import { detectLists } from '../../../../src/engines/screening/lists/detect-lists.ts'
import { listFixture } from '../../../support/lists.ts'

const head = (fixture: string): string => new TextDecoder().decode(listFixture(fixture).subarray(0, 2048))
const OFAC = { main: head('ofac_sdn.csv'), alt: head('ofac_alt.csv'), add: head('ofac_add.csv') }

describe('lists in a folder', () => {
  it('are found by the names under which the publishers offer them', () => {
    const found = detectLists([
      { name: 'SDN.CSV', head: OFAC.main },
      { name: 'ALT.CSV', head: OFAC.alt },
      { name: 'ADD.CSV', head: OFAC.add },
      { name: 'SDN_COMMENTS.CSV', head: head('ofac_sdn_comments.csv') },
      { name: 'CONSOLIDATED.XML', head: head('ofac_sdn.xml') },
      { name: 'consolidated.xml', head: head('un_consolidated.xml') },
      { name: '20260220-FULL-1_1.csv', head: head('eu_fsf.csv') },
      { name: 'UK-Sanctions-List.csv', head: head('uk_sl.csv') },
      { name: 'targets.simple.csv', head: head('targets.simple.csv') },
      { name: 'README.md', head: '# Data for tests' },
      { name: 'names.csv', head: 'name\nJohn\n' },
    ])
    expect(found.lists).toEqual([
      {
        id: 'ofac_sdn',
        format: 'ofac-csv',
        files: { main: 'SDN.CSV', aliases: 'ALT.CSV', addresses: 'ADD.CSV', comments: 'SDN_COMMENTS.CSV' },
        published_on: null,
      },
      { id: 'ofac_cons', format: 'ofac-xml', files: { main: 'CONSOLIDATED.XML' }, published_on: null },
      { id: 'un_sc', format: 'un-xml', files: { main: 'consolidated.xml' }, published_on: null },
      { id: 'eu_fsf', format: 'eu-csv', files: { main: '20260220-FULL-1_1.csv' }, published_on: '2026-02-20' },
      { id: 'uk_sl', format: 'uk-csv', files: { main: 'UK-Sanctions-List.csv' }, published_on: null },
      { id: 'opensanctions', format: 'opensanctions-csv', files: { main: 'targets.simple.csv' }, published_on: null },
    ])
    expect(found.unknown).toEqual([
      { name: 'README.md', reason: 'no watchlist that is known' },
      { name: 'names.csv', reason: 'no watchlist that is known' },
    ])
  })

  it('are found by what is in them when the name says nothing', () => {
    const { lists } = detectLists([
      { name: 'a', head: head('un_consolidated.xml') },
      { name: 'b', head: head('eu_fsf.xml') },
      { name: 'c.txt', head: head('uk_sl.xml') },
      { name: 'd', head: head('ofac_sdn.xml') },
    ])
    expect(lists.map(({ id, format, files }) => `${id} ${format} ${files.main}`)).toEqual([
      'ofac_sdn ofac-xml d',
      'un_sc un-xml a',
      'eu_fsf eu-xml b',
      'uk_sl uk-xml c.txt',
    ])
  })

  it('are dated by their names, and an older copy or another format is told', () => {
    const found = detectLists([
      { name: 'un_2025-01-31.xml', head: head('un_consolidated.xml') },
      { name: 'un_2026-02-27.xml', head: head('un_consolidated.xml') },
      { name: 'ofac_sdn_2021-07.csv', head: OFAC.main },
      { name: 'ofac_alt_2021-07.csv', head: OFAC.alt },
      { name: 'ofac_add_2021-07.csv', head: OFAC.add },
      { name: 'sdn.xml', head: head('ofac_sdn.xml') },
    ])
    expect(found.lists.map(({ id, published_on }) => [id, published_on])).toEqual([
      ['ofac_sdn', '2021-07-01'],
      ['un_sc', '2026-02-27'],
    ])
    expect(found.unknown).toEqual([
      { name: 'un_2025-01-31.xml', reason: 'un_sc has this file already, under another name' },
      { name: 'sdn.xml', reason: 'ofac_sdn is there in another format' },
    ])
  })

  it('are told as incomplete when OFAC CSV lacks a part', () => {
    expect(detectLists([{ name: 'CONS_PRIM.CSV', head: OFAC.main }])).toEqual({
      lists: [],
      unknown: [{ name: 'CONS_PRIM.CSV', reason: 'of ofac_cons, whose aliases, addresses file is missing' }],
    })
  })
})
