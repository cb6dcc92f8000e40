import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ROOT } from './wrangler.ts'

// Brings public/docs/scalar.js to the version named here. The file is kept in git: its package would bring 200 MB of
// others, for one script that is served as it is.

const PACKAGE = '@scalar/api-reference@1.72.1'
const INTEGRITY = 'sha512-XpEJ0rfc/cXbCrR+iC4kK0o/WwX2dTtGQbT049OlPKAHD6IMIFdTeGz2r+M27P2EDWKyUITRm/NzlP8z2pw/Ow=='

const folder = mkdtempSync(join(tmpdir(), 'kyc-docs-'))
try {
  execFileSync('npm', ['pack', PACKAGE, '--ignore-scripts', '--pack-destination', folder], { stdio: 'ignore' })
  const [name = ''] = readdirSync(folder)
  const found = `sha512-${createHash('sha512')
    .update(readFileSync(join(folder, name)))
    .digest('base64')}`
  if (found !== INTEGRITY) throw new Error(`${PACKAGE} is not the package it was: ${found}`)
  execFileSync('tar', ['-xzf', name, 'package/dist/browser/standalone.js'], { cwd: folder })
  cpSync(join(folder, 'package/dist/browser/standalone.js'), join(ROOT, 'public/docs/scalar.js'))
  console.log(`public/docs/scalar.js is of ${PACKAGE}`)
} finally {
  rmSync(folder, { recursive: true, force: true })
}
