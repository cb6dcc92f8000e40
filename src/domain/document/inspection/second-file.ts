// Whether a file is a second one as well, for programs that look elsewhere for its beginning: archives are found from their
// end, PDFs and pages by words near the front, programs by what stands behind a picture.

/** An archive's directory ends within this many bytes of the file's end: 22, and a comment. */
export const TAIL_BYTES = 22 + 0xffff
/** Where readers look for a PDF header, and browsers for markup. */
const FRONT_BYTES = 1024
const MARKUP = /<(?:script|html|svg|!doctype|iframe|body|\?php)[\s>]/i
const ARCHIVE_END = [0x50, 0x4b, 0x05, 0x06]
/** After the picture: ZIP, PDF, ELF, Windows programs, RAR, 7z, gzip, and markup. */
const BEHIND = ['PK\u0003\u0004', '%PDF-', '\u007fELF', 'MZ', 'Rar!', '7z\u00bc\u00af', '\u001f\u008b']

export const hasSecondFront = (head: Uint8Array, isPdf: boolean): boolean => {
  const text = latin1(head.subarray(0, FRONT_BYTES))
  return MARKUP.test(text) || (!isPdf && text.includes('%PDF-'))
}

/** `behind`: the first bytes after the picture's end. Telephones put films and previews there; those are let be. */
export const isSecondFile = (behind: Uint8Array): boolean => {
  const text = latin1(behind)
  return BEHIND.some((start) => text.startsWith(start)) || text.trimStart().startsWith('<')
}

/** By its length field, so that four bytes that happen to look alike are none. */
export function endsAsArchive(tail: Uint8Array): boolean {
  for (let at = tail.length - 22; at >= 0; at -= 1) {
    if (!ARCHIVE_END.every((byte, place) => tail[at + place] === byte)) continue
    const comment = (tail[at + 20] ?? 0) + (tail[at + 21] ?? 0) * 256
    if (at + 22 + comment === tail.length) return true
  }
  return false
}

export const latin1 = (bytes: Uint8Array): string => {
  let text = ''
  for (let at = 0; at < bytes.length; at += 4096) text += String.fromCharCode(...bytes.subarray(at, at + 4096))
  return text
}
