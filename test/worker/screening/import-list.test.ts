import { describe, expect, it } from 'vitest'
import type { ListFormat } from '../../../src/engines/screening/catalog.ts'
import { importList } from '../../../src/engines/screening/lists/import-list.ts'

const UN = `<?xml version="1.0" encoding="UTF-8"?><CONSOLIDATED_LIST dateGenerated="2026-02-27T00:00:09.554Z"><INDIVIDUALS><INDIVIDUAL>
<FIRST_NAME>SAMIR</FIRST_NAME><SECOND_NAME>MITHAL</SECOND_NAME><REFERENCE_NUMBER>QDi.901</REFERENCE_NUMBER>
<NATIONALITY><VALUE>Türkiye</VALUE></NATIONALITY><NAME_ORIGINAL_SCRIPT>سمير مثال</NAME_ORIGINAL_SCRIPT></INDIVIDUAL></INDIVIDUALS></CONSOLIDATED_LIST>`
const OPENSANCTIONS =
  'id,schema,name,aliases,birth_date,countries,addresses,identifiers,dataset,last_seen\n' +
  'NK-1,Person,Mira Exempla,Мира Экземпла,1962,ru,,,EU FSF,2026-02-26T06:22:01\n'

async function imported(format: ListFormat, body: ReadableStream<Uint8Array> | null): Promise<unknown> {
  if (body === null) throw new Error('no body')
  const names: string[] = []
  const result = await importList(
    { format, files: { main: body } },
    {
      entity: (entity) => void names.push(...entity.names.map(({ value }) => value)),
    },
  )
  return { names, ok: result.ok, told: result.ok ? result.value : result.error }
}

describe('an importer inside a Worker', () => {
  it('reads the body of a response, in XML and in CSV', async () => {
    expect(await imported('un-xml', new Response(UN).body)).toMatchObject({
      names: ['SAMIR MITHAL', 'سمير مثال'],
      told: { published_on: '2026-02-27', entries: 1, skipped_count: 0 },
    })
    expect(await imported('opensanctions-csv', new Response(OPENSANCTIONS).body)).toMatchObject({
      names: ['Mira Exempla', 'Мира Экземпла'],
      told: { published_on: '2026-02-26', entries: 1 },
    })
  })

  it('reads a stream that is cut inside a letter', async () => {
    const bytes = new TextEncoder().encode(UN)
    const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>()
    const writer = writable.getWriter()
    const written = (async () => {
      for (const byte of bytes) await writer.write(Uint8Array.of(byte))
      await writer.close()
    })()
    expect(await imported('un-xml', readable)).toMatchObject({ names: ['SAMIR MITHAL', 'سمير مثال'] })
    await written
  })

  it('cancels the stream of what is no list', async () => {
    let isCancelled = false
    const endless = new ReadableStream<Uint8Array>({
      pull: (controller) => controller.enqueue(new TextEncoder().encode('<html>')),
      cancel: () => {
        isCancelled = true
      },
    })
    expect(await imported('un-xml', endless)).toMatchObject({ ok: false, told: { code: 'not_the_format' } })
    expect(isCancelled).toBe(true)
  })
})
