// The reader of an isolate: keeps OCR and its models between documents, and gives them up when they have grown too large
// or a document has broken them, so that the next one is read as if it were the first.

import type { DocumentExtraction } from '../../domain/decision/check-results.ts'
import { MAX_FILE_BYTES } from '../../domain/document/document.ts'
import { nothingRead } from './assemble.ts'
import { takeBytes } from '../take-bytes.ts'
import type { DecoderModules } from './image/decode.ts'
import { createOcr, OcrFailure } from './ocr/ocr.ts'
import type { Ocr, OcrModels } from './ocr/ocr.ts'
import type { ReadJob, ReadParts } from './read-document.ts'
import { readDocument } from './read-document.ts'

/** Bytes of WebAssembly memory at the end of the job; decoders are gone by then, theirs is the largest of the job. */
export type ReaderMemory = { ocr: number; decoder: number }
/** `text`: what is printed, as it was read. Personal data like the rest: for whoever asked, never for a log. */
export type ReadAnswer = { extraction: DocumentExtraction; text: string; memory: ReaderMemory }

export type Reader = {
  read(
    job: ReadJob,
    body: ReadableStream<Uint8Array> | Uint8Array,
    from: { loadModels: () => Promise<OcrModels>; readPdf: ReadParts['readPdf'] },
  ): Promise<ReadAnswer>
}

/** Grown to its bound, the memory could fail the next document. */
const RENEW_BYTES = 35 * 1024 * 1024

export function createReader(modules: { tesseract: WebAssembly.Module; decoders: DecoderModules }): Reader {
  let kept: Ocr | null = null
  return {
    read: async (job, body, { loadModels, readPdf }) => {
      const bytes = await takeBytes(body, MAX_FILE_BYTES)
      if (bytes === null)
        return {
          ...nothingRead(job, { code: 'too_large', message: 'The file is too large.' }),
          memory: { ocr: 0, decoder: 0 },
        }
      const memory: ReaderMemory = { ocr: 0, decoder: 0 }
      const onDecoded = (wasmBytes: number): void => {
        memory.decoder = Math.max(memory.decoder, wasmBytes)
      }
      for (const isLast of kept === null ? [true] : [false, true]) {
        // Not a shared promise: a caller who leaves must not take the models of the next one with him.
        const ocr = kept ?? (await createOcr(modules.tesseract, await loadModels()))
        kept ??= ocr
        try {
          const { extraction, text } = await readDocument(bytes, job, {
            ocr,
            decoders: modules.decoders,
            readPdf,
            onDecoded,
          })
          memory.ocr = ocr.wasmBytes()
          if (memory.ocr > RENEW_BYTES) kept = null
          return { extraction, text, memory }
        } catch (failure) {
          kept = null
          if (!(failure instanceof OcrFailure)) throw failure
          // An instance that has read before has less room; with a new one the document itself is to blame.
          if (isLast) break
        }
      }
      return { ...nothingRead(job, TOO_MUCH), memory }
    },
  }
}

const TOO_MUCH = {
  code: 'unreadable',
  message: 'There is more in this picture than can be read. Take a picture of the document alone.',
}
