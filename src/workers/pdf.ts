import { WorkerEntrypoint } from 'cloudflare:workers'
import pdfiumWasm from '@hyzyla/pdfium/dist/pdfium.wasm'
import type { PdfAnswer, PdfWish } from '../engines/extraction/pdf-pages.ts'
import { readPdf } from '../engines/extraction/pdf/read-pdf.ts'

export class PdfEngine extends WorkerEntrypoint {
  pages(bytes: Uint8Array, wish: PdfWish): Promise<PdfAnswer> {
    return readPdf(bytes, wish, pdfiumWasm)
  }
}

export default {
  fetch: () => new Response(null, { status: 404 }),
} satisfies ExportedHandler
