import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { FACE_MODEL_FILES } from '../engines/face/model-files.ts'
import type { ModelFile } from '../engines/face/model-files.ts'
import { ROOT } from './wrangler.ts'

// Takes the weights of an engine's models out of their npm packages, into the folder that its Worker serves them from to
// itself. What is there with the right hash stays; what has another hash than the table says is never written.

const digest = (algorithm: string, bytes: Uint8Array, encoding: 'hex' | 'base64'): string =>
  createHash(algorithm).update(bytes).digest(encoding)

const isThere = (path: string, { sha256 }: ModelFile): boolean =>
  existsSync(path) && digest('sha256', readFileSync(path), 'hex') === sha256

/** What `src/workers/faces.toml` names as its assets. */
export const FACES_FOLDER = join(ROOT, 'dist/models/faces')

/** Makes the folder complete; the paths of what was written. */
export function ensureFaceModels(folder = FACES_FOLDER): string[] {
  mkdirSync(folder, { recursive: true })
  return Object.values<ModelFile>(FACE_MODEL_FILES).flatMap((file) => {
    const path = join(folder, file.name)
    if (isThere(path, file)) return []
    const bytes = file.from.integrity === undefined ? fromInstalled(file) : fromArchive(file, file.from.integrity)
    const found = digest('sha256', bytes, 'hex')
    if (found !== file.sha256) throw new Error(`${file.name} is not the file it was: ${found}`)
    // Whole or not at all: another command may look at the same moment.
    const draft = `${path}.${process.pid}`
    writeFileSync(draft, bytes)
    renameSync(draft, path)
    return [path]
  })
}

function fromInstalled({ from }: ModelFile): Uint8Array {
  const folder = join(ROOT, 'node_modules', from.package)
  const manifest: { version?: string } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  if (manifest.version !== from.version) throw new Error(`${from.package} is ${manifest.version}, not ${from.version}`)
  return readFileSync(join(folder, from.path))
}

function fromArchive({ from }: ModelFile, integrity: string): Uint8Array {
  const folder = mkdtempSync(join(tmpdir(), 'kyc-models-'))
  try {
    const name = `${from.package}@${from.version}`
    execFileSync('npm', ['pack', name, '--ignore-scripts', '--prefer-offline', '--pack-destination', folder], {
      stdio: 'ignore',
    })
    const [archive = ''] = readdirSync(folder)
    const found = `sha512-${digest('sha512', readFileSync(join(folder, archive)), 'base64')}`
    if (found !== integrity) throw new Error(`${name} is not the package it was: ${found}`)
    execFileSync('tar', ['-xzf', archive, `package/${from.path}`], { cwd: folder })
    return readFileSync(join(folder, 'package', from.path))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
