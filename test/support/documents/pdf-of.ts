// Whole PDFs of a few objects, with a cross-reference table as the format asks for: text in a standard font, or a picture.

type Page = { text: readonly string[] } | { jpeg: Uint8Array; width: number; height: number; isGray?: boolean }

const latin = (text: string): Uint8Array => Uint8Array.from(text, (character) => character.charCodeAt(0))
const escaped = (text: string): string => text.replace(/[\\()]/g, '\\$&')

export function pdfOfPages(pages: readonly Page[]): Uint8Array {
  const objects: Uint8Array[] = []
  const add = (head: string, stream?: Uint8Array): number => {
    const number = objects.length + 1
    const parts =
      stream === undefined
        ? [latin(`${number} 0 obj\n${head}\nendobj\n`)]
        : [
            latin(`${number} 0 obj\n${head.replace('>>', `/Length ${stream.length} >>`)}\nstream\n`),
            stream,
            latin('\nendstream\nendobj\n'),
          ]
    objects.push(joined(parts))
    return number
  }
  add('<< /Type /Catalog /Pages 2 0 R >>')
  const kids = pages.map((_, index) => `${4 + index * 3} 0 R`).join(' ')
  add(`<< /Type /Pages /Count ${pages.length} /Kids [${kids}] >>`)
  add('<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>')
  for (const page of pages) {
    const self = objects.length + 1
    add(
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents ${self + 1} 0 R ` +
        `/Resources << /Font << /F1 3 0 R >> /XObject << /I1 ${self + 2} 0 R >> >> >>`,
    )
    if ('text' in page) {
      const rows = page.text.map((line) => `(${escaped(line)}) Tj T*`).join('\n')
      add('<< >>', latin(`BT /F1 11 Tf 16 TL 60 780 Td\n${rows}\nET`))
      add('<< >>', latin(''))
    } else {
      const height = (500 * page.height) / page.width
      add('<< >>', latin(`q 500 0 0 ${height} 47 ${800 - height} cm /I1 Do Q`))
      add(
        `<< /Type /XObject /Subtype /Image /Width ${page.width} /Height ${page.height} /BitsPerComponent 8 ` +
          `/ColorSpace /${page.isGray === true ? 'DeviceGray' : 'DeviceRGB'} /Filter /DCTDecode >>`,
        page.jpeg,
      )
    }
  }
  return withTable(objects)
}

function withTable(objects: readonly Uint8Array[]): Uint8Array {
  const head = latin('%PDF-1.7\n')
  let at = head.length
  const offsets = objects.map((object) => {
    const offset = at
    at += object.length
    return `${String(offset).padStart(10, '0')} 00000 n \n`
  })
  const table = latin(
    `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${offsets.join('')}trailer\n<< /Root 1 0 R /Size ${objects.length + 1} >>\nstartxref\n${at}\n%%EOF\n`,
  )
  return joined([head, ...objects, table])
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(parts))
}
