import { ensureFaceModels } from './face-models.ts'

// What the engine Workers load, out of its npm packages into the folders that they serve to themselves.

/** Writes what is missing or another; the paths of what was written. */
export const ensureModels = (): string[] => ensureFaceModels()

if (import.meta.main) {
  for (const path of ensureModels()) process.stdout.write(`${path}\n`)
}
