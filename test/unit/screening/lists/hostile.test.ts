import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { importList } from '../../../../src/engines/screening/lists/import-list.ts'
import { fixtureBytes, imported, LIST_FIXTURES, streamOf, type FixtureFiles } from '../../../support/lists.ts'

const decode = (bytes: Uint8Array | undefined): string => new TextDecoder().decode(bytes)
const bytesOf = (format: string): ReturnType<typeof fixtureBytes> => fixtureBytes(filesOf(format))
const filesOf = (format: string): FixtureFiles => LIST_FIXTURES.find((one) => one.format === format)?.files ?? {}
const UN = decode(bytesOf('un-xml').main)
const UN_OPEN = '<CONSOLIDATED_LIST><INDIVIDUALS><INDIVIDUAL>'
const UN_NAME = '<REFERENCE_NUMBER>X.1</REFERENCE_NUMBER><FIRST_NAME>A</FIRST_NAME>'
const UN_CLOSE = '</INDIVIDUAL></INDIVIDUALS></CONSOLIDATED_LIST>'
const failureOf = async (xml: string): Promise<string | undefined> =>
  (await imported('un-xml', { main: xml })).failure?.code

describe.each(LIST_FIXTURES)('a list in $format', ({ format, files }) => {
  it('reads the same wherever the stream is cut', async () => {
    const bytes = fixtureBytes(files)
    const whole = await imported(format, bytes)
    expect(whole.entities.length).toBeGreaterThan(1)
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 400 }), { minLength: 1, maxLength: 12 }), async (sizes) => {
        expect(await imported(format, bytes, sizes)).toEqual(whole)
      }),
      { numRuns: 40, examples: [[[1]], [[2]], [[3, 1]]] },
    )
  })

  it('reads the same in UTF-16, byte order mark and all', async () => {
    const wide = Object.fromEntries(
      Object.entries(fixtureBytes(files)).map(([part, bytes]) => [part, utf16(decode(bytes))]),
    )
    expect(await imported(format, wide, [7])).toEqual(await imported(format, fixtureBytes(files)))
  })

  it.each([
    ['an error page', '<!DOCTYPE html>\n<html><body><h1>503 Service Unavailable</h1></body></html>', 'not_the_format'],
    ['markup of something else', '<?xml version="1.0"?><rss><channel/></rss>', 'not_the_format'],
    ['a line of text', 'Access denied\n', undefined],
    ['nothing', '', undefined],
    ['bytes of an archive', 'PK\u0003\u0004\0\0\0\0\u0008', undefined],
  ])('does not take %s for a list', async (_what, body, code) => {
    const { entities, failure } = await imported(format, { ...fixtureBytes(files), main: body })
    expect(entities).toEqual([])
    expect(failure?.code).toEqual(code ?? expect.stringMatching(/^(?:not_the_format|no_entries|truncated|malformed)$/u))
  })

  it('fails when the stream does, and does not call it a broken list', async () => {
    const broken = new ReadableStream<Uint8Array>({
      pull: (controller) => controller.error(new Error('connection reset')),
    })
    const streams = Object.fromEntries(
      Object.entries(fixtureBytes(files)).map(([part, bytes]) => [part, streamOf(bytes)]),
    )
    await expect(importList({ format, files: { ...streams, main: broken } }, { entity: () => {} })).rejects.toThrow(
      'connection reset',
    )
  })
})

describe('a list in XML that was cut off', () => {
  it.each(LIST_FIXTURES.filter(({ format }) => format.endsWith('-xml')))(
    'is never taken, wherever it ends: $format',
    async ({ format, files }) => {
      const text = decode(fixtureBytes(files).main).trimEnd()
      for (let end = 0; end < text.length; end += 7) {
        const { report, failure } = await imported(format, { main: text.slice(0, end) })
        expect({ end, report, failed: failure !== null }).toEqual({ end, report: null, failed: true })
      }
    },
  )
})

describe('a list in CSV that was cut off', () => {
  it.each(LIST_FIXTURES.filter(({ format }) => format.endsWith('-csv')))(
    'is not taken when it ends inside a row: $format',
    async ({ format, files }) => {
      const bytes = fixtureBytes(files)
      const rows = decode(bytes.main).split('\n').slice(0, 4).join('\n')
      for (const cut of [25, 40]) {
        const { failure } = await imported(format, { ...bytes, main: rows.slice(0, -cut) })
        expect(failure?.code).toBe('truncated')
      }
    },
  )

  it('is not taken when the file of aliases names many that the main one lacks', async () => {
    const aliases = Array.from({ length: 40 }, (_, index) => `${5000 + index},${index},"aka","SOMEONE",-0- \r\n`).join(
      '',
    )
    expect((await imported('ofac-csv', { ...bytesOf('ofac-csv'), aliases })).failure?.code).toBe('truncated')
  })
})

