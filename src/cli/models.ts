import { provideFaceModels } from './models/files.ts'

// npm run models: the weights that the engine Workers need, out of npm.

const written = provideFaceModels()
console.log(written.length === 0 ? 'The models are all there.' : `Written: ${written.join(', ')}.`)
