// A PDF (ISO 32000-2) read once from front to end: words outside of streams, words inside of object streams, and how much all
// compressed streams unpack to, cut off at the limit. It follows no reference and draws nothing.

import { Inflate } from 'fflate'
import { PdfWords } from './pdf-words.ts'
import { type Findings, MAX_INFLATED_BYTES, MAX_PAGES, NO_FACTS, problem, type ProblemCode } from './problem.ts'
import { latin1 } from './second-file.ts'

/** A dictionary stands right before its stream; longer ones are cut from the left. */
const DICTIONARY_CHARACTERS = 4096
const STREAM = /stream(?:\r\n|\n|\r)/
const STREAM_CHARACTERS = 8
const END_OF_STREAM = 'endstream'
/** Deflate makes at most 1,032 bytes of one: so much is unpacked at a time, and no more is held. */
const INFLATED_PIECE = 4096
/** A stream is zlib's form of deflate (RFC 1950): two bytes go before. */
const ZLIB_HEAD_BYTES = 2

export class PdfInspection {
  readonly #words = new PdfWords()
  #text = ''
  #stream: Stream | null = null
  #inflated = 0
  #problem: ProblemCode | null = null

  push(chunk: Uint8Array): void {
    if (this.#problem !== null) return
    this.#text += latin1(chunk)
    while (this.#problem === null && (this.#stream === null ? this.#findStream() : this.#leaveStream())) {
      // Each turn goes one stream further.
    }
  }

  finish(): Findings {
    if (this.#problem === null) {
      if (this.#stream === null) this.#words.read(this.#text, true)
      const { pages, isEncrypted, hasProgram, hasEnd } = this.#words
      if (isEncrypted) this.#problem = 'encrypted'
      else if (this.#stream !== null || !hasEnd || pages === 0) this.#problem = 'unreadable'
      else if (pages > MAX_PAGES) this.#problem = 'too_many_pages'
      else if (hasProgram) this.#problem = 'active_content'
    }
    const { pages } = this.#words
    return {
      facts: { ...NO_FACTS, pages: pages === 0 ? null : pages },
      problem: this.#problem === null ? null : problem(this.#problem),
    }
  }

  get hasAttachment(): boolean {
    return this.#words.hasAttachment
  }

  /** True when a stream begins; what stands before it is read as words. */
  #findStream(): boolean {
    const match = STREAM.exec(this.#text)
    // The line end behind the word may still come, and may be two characters long.
    if (match === null || match.index + match[0].length === this.#text.length) {
      const read = Math.max(0, this.#text.length - DICTIONARY_CHARACTERS - STREAM_CHARACTERS)
      this.#words.read(this.#text.slice(0, read), false)
      this.#text = this.#text.slice(read)
      return false
    }
    const before = this.#text.slice(0, match.index)
    this.#words.read(before, false)
    this.#text = this.#text.slice(match.index + match[0].length)
    // `endstream` and words in strings end in the same letters; a stream follows its dictionary.
    if (!/>>\s*$/.test(before)) return true
    this.#stream = this.#begin(before)
    return true
  }

  #begin(before: string): Stream {
    const dictionary = before.slice(-DICTIONARY_CHARACTERS)
    const object = dictionary.slice(Math.max(0, dictionary.lastIndexOf(' obj')))
    const filters = [...object.matchAll(/\/(?:FlateDecode|Fl)(?![A-Za-z])/g)].length
    if (filters > 1) this.#problem = 'unpacks_too_large'
    const isObjects = /\/Type\s*\/ObjStm(?![A-Za-z])/.test(object)
    // A filter before Flate makes other bytes of it: then only its own decoder can tell.
    const isPlainFlate =
      filters === 1 && !/\/(?:ASCIIHexDecode|ASCII85Decode|LZWDecode|AHx|A85|Crypt)(?![A-Za-z])/.test(object)
    return { inflate: isPlainFlate ? this.#inflater(isObjects) : null, headLeft: ZLIB_HEAD_BYTES }
  }

  #inflater(isObjects: boolean): Inflate {
    return new Inflate((piece) => {
      this.#inflated += piece.length
      if (this.#inflated > MAX_INFLATED_BYTES) this.#problem = 'unpacks_too_large'
      else if (isObjects) this.#words.read(latin1(piece), false)
    })
  }

  /** True when the stream ended within the text. */
  #leaveStream(): boolean {
    const end = this.#text.indexOf(END_OF_STREAM)
    const data =
      end === -1 ? this.#text.slice(0, Math.max(0, this.#text.length - END_OF_STREAM.length)) : this.#text.slice(0, end)
    this.#inflate(data)
    this.#text = this.#text.slice(end === -1 ? data.length : end + END_OF_STREAM.length)
    if (end === -1) return false
    // Words of one stream do not run on into the next.
    this.#words.read('\n', false)
    this.#stream = null
    return true
  }

  #inflate(data: string): void {
    const stream = this.#stream
    if (stream === null) return
    let at = 0
    while (at < data.length && stream.inflate !== null && this.#problem === null) {
      const bytes = bytesOf(data.slice(at, at + INFLATED_PIECE))
      at += INFLATED_PIECE
      const piece = bytes.subarray(Math.min(stream.headLeft, bytes.length))
      stream.headLeft -= bytes.length - piece.length
      try {
        stream.inflate.push(piece)
      } catch {
        // Damaged, or ended: its own decoder will say which. What it unpacked to so far counts.
        stream.inflate = null
      }
    }
  }
}

type Stream = { inflate: Inflate | null; headLeft: number }

const bytesOf = (text: string): Uint8Array => Uint8Array.from(text, (character) => character.charCodeAt(0))
