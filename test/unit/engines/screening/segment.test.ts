import { describe, expect, it } from 'vitest'
import { walletsOf } from '../../../../src/engines/screening/list-calls.ts'
import { createSegmentWriter, linesOf, readSegment } from '../../../../src/engines/screening/segment.ts'
import { listedPerson, numberedNames } from '../../../support/fixtures/listed.ts'

function written(names: readonly string[], list = 'un_sc') {
  const decoder = new TextDecoder()
  let text = ''
  const segment = createSegmentWriter(list, (bytes) => (text += decoder.decode(bytes)))
  for (const name of names) segment.add(listedPerson(name))
  return { trailer: segment.finish(), text: () => text }
}

async function* pieces(text: string, size: number): AsyncGenerator<string> {
  for (let at = 0; at < text.length; at += size) yield text.slice(at, at + size)
}

async function read(text: string, size = 1_000) {
  const names: string[] = []
  const result = await readSegment('un_sc', linesOf(pieces(text, size)), ({ names: [first] }) => {
    names.push(first?.value ?? '')
  })
  return { result, names }
}

describe('a segment', () => {
  it.each([1, 7, 100_000])('gives back what was put in, read in pieces of %i', async (size) => {
    const names = ['Anna Example', 'Борис Самплов', '陈样本 line\u2028separator']
    const { text, trailer } = written(names)
    expect(await read(text(), size)).toEqual({ result: { ok: true, value: trailer }, names })
    expect(trailer).toMatchObject({ entries: 3, names: 3, sha256: expect.stringMatching(/^[0-9a-f]{64}$/) })
  })

  it('has the checksum of its entries, whatever list they are of and however it was written out', () => {
    const many = numberedNames(2_000)
    expect(written(many, 'un_sc').trailer.sha256).toBe(written(many, 'ofac_sdn').trailer.sha256)
    expect(written(many).trailer.sha256).not.toBe(written(many.slice(1)).trailer.sha256)
  })

  const { text } = written(['Anna Example', 'Bertha Example'])
  const whole = text()
  const lines = whole.trimEnd().split('\n')
  it.each([
    ['no_header', ''],
    ['no_header', 'something else\n'],
    ['no_header', '{}\n'],
    ['other_list', whole.replace('"un_sc"', '"eu_fsf"')],
    ['other_format', whole.replace('"format":1', '"format":0')],
    ['no_trailer', lines.slice(0, -1).join('\n')],
    ['no_trailer', lines.slice(0, 2).join('\n')],
    ['malformed', whole.slice(0, -20)],
    ['malformed', whole + lines[1]],
    ['wrong_checksum', whole.replace('Anna', 'Arma')],
    ['wrong_checksum', lines.filter((_, index) => index !== 1).join('\n')],
    ['wrong_checksum', [lines[0], lines[2], lines[1], lines[3]].join('\n')],
  ])('is refused as %s when it is not what was written', async (reason, harmed) => {
    expect((await read(harmed)).result).toEqual({ ok: false, error: reason })
  })
})

describe('the wallets of an entry', () => {
  it('are told with all that an answer about one needs', () => {
    const entity = listedPerson('Anna Example', {
      identifiers: [
        { type: 'passport', value: 'X1' },
        { type: 'wallet', value: '1BoatSLRHtKNngkdXEeobR76b53LETtpyT', asset: 'XBT' },
        { type: 'wallet', value: 'TXsample' },
      ],
    })
    const of = { reference: 'anna-example', primary_name: 'Anna Example', programs: ['TEST'], listed_on: '2024-01-02' }
    expect(walletsOf(entity)).toEqual([
      { ...of, asset: 'XBT', address: '1BoatSLRHtKNngkdXEeobR76b53LETtpyT' },
      { ...of, asset: '', address: 'TXsample' },
    ])
  })
})
