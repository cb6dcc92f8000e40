// What the PDF engine hands to the reader: of each page its text with places, or its picture where it has none.

import type { Gray } from './image/gray.ts'
import type { TextLine } from './ocr/text-lines.ts'

export type PdfPage =
  | { kind: 'text'; lines: TextLine[]; width: number; height: number }
  | { kind: 'picture'; image: Gray }

export type PdfProblem = 'encrypted' | 'unreadable' | 'no_pages'
export type PdfAnswer =
  | { ok: true; pages: PdfPage[]; page_count: number; wasm_bytes: number }
  | { ok: false; problem: PdfProblem }

export type PdfWish = {
  /** Pages whose text is taken. */
  max_text_pages: number
  /** With fewer letters a page counts as a picture. */
  min_text_letters: number
  /** Pages that are drawn when they have no text. */
  max_pictures: number
  /** Pixels of the longest side of a drawn page. */
  max_side: number
}
