// What the pages of a PDF hold: their text where there is a text layer, else a picture of the page, drawn whole, so that
// scans in strips or odd codings need no care of their own. It reads no meaning into either.

import { PDFiumLibrary } from '@hyzyla/pdfium/dist/index.esm.browser.js'
import { getDocumentProxy } from 'unpdf'
import type { Gray } from '../image/gray.ts'
import type { TextLine } from '../ocr/text-lines.ts'
import type { PdfAnswer, PdfPage, PdfWish } from '../pdf-pages.ts'
import { boundedModule } from '../wasm-memory.ts'
import { linesOfItems } from './text-layer.ts'

/** A page scanned in colour at 300 dpi needs some 45 MB while it is drawn. */
export const MAX_PDFIUM_BYTES = 80 * 1024 * 1024
/** Points; drawn at 200 dots an inch unless that is more than the wished side. */
const SCALE = 200 / 72
/** pdf.js decodes no picture for its text, and must not be led to. */
const MAX_IMAGE_PIXELS = 1

export async function readPdf(bytes: Uint8Array, wish: PdfWish, pdfium: WebAssembly.Module): Promise<PdfAnswer> {
  const layer = await readTextLayer(bytes, wish)
  if (!layer.ok) return layer
  const { texts, page_count } = layer
  const wanted = texts.flatMap((text, index) => (text === null ? [index] : [])).slice(0, wish.max_pictures)
  const drawn =
    wanted.length === 0 ? { pictures: new Map<number, Gray>(), wasm_bytes: 0 } : await draw(bytes, wanted, wish, pdfium)
  const pages = texts.flatMap((text, index): PdfPage[] => {
    if (text !== null) return [text]
    const image = drawn.pictures.get(index)
    return image === undefined ? [] : [{ kind: 'picture', image }]
  })
  return { ok: true, pages, page_count, wasm_bytes: drawn.wasm_bytes }
}

type TextLayer =
  | { ok: true; texts: (Extract<PdfPage, { kind: 'text' }> | null)[]; page_count: number }
  | Extract<PdfAnswer, { ok: false }>

async function readTextLayer(bytes: Uint8Array, wish: PdfWish): Promise<TextLayer> {
  // pdf.js takes the buffer that it is given for its own.
  const opened = await getDocumentProxy(bytes.slice(), {
    maxImageSize: MAX_IMAGE_PIXELS,
    disableFontFace: true,
    verbosity: 0,
  }).catch((failure: unknown) => failure)
  if (opened instanceof Error || !isDocument(opened)) {
    const isLocked = opened instanceof Error && opened.name === 'PasswordException'
    return { ok: false, problem: isLocked ? 'encrypted' : 'unreadable' }
  }
  try {
    if (opened.numPages < 1) return { ok: false, problem: 'no_pages' }
    const texts: (Extract<PdfPage, { kind: 'text' }> | null)[] = []
    for (let number = 1; number <= Math.min(opened.numPages, wish.max_text_pages); number += 1)
      texts.push(await textOfPage(opened, number, wish))
    return { ok: true, texts, page_count: opened.numPages }
  } catch {
    return { ok: false, problem: 'unreadable' }
  } finally {
    await opened.destroy()
  }
}

type OpenDocument = Awaited<ReturnType<typeof getDocumentProxy>>
const isDocument = (value: unknown): value is OpenDocument =>
  typeof value === 'object' && value !== null && 'numPages' in value

/** Null when there is too little text to be what the page says: a scan may carry a stamp of its scanner. */
async function textOfPage(
  document: OpenDocument,
  number: number,
  wish: PdfWish,
): Promise<Extract<PdfPage, { kind: 'text' }> | null> {
  const page = await document.getPage(number)
  const { width, height } = page.getViewport({ scale: 1 })
  const { items } = await page.getTextContent()
  const lines: TextLine[] = linesOfItems(
    items.flatMap((item) => ('str' in item ? [item] : [])),
    height,
  )
  const letters = lines.reduce((sum, line) => sum + line.text.replaceAll(' ', '').length, 0)
  return letters < wish.min_text_letters ? null : { kind: 'text', lines, width, height }
}

async function draw(
  bytes: Uint8Array,
  pages: readonly number[],
  wish: PdfWish,
  module: WebAssembly.Module,
): Promise<{ pictures: Map<number, Gray>; wasm_bytes: number }> {
  const { hooks, wasmBytes } = boundedModule(module, MAX_PDFIUM_BYTES)
  const pictures = new Map<number, Gray>()
  try {
    const library = await PDFiumLibrary.init(hooks)
    const document = await library.loadDocument(bytes)
    for (const index of pages) {
      const page = document.getPage(index)
      const { originalWidth, originalHeight } = page.getOriginalSize()
      const longest = Math.max(originalWidth, originalHeight)
      if (!(longest > 0)) continue
      const scale = Math.min(SCALE, wish.max_side / longest)
      const { width, height, data } = await page.render({ scale, colorSpace: 'Gray', render: 'bitmap' })
      pictures.set(index, { width, height, data })
    }
  } catch {
    // Damaged beyond drawing, or larger than the bound: what was drawn so far is what there is.
  }
  return { pictures, wasm_bytes: wasmBytes() }
}
