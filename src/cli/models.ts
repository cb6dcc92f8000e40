import { ensureFaceModels } from './face-models.ts'
import { ensureReaderModels } from './reader-models.ts'

// What the engine Workers load, out of its npm packages into the folders that they serve to themselves.

/** Writes what is missing or another; the paths of what was written. Throws when a package holds another file than it must. */
export const ensureModels = (): string[] => [...ensureReaderModels(), ...ensureFaceModels()]

if (import.meta.main) {
  for (const path of ensureModels()) process.stdout.write(`${path}\n`)
}
