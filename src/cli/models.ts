import { ensureFaceModels } from './face-models.ts'

// npm run models: what the engine Workers load, out of its npm packages into the folders that they serve to themselves.

for (const path of ensureFaceModels()) process.stdout.write(`${path}\n`)
