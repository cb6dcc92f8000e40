const MAX_CHARACTERS = 150
const FALLBACK = 'document'

/**
 * `attachment` with a file name from outside (RFC 6266, RFC 8187). The name comes from an end user: nothing in it may
 * end the header or the quotes, walk into another folder, or turn round how a reviewer reads its ending.
 */
export function attachmentOf(fileName: string): string {
  const clean = safeFileName(fileName)
  const ascii = clean
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[^\x20-\x7e]/g, '_')
    .replace(/["\\%]/g, '_')
  return `attachment; filename="${ascii}"; filename*=UTF-8''${encodeRfc8187(clean)}`
}

export function safeFileName(fileName: string): string {
  const clean = fileName
    .toWellFormed()
    .normalize('NFC')
    // Control and format characters (line ends, right-to-left override, zero width), and separators of lines.
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '')
    .replace(/[/\\:*?"<>|]/g, '_')
    .replace(/\s+/gu, ' ')
    .replace(/^[. ]+|[. ]+$/g, '')
  if (clean === '') return FALLBACK
  const characters = [...clean]
  if (characters.length <= MAX_CHARACTERS) return clean
  // Cuts the middle: the ending says how to open it.
  return [...characters.slice(0, MAX_CHARACTERS - 20), '…', ...characters.slice(-19)].join('')
}

const encodeRfc8187 = (text: string): string =>
  encodeURIComponent(text).replace(/['()*!]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`)
