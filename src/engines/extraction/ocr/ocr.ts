// Tesseract in WebAssembly, as two readers: one whose model knows the letters of machine-readable zones alone, and one for
// print. Text comes out; what it means is found elsewhere. An instance is kept until its memory has grown too far.

import createTesseract from 'tesseract.js-core/tesseract-core-simd-lstm.js'
import type { TessBaseAPI, TesseractModule } from 'tesseract.js-core/tesseract-core-simd-lstm.js'
import type { Gray } from '../image/gray.ts'
import { boundedModule } from '../wasm-memory.ts'
import { linesOfTsv } from './text-lines.ts'
import type { TextLine } from './text-lines.ts'

/** Trained data by what it reads; loaded by whoever runs the engine. */
export type OcrModels = { mrz: Uint8Array; text: Uint8Array }
export type OcrModel = keyof OcrModels
export type PageMode = 'one_column' | 'one_block' | 'sparse'

export type Reading = {
  text: string
  lines: TextLine[]
  /** Mean over words, 0–1; 0 without words. */
  confidence: number
  /** Radians by which the picture was turned to make its lines level. */
  angle: number
}

export type Ocr = {
  /** `lean`: radians by which the picture is known to need turning; a rest is found and added. */
  read(image: Gray, model: OcrModel, mode: PageMode, lean?: number): Reading
  wasmBytes(): number
  /** Frees what it can; it must not be used after. */
  end(): void
}

/** Both models and a page of 2,000 pixels need up to 34 MB. */
export const MAX_OCR_BYTES = 36 * 1024 * 1024
/** The instance is broken: out of memory, as a rule. */
export class OcrFailure extends Error {}

const MODES: Record<PageMode, number> = { one_column: 4, one_block: 6, sparse: 11 }
const LSTM_ONLY = 1
/** Local thresholds: with a global one a slope of light over the page hides all of it. */
const SAUVOLA = '2'
/** Radians; less is left as it is. */
const LEANS = 0.003
const INPUT = '/input'

export async function createOcr(wasm: WebAssembly.Module, models: OcrModels): Promise<Ocr> {
  const { hooks, wasmBytes } = boundedModule(wasm, MAX_OCR_BYTES)
  const module = await createTesseract(hooks)
  const apis = { mrz: startApi(module, 'mrz', models.mrz), text: startApi(module, 'text', models.text) }
  return {
    read: (image, model, mode, lean = 0) => {
      try {
        return readWith(module, apis[model], image, mode, lean)
      } catch (cause) {
        throw new OcrFailure('OCR gave up', { cause })
      }
    },
    wasmBytes,
    end: () => {
      for (const api of Object.values(apis)) module.destroy(api)
    },
  }
}

function startApi(module: TesseractModule, name: OcrModel, model: Uint8Array): TessBaseAPI {
  const path = `/${name}.traineddata`
  module.FS.writeFile(path, model)
  const api = new module.TessBaseAPI()
  if (api.Init('/', name, LSTM_ONLY) !== 0) throw new Error(`the model "${name}" cannot be used`)
  module.FS.unlink(path)
  api.SetVariable('thresholding_method', SAUVOLA)
  return api
}

function readWith(module: TesseractModule, api: TessBaseAPI, image: Gray, mode: PageMode, lean: number): Reading {
  module.FS.writeFile(INPUT, pgmOf(image))
  api.SetPageSegMode(MODES[mode])
  api.SetImageFile(1, lean)
  api.FindLines()
  const rest = api.GetGradient()
  const angle = Math.abs(rest) > LEANS ? lean + rest : lean
  if (angle !== lean) api.SetImageFile(1, angle)
  api.Recognize(null)
  const lines = linesOfTsv(api.GetTSVText(0))
  api.Clear()
  module.FS.unlink(INPUT)
  const words = lines.flatMap((line) => line.words)
  const confidence = words.length === 0 ? 0 : words.reduce((sum, word) => sum + word.confidence, 0) / words.length
  return { text: lines.map((line) => line.text).join('\n'), lines, confidence, angle }
}

function pgmOf({ width, height, data }: Gray): Uint8Array {
  const head = new TextEncoder().encode(`P5\n${width} ${height}\n255\n`)
  const file = new Uint8Array(head.length + data.length)
  file.set(head)
  file.set(data, head.length)
  return file
}