describe('hostile XML', () => {
  it('is refused with a DOCTYPE, so that entities cannot multiply', async () => {
    const laughs = `<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>${UN_OPEN}${UN_NAME}&b;${UN_CLOSE}`
    expect(await failureOf(laughs)).toBe('not_the_format')
    expect(await failureOf(`<!ELEMENT x ANY>${UN}`)).toBe('not_the_format')
  })

  it.each(['&b;', '&nbsp;', '&', '&#0;', '&#xD800;', '&#x110000;', '&#;', '&amp', '&#99999999;'])(
    'is refused with an entity that XML does not define: %s',
    async (entity) => {
      expect(await failureOf(`${UN_OPEN}${UN_NAME}<COMMENTS1>${entity}</COMMENTS1>${UN_CLOSE}`)).toBe('malformed')
    },
  )

  it('is refused when it is nested a hundred thousand deep', async () => {
    expect(await failureOf(`${UN_OPEN}${'<a>'.repeat(100_000)}${'</a>'.repeat(100_000)}${UN_CLOSE}`)).toBe('malformed')
    expect(await failureOf('<CONSOLIDATED_LIST>'.repeat(100_000))).toBe('malformed')
  })

  it('is refused with a text, a tag or an entry beyond all bounds', async () => {
    const big = 'x'.repeat(1_100_000)
    expect(await failureOf(`${UN_OPEN}<COMMENTS1>${big}</COMMENTS1>${UN_CLOSE}`)).toBe('too_large')
    expect(await failureOf(`${UN_OPEN}<COMMENTS1 a="${big}"/>${UN_CLOSE}`)).toBe('too_large')
    expect(await failureOf(`${UN_OPEN}<!--${big}-->${UN_CLOSE}`)).toBe('too_large')
    const many = `<a>${'y'.repeat(1000)}</a>`.repeat(4200)
    expect(await failureOf(`${UN_OPEN}${many}${UN_CLOSE}`)).toBe('too_large')
    expect(await failureOf(`${UN_OPEN}${'<a/>'.repeat(100_000)}${UN_CLOSE}`)).toBe('too_large')
  })

  it.each([
    ['a NUL byte', `${UN_OPEN}<A>\0</A>${UN_CLOSE}`],
    ['tags that cross', `${UN_OPEN}<A><B></A></B>${UN_CLOSE}`],
    ['a second root', `${UN}<CONSOLIDATED_LIST/>`],
    ['text after the root', `${UN} trailing`],
    ['an attribute without quotes', `${UN_OPEN}<A b=c/>${UN_CLOSE}`],
    ['an attribute twice', `${UN_OPEN}<A b="1" b="2"/>${UN_CLOSE}`],
    ['a closing tag too many', `${UN_OPEN}</A>${UN_CLOSE}`],
  ])('is refused with %s', async (_what, xml) => {
    expect(await failureOf(xml)).toBe('malformed')
  })

  it('is refused in an encoding that would be read as wrong letters', async () => {
    expect(await failureOf(UN.replace('UTF-8', 'windows-1251'))).toBe('not_the_format')
  })

  it('may hold CDATA, comments, instructions and a > inside an attribute', async () => {
    const xml = `<?xml version='1.0' encoding='utf-8'?><!-- a <b> & c --><CONSOLIDATED_LIST dateGenerated='2026-02-27' note="a > b"><INDIVIDUALS><?pi x?><INDIVIDUAL>${UN_NAME}<SECOND_NAME><![CDATA[B & <C>]]> &#x44;&#69;</SECOND_NAME>${UN_CLOSE}`
    const { entities, report } = await imported('un-xml', { main: xml })
    expect(entities[0]?.names[0]?.value).toBe('A B & <C> DE')
    expect(report?.published_on).toBe('2026-02-27')
  })
})

describe('hostile CSV', () => {
  const [header, first] = decode(bytesOf('opensanctions-csv').main).split('\n')
  const open = async (row: string): ReturnType<typeof imported> =>
    imported('opensanctions-csv', { main: `${header}\n${first}\n${row}\n${first?.replace('Example1', 'Example9')}\n` })

  it('with a quote that does not close fails as a whole', async () => {
    const atTheEnd = `${header}\n${first}\n"NK-X","Person","never closed\nNK-Y,Person`
    expect((await imported('opensanctions-csv', { main: atTheEnd })).failure?.code).toBe('truncated')
    const bare = Array.from({ length: 30 }, (_, index) => `NK-${index},Person,Somebody`).join('\n')
    expect((await open(`"NK-X","Person","never closed\n${bare}`)).failure?.code).toBe('malformed')
    expect((await open(`"NK-X","Person","${'x'.repeat(1_100_000)}`)).failure?.code).toBe('too_large')
    expect((await open(`NK-X${','.repeat(1_100_000)}`)).failure?.code).toBe('too_large')
  })

  it('with a NUL byte, or text after a closing quote, loses that row alone', async () => {
    const nul = await open((first ?? '').replace('Mira', 'M\0ira').replace('Example1', 'Example8'))
    expect(nul.report).toMatchObject({ entries: 2, skipped: [{ line: 3, reason: 'a NUL byte' }] })
    const text = await open((first ?? '').replace('"Person"', '"Per"son').replace('Example1', 'Example8'))
    expect(text.report).toMatchObject({ entries: 2, skipped: [{ line: 3, reason: 'text after a closing quote' }] })
  })

  it('may have blanks after a closing quote, but no second quoted text', async () => {
    const blanks = await open((first ?? '').replace('"Person",', '"Person"  ,').replace('Example1', 'Example8'))
    expect(blanks.report).toMatchObject({ entries: 3, skipped: [] })
    const twice = await open((first ?? '').replace('"Person",', '"Person" "x",').replace('Example1', 'Example8'))
    expect(twice.report).toMatchObject({ entries: 2, skipped: [{ line: 3, reason: 'text after a closing quote' }] })
  })

  it('with more broken rows than whole ones is another file', async () => {
    expect((await open('a,b\nc,d\ne,f')).failure?.code).toBe('mostly_broken')
  })

  it('counts every broken row but tells the first hundred', async () => {
    const good = Array.from({ length: 300 }, (_, index) => first?.replace('Example1', `Many${index}`)).join('\n')
    const { report } = await open(`${good}\n${'a,b\n'.repeat(250)}`)
    expect(report?.skipped_count).toBe(250)
    expect(report?.skipped).toHaveLength(100)
  })
})

function utf16(text: string): Uint8Array {
  const units = Uint16Array.from(`\uFEFF${text.replace(/^\uFEFF/u, '')}`, (char) => char.charCodeAt(0))
  return new Uint8Array(units.buffer)
}
