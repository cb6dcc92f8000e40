import { bytesToHex } from '@noble/hashes/utils.js'
import { OCR_MODELS } from '../engines/extraction/models.ts'
import type { ModelFile } from '../engines/extraction/models.ts'
import type { OcrModels } from '../engines/extraction/ocr/ocr.ts'

export type ModelStore = { fetch(url: string): Promise<Response> }

/** Throws when a model is missing or is another one: nothing is read with the wrong letters. */
export async function loadModels(store: ModelStore): Promise<OcrModels> {
  const [mrz, text] = await Promise.all([load(store, OCR_MODELS.mrz), load(store, OCR_MODELS.text)])
  return { mrz, text }
}

async function load(store: ModelStore, { file, sha256 }: ModelFile): Promise<Uint8Array> {
  const answer = await store.fetch(`https://models.invalid/${file}`)
  if (!answer.ok) throw new Error(`the model ${file} is not there (${answer.status}); run npm run models`)
  const bytes = new Uint8Array(await answer.arrayBuffer())
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
  if (bytesToHex(digest) !== sha256) throw new Error(`the model ${file} is not the file it must be`)
  return bytes
}
