// The records of a watchlist in XML, one small tree at a time: the file itself is never held. It reads the plain XML
// that the lists are written in and refuses the rest: no DOCTYPE, no entities beyond the five and numbers (a "billion
// laughs" needs both), bounds on depth, text and record.

import { ListError } from './report.ts'
import { textOf } from './text-stream.ts'
import { XmlTokens, type XmlToken } from './xml-tokens.ts'

export type XmlNode = {
  /** Without a namespace prefix. */
  name: string
  attributes: ReadonlyMap<string, string>
  /** Its own text, without that of its children. */
  text: string
  children: XmlNode[]
}

export type XmlRecord = { path: string; line: number; node: XmlNode }

const MAX_DEPTH = 32
/** Far above any entry of a list. */
const MAX_RECORD_CHARS = 4_000_000
/** What an element weighs beside its text, so that many empty ones count too. */
const ELEMENT_CHARS = 64

/**
 * `paths` are those of the elements that are yielded whole, e.g. `sdnList/sdnEntry`. The root is yielded first,
 * without what is in it.
 */
export async function* xmlRecords(
  bytes: AsyncIterable<Uint8Array>,
  root: string,
  paths: ReadonlySet<string>,
): AsyncGenerator<XmlRecord[], void, undefined> {
  const tokens = new XmlTokens()
  const builder = new RecordBuilder(root, paths)
  for await (const text of textOf(bytes)) {
    tokens.push(text, builder.take)
    const records = builder.finished()
    if (records.length > 0) yield records
  }
  tokens.end(builder.take)
  builder.end()
  const last = builder.finished()
  if (last.length > 0) yield last
}

class RecordBuilder {
  readonly #root: string
  readonly #paths: ReadonlySet<string>
  #open: string[] = []
  /** The open elements of the record being read, outermost first. */
  #nodes: XmlNode[] = []
  #record: XmlRecord | null = null
  #recordChars = 0
  #records: XmlRecord[] = []
  #isRootClosed = false

  constructor(root: string, paths: ReadonlySet<string>) {
    this.#root = root
    this.#paths = paths
  }

  finished(): XmlRecord[] {
    return this.#records.splice(0)
  }

  end(): void {
    if (this.#isRootClosed) return
    if (this.#open.length === 0) throw new ListError('not_the_format', 'no XML in the file')
    throw new ListError('truncated', 'the file ends before its root element does')
  }

  take = (token: XmlToken): void => {
    if (token.type === 'text') this.#text(token)
    else if (token.type === 'open') this.#start(token)
    else this.#close(token.name, token.line)
  }

  #text(token: XmlToken & { type: 'text' }): void {
    const node = this.#nodes.at(-1)
    if (node !== undefined) {
      this.#count(token.text.length, token.line)
      node.text += token.text
    } else if (this.#open.length === 0 && token.text.trim() !== '') {
      if (this.#isRootClosed) throw new ListError('malformed', 'text after the root element', token.line)
      throw new ListError('not_the_format', 'text before the root element', token.line)
    }
  }

  #start(token: XmlToken & { type: 'open' }): void {
    if (this.#isRootClosed) throw new ListError('malformed', 'a second root element', token.line)
    if (this.#open.length >= MAX_DEPTH) throw new ListError('malformed', 'nested deeper than any list is', token.line)
    if (this.#open.length === 0 && token.name !== this.#root) {
      throw new ListError('not_the_format', 'the root element is another one', token.line)
    }
    this.#open.push(token.name)
    const node = { name: token.name, attributes: token.attributes, text: '', children: [] }
    if (this.#open.length === 1) this.#records.push({ path: token.name, line: token.line, node })
    const parent = this.#nodes.at(-1)
    if (parent !== undefined) {
      this.#count(token.size + ELEMENT_CHARS, token.line)
      parent.children.push(node)
      this.#nodes.push(node)
    } else if (this.#open.length > 1) this.#startRecord(node, token.line)
    if (token.isEmpty) this.#close(token.name, token.line)
  }

  #startRecord(node: XmlNode, line: number): void {
    const path = this.#open.join('/')
    if (!this.#paths.has(path)) return
    this.#record = { path, line, node }
    this.#recordChars = 0
    this.#nodes.push(node)
  }

  #close(name: string, line: number): void {
    if (this.#open.pop() !== name) throw new ListError('malformed', 'an element is closed that is not open', line)
    if (this.#nodes.pop() !== undefined && this.#nodes.length === 0 && this.#record !== null) {
      this.#records.push(this.#record)
      this.#record = null
    }
    if (this.#open.length === 0) this.#isRootClosed = true
  }

  #count(chars: number, line: number): void {
    this.#recordChars += chars
    if (this.#recordChars > MAX_RECORD_CHARS)
      throw new ListError('too_large', 'an entry is longer than any list has', line)
  }
}

export const childrenOf = (node: XmlNode, name: string): XmlNode[] =>
  node.children.filter((child) => child.name === name)

export const childOf = (node: XmlNode, name: string): XmlNode | undefined =>
  node.children.find((child) => child.name === name)

/** Text of the first such child, blanks collapsed; empty when there is none. */
export const textAt = (node: XmlNode | undefined, name: string): string => {
  const child = node === undefined ? undefined : childOf(node, name)
  return child === undefined ? '' : oneLine(child.text)
}

/** Texts of all such children, without the empty ones. */
export const textsAt = (node: XmlNode | undefined, name: string): string[] =>
  node === undefined
    ? []
    : childrenOf(node, name)
        .map((child) => oneLine(child.text))
        .filter((text) => text !== '')

/** An attribute, blanks collapsed; empty when there is none. */
export const attributeOf = (node: XmlNode, name: string): string => oneLine(node.attributes.get(name) ?? '')

export const oneLine = (text: string): string => text.replace(/\s+/gu, ' ').trim()
