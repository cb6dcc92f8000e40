import { WorkerEntrypoint } from 'cloudflare:workers'
import jpegWasm from '@jsquash/jpeg/codec/dec/mozjpeg_dec.wasm'
import pngWasm from '@jsquash/png/codec/pkg/squoosh_png_bg.wasm?module'
import webpWasm from '@jsquash/webp/codec/dec/webp_dec.wasm'
import tesseractWasm from 'tesseract.js-core/tesseract-core-simd-lstm.wasm'
import { createReader } from '../engines/extraction/reader.ts'
import type { ReadAnswer } from '../engines/extraction/reader.ts'
import type { ReadJob } from '../engines/extraction/read-document.ts'
import type { PdfAnswer, PdfWish } from '../engines/extraction/pdf-pages.ts'
import { loadModels } from './load-models.ts'
import type { ModelStore } from './load-models.ts'

/** Of the isolate, not of a call: models and OCR are there for the next one. */
const reader = createReader({
  tesseract: tesseractWasm,
  decoders: { 'image/jpeg': jpegWasm, 'image/png': pngWasm, 'image/webp': webpWasm },
})

type Env = { MODELS: ModelStore; PDF_ENGINE: { pages(bytes: Uint8Array, wish: PdfWish): Promise<PdfAnswer> } }

export class ReaderEngine extends WorkerEntrypoint<Env> {
  read(job: ReadJob, body: ReadableStream<Uint8Array> | Uint8Array): Promise<ReadAnswer> {
    return reader.read(job, body, {
      loadModels: () => loadModels(this.env.MODELS),
      readPdf: (bytes, wish) => this.env.PDF_ENGINE.pages(bytes, wish),
    })
  }
}

export default {
  fetch: () => new Response(null, { status: 404 }),
} satisfies ExportedHandler
