import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { attachmentOf, safeFileName } from '../../../src/platform/r2/file-name.ts'

describe('the file name of a download', () => {
  it('is given in ASCII and in full', () => {
    expect(attachmentOf('pässport Ørsted.jpg')).toBe(
      `attachment; filename="passport _rsted.jpg"; filename*=UTF-8''p%C3%A4ssport%20%C3%98rsted.jpg`,
    )
  })

  it.each([
    ['a line end', 'a\r\nSet-Cookie: x=1.jpg', 'aSet-Cookie_ x=1.jpg'],
    ['quotes', 'a"; filename=evil.exe; ".jpg', 'a_; filename=evil.exe; _.jpg'],
    ['a path', '../../etc/passwd', '_.._etc_passwd'],
    ['a Windows path', 'C:\\secret\\a.pdf', 'C__secret_a.pdf'],
    ['a right-to-left override', 'invoice\u202Efdp.exe', 'invoicefdp.exe'],
    ['nothing but dots', '...', 'document'],
    ['nothing', '', 'document'],
    ['half a surrogate pair', 'a\uD800.jpg', 'a\uFFFD.jpg'],
  ])('loses %s', (_name, given, expected) => {
    expect(safeFileName(given)).toBe(expected)
  })

  it('keeps its ending when it is too long', () => {
    const name = safeFileName(`${'x'.repeat(400)}.jpeg`)
    expect([...name]).toHaveLength(150)
    expect(name.endsWith('.jpeg')).toBe(true)
  })

  it('never breaks out of the header, whatever it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (name) => {
        expect(attachmentOf(name)).toMatch(
          /^attachment; filename="[\x20-\x21\x23-\x5b\x5d-\x7e]+"; filename\*=UTF-8''[A-Za-z0-9%._~-]+$/,
        )
      }),
    )
  })
})
