import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { expect, it } from 'vitest'

const root = resolve(import.meta.dirname, '../../..')

it('npm ci takes the lock file as it is, without asking the registry', () => {
  const folder = mkdtempSync(join(tmpdir(), 'kyc-lock-'))
  try {
    for (const file of ['package.json', 'package-lock.json']) cpSync(join(root, file), join(folder, file))
    const args = ['ci', '--dry-run', '--offline', '--ignore-scripts', '--no-audit', '--loglevel=error']
    const { status, stderr } = spawnSync('npm', args, { cwd: folder, encoding: 'utf8' })
    expect(status, `${stderr}\nnode .ci/complete-lock.mjs may mend it`).toBe(0)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}, 30_000)
