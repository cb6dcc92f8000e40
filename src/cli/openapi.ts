import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createViteServer } from 'vitest/node'
import { ROOT } from './wrangler.ts'

// Writes docs/openapi.json from the routes, and the types that a client of it gets. With --check it only compares.

const DOCUMENT = join(ROOT, 'docs/openapi.json')
const CLIENT_TYPES = join(ROOT, 'test/support/generated/openapi-types.ts')
/** Not a dependency: it needs the compiler of TypeScript 5, and only this command needs it. */
const GENERATOR = 'openapi-typescript@7.13.0'

/** The routes reach pages written in JSX, which Node cannot run as they are: Vite loads them. */
async function generate(): Promise<string> {
  const server = await createViteServer({
    root: ROOT,
    configFile: false,
    logLevel: 'error',
    server: { middlewareMode: true, watch: null, ws: false },
    optimizeDeps: { noDiscovery: true, include: [] },
  })
  try {
    const { writeDocument } = await server.ssrLoadModule('/src/cli/openapi-text.ts')
    return String(writeDocument())
  } finally {
    await server.close()
  }
}

const digest = (text: string): string => createHash('sha256').update(text).digest('hex')

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}

function writeTypes(text: string): number {
  const arguments_ = [
    'exec',
    '--yes',
    `--package=${GENERATOR}`,
    '--',
    'openapi-typescript',
    DOCUMENT,
    '-o',
    CLIENT_TYPES,
  ]
  mkdirSync(join(CLIENT_TYPES, '..'), { recursive: true })
  const { status, stdout, stderr } = spawnSync('npm', arguments_, { cwd: join(ROOT, 'docs'), encoding: 'utf8' })
  if (status !== 0) {
    process.stderr.write(`${GENERATOR} did not write the client's types:\n${stdout}${stderr}\n`)
    return 1
  }
  writeFileSync(CLIENT_TYPES, `// Of docs/openapi.json with SHA-256 ${digest(text)}\n${read(CLIENT_TYPES)}`)
  return 0
}

const text = await generate()
const hasDrifted = read(DOCUMENT) !== text
const typesAreOld = !read(CLIENT_TYPES).startsWith(`// Of docs/openapi.json with SHA-256 ${digest(text)}\n`)
if (process.argv.includes('--check')) {
  if (hasDrifted) console.log('docs/openapi.json is not what the routes say.')
  if (typesAreOld) console.log("The client's types are not of this document.")
  process.exit(hasDrifted || typesAreOld ? 1 : 0)
}
writeFileSync(DOCUMENT, text)
const status = typesAreOld ? writeTypes(text) : 0
if (status === 0) console.log(`docs/openapi.json: ${text.length} characters${hasDrifted ? ', changed' : ', as it was'}`)
process.exit(status)
