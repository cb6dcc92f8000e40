// Text of XML into tags and text, fed chunk by chunk. A token that a chunk cuts in two waits for the next chunk.

import { ListError } from './report.ts'

export type XmlToken =
  | {
      type: 'open'
      name: string
      attributes: ReadonlyMap<string, string>
      isEmpty: boolean
      size: number
      line: number
    }
  | { type: 'close'; name: string; line: number }
  | { type: 'text'; text: string; line: number }

const MAX_TOKEN_CHARS = 1_000_000
const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }
/** textOf() decodes these; another one would be read as wrong letters. */
const ENCODINGS = new Set(['utf-8', 'utf8', 'us-ascii', 'ascii', 'utf-16', 'utf-16le', 'utf-16be'])
const NO_ATTRIBUTES: ReadonlyMap<string, string> = new Map()
const TAG = /^([A-Za-z_][\w.:-]*)((?:\s+[A-Za-z_][\w.:-]*\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)$/u
const ATTRIBUTE = /([A-Za-z_][\w.:-]*)\s*=\s*(?:"([^"]*)"|'([^']*)')/gu
const CLOSING = /^([A-Za-z_][\w.:-]*)\s*$/u

export class XmlTokens {
  #rest = ''
  #line = 1
  #nextLf = -1

  push(text: string, take: (token: XmlToken) => void): void {
    const buffer = this.#rest + text
    this.#nextLf = -1
    let at = 0
    while (at < buffer.length) {
      const next = buffer[at] === '<' ? this.#markup(buffer, at, take) : this.#text(buffer, at, take)
      const end = next === -1 ? buffer.length : next
      if (end - at > MAX_TOKEN_CHARS) this.#fail('too_large', 'a text is longer than any list has')
      if (next === -1) break
      at = next
    }
    this.#rest = buffer.slice(at)
  }

  end(take: (token: XmlToken) => void): void {
    if (this.#rest === '') return
    if (this.#rest.startsWith('<')) this.#fail('truncated', 'the file ends inside a tag')
    this.#text(`${this.#rest}<`, 0, take)
  }

  #text(buffer: string, at: number, take: (token: XmlToken) => void): number {
    const to = buffer.indexOf('<', at)
    if (to === -1) return -1
    take({ type: 'text', text: this.#decoded(buffer.slice(at, to)), line: this.#line })
    this.#countLines(buffer, to)
    return to
  }

  /** The index after the tag, the comment or the like; -1 when it is not all there yet. */
  #markup(buffer: string, at: number, take: (token: XmlToken) => void): number {
    if (buffer.startsWith('<!', at)) return this.#declaration(buffer, at, take)
    if (buffer.startsWith('<?', at)) return this.#instruction(buffer, at)
    const to = tagEnd(buffer, at + 1)
    if (to === -1) return -1
    const inside = buffer.slice(at + 1, to)
    if (inside.startsWith('/')) this.#close(inside.slice(1), take)
    else this.#open(inside, take)
    this.#countLines(buffer, to)
    return to + 1
  }

  #declaration(buffer: string, at: number, take: (token: XmlToken) => void): number {
    const opening = buffer.slice(at, at + 9)
    if (opening.startsWith('<!--')) return this.#skipTo(buffer, at + 4, '-->')
    if (opening === '<![CDATA[') {
      const to = buffer.indexOf(']]>', at + 9)
      if (to === -1) return -1
      const text = buffer.slice(at + 9, to)
      if (text.includes('\0')) this.#fail('malformed', 'a NUL byte')
      take({ type: 'text', text, line: this.#line })
      this.#countLines(buffer, to)
      return to + 3
    }
    if ('<!--'.startsWith(opening) || '<![CDATA['.startsWith(opening)) return -1
    return this.#fail('not_the_format', 'a DOCTYPE or another declaration; no watchlist has one')
  }

  #instruction(buffer: string, at: number): number {
    const to = buffer.indexOf('?>', at)
    if (to === -1) return -1
    const encoding = /^<\?xml\s[^?]*encoding\s*=\s*["']([^"']*)["']/u.exec(buffer.slice(at, to))?.[1]
    if (encoding !== undefined && !ENCODINGS.has(encoding.toLowerCase())) {
      this.#fail('not_the_format', 'the file is not written in UTF-8 or UTF-16')
    }
    return this.#skipTo(buffer, at, '?>')
  }

  #skipTo(buffer: string, from: number, mark: string): number {
    const to = buffer.indexOf(mark, from)
    if (to === -1) return -1
    this.#countLines(buffer, to)
    return to + mark.length
  }

  #open(inside: string, take: (token: XmlToken) => void): void {
    const [, name, attributes = '', slash] = TAG.exec(inside) ?? this.#fail('malformed', 'a tag that is not XML')
    take({
      type: 'open',
      name: localName(name ?? ''),
      attributes: attributes === '' ? NO_ATTRIBUTES : this.#attributes(attributes),
      isEmpty: slash === '/',
      size: inside.length,
      line: this.#line,
    })
  }

  #close(inside: string, take: (token: XmlToken) => void): void {
    const [, name] = CLOSING.exec(inside) ?? this.#fail('malformed', 'a tag that is not XML')
    take({ type: 'close', name: localName(name ?? ''), line: this.#line })
  }

  #attributes(text: string): ReadonlyMap<string, string> {
    const attributes = new Map<string, string>()
    for (const [, name, double, single] of text.matchAll(ATTRIBUTE)) {
      if (name === undefined) continue
      if (attributes.has(name)) this.#fail('malformed', 'an attribute that is there twice')
      attributes.set(name, this.#decoded(double ?? single ?? ''))
    }
    return attributes
  }

  #decoded(text: string): string {
    if (text.includes('\0')) this.#fail('malformed', 'a NUL byte')
    if (!text.includes('&')) return text
    return text.replace(/&([^;&]{0,12};?)/gu, (_, body: string) => {
      const name = body.endsWith(';') ? body.slice(0, -1) : ''
      return ENTITIES[name] ?? numbered(name) ?? this.#fail('malformed', 'an entity that XML does not define')
    })
  }

  /** The next line end is looked up once, not per token: a list may be one line of 100 MB. */
  #countLines(buffer: string, to: number): void {
    while (this.#nextLf < to) {
      if (this.#nextLf !== -1) this.#line += 1
      const lf = buffer.indexOf('\n', this.#nextLf + 1)
      this.#nextLf = lf === -1 ? Number.POSITIVE_INFINITY : lf
    }
  }

  #fail(code: 'malformed' | 'truncated' | 'too_large' | 'not_the_format', detail: string): never {
    throw new ListError(code, detail, this.#line)
  }
}

/** The `>` that ends a tag; one inside a quoted attribute does not. */
function tagEnd(buffer: string, from: number): number {
  let quote = ''
  for (let at = from; at < buffer.length; at += 1) {
    const char = buffer[at] ?? ''
    if (quote !== '') {
      if (char === quote) quote = ''
    } else if (char === '>') return at
    else if (char === '"' || char === "'") quote = char
  }
  return -1
}

function numbered(name: string): string | null {
  const [, hex, decimal] = /^#(?:x([0-9a-f]{1,6})|([0-9]{1,7}))$/iu.exec(name) ?? []
  const code = hex !== undefined ? Number.parseInt(hex, 16) : Number(decimal ?? 'NaN')
  const isCharacter = code === 9 || code === 10 || code === 13 || (code >= 32 && code <= 0x10ffff)
  return isCharacter && !(code >= 0xd800 && code <= 0xdfff) ? String.fromCodePoint(code) : null
}

const localName = (name: string): string => name.slice(name.indexOf(':') + 1)
