// The trained data that reading needs: which files, and what they must be to the byte. Another file under the same name
// is refused: it would read other letters without a word. docs/MODELS.md says where they come from.

import type { OcrModel } from './ocr/ocr.ts'

export type ModelFile = { file: string; sha256: string }

export const OCR_MODELS: Record<OcrModel, ModelFile> = {
  mrz: { file: 'ocrb.traineddata', sha256: '8c2c04fb6f29daf307f9694eaddbc0fa241b60f14ce03bb4ab8a0cbaf994dabc' },
  text: { file: 'eng.traineddata', sha256: '5dc5d8d640a212c9d6184921ba103b186f50e0fed9ee716c53e6b312b400d747' },
}
