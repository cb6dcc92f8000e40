// What the text of a PDF says outside of its streams, and inside of object streams: pages, protection, programs. Text comes
// in pieces; a word that lies across two of them is found once.

/** Names may be written with #xx for any character (ISO 32000-2, 7.3.5): they are read as they are meant. */
const ESCAPED = /#([0-9a-fA-F]{2})/g
const PAGE = /\/Type\s*\/Page(?![A-Za-z])/g
const ENCRYPT = /\/Encrypt(?![A-Za-z])/
const PROGRAM = /\/(?:JavaScript|JS|Launch|RichMedia|SubmitForm|ImportData)(?![A-Za-z])/
const ATTACHMENT = /\/EmbeddedFiles?(?![A-Za-z])/
const END = /%%EOF/
/** The longest word, with the white space that may stand in it. */
const LONGEST = 64

export class PdfWords {
  pages = 0
  isEncrypted = false
  hasProgram = false
  hasAttachment = false
  hasEnd = false
  #carry = ''

  /** `isLast`: nothing follows that could make the last word another one. */
  read(text: string, isLast: boolean): void {
    const all = (this.#carry + text).replace(ESCAPED, (_all, hex: string) =>
      String.fromCharCode(Number.parseInt(hex, 16)),
    )
    const safe = isLast ? all.length : Math.max(0, all.length - LONGEST)
    let from = 0
    for (const match of all.matchAll(PAGE)) {
      const end = match.index + match[0].length
      if (end > safe) break
      this.pages += 1
      from = end
    }
    this.isEncrypted ||= ENCRYPT.test(all)
    this.hasProgram ||= PROGRAM.test(all)
    this.hasAttachment ||= ATTACHMENT.test(all)
    this.hasEnd ||= END.test(all)
    this.#carry = isLast ? '' : all.slice(Math.max(from, safe - LONGEST, 0))
  }
}
