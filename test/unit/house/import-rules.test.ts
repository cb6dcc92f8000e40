import { execFile } from 'node:child_process'
import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

// Plants one offence per file in a copy of the house and runs the real linter over it, with the project's own config.

type Plant = { file: string; code: string; rule: string | null }
const importing = (file: string, specifier: string): Plant => ({
  file,
  code: `import { thing } from '${specifier}'\nexport const planted = thing\n`,
  rule: 'eslint(no-restricted-imports)',
})
const allowed = (file: string, specifier: string): Plant => ({ ...importing(file, specifier), rule: null })
const code = (file: string, text: string, rule: string | null): Plant => ({ file, code: `${text}\n`, rule })

const FORBIDDEN_IMPORTS = [
  importing('src/domain/session/a1.ts', '../../application/ports.ts'),
  importing('src/domain/session/a2.ts', '../../platform/d1/tenants.ts'),
  importing('src/domain/a3.ts', '../http/app.ts'),
  importing('src/domain/a4.ts', '../engines/crypto/engine.ts'),
  importing('src/domain/a5.ts', 'node:crypto'),
  importing('src/domain/a6.ts', 'cloudflare:workers'),
  importing('src/domain/a7.ts', 'hono'),
  importing('src/domain/a8.ts', 'drizzle-orm/d1'),
  importing('src/domain/a9.ts', '../config.ts'),
  importing('src/application/sessions/b1.ts', '../../platform/d1/tenants.ts'),
  importing('src/application/b2.ts', '../engines/crypto/engine.ts'),
  importing('src/application/b3.ts', '../http/app.ts'),
  importing('src/application/b4.ts', 'cloudflare:workers'),
  importing('src/engines/crypto/c1.ts', '../../application/ports.ts'),
  importing('src/engines/c2.ts', '../platform/r2/documents.ts'),
  importing('src/http/routes/sessions/d1.ts', '../../../platform/compose.ts'),
  importing('src/http/d2.ts', '../engines/crypto/engine.ts'),
  importing('src/http/d3.ts', 'drizzle-orm'),
  importing('src/page/d4.ts', '../platform/log.ts'),
  importing('src/queue/e1.ts', '../platform/d1/outbox.ts'),
  importing('src/queue/e2.ts', '../engines/crypto/engine.ts'),
  importing('src/cron/e3.ts', '../http/app.ts'),
  importing('src/platform/d1/f1.ts', '../../http/app.ts'),
  importing('src/platform/d1/f2.ts', '../../application/sessions/create-session.ts'),
  importing('src/platform/f3.ts', '../queue/checks.ts'),
  importing('src/workers/g1.ts', '../platform/log.ts'),
  importing('src/workers/g2.ts', '../application/ports.ts'),
  importing('src/cli/h1.ts', '../worker.ts'),
  importing('src/http/h2.ts', '../worker.ts'),
  {
    file: 'src/domain/h3.ts',
    code: "export type { Deps } from '../application/ports.ts'\n",
    rule: 'eslint(no-restricted-imports)',
  },
  {
    file: 'src/domain/h4.ts',
    code: "import type { Deps } from '../application/ports.ts'\nexport type Mine = Deps\n",
    rule: 'eslint(no-restricted-imports)',
  },
]

const PERMITTED_IMPORTS = [
  allowed('src/domain/session/z1.ts', '../workflow/definition.ts'),
  allowed('src/domain/session/z2.ts', '@noble/hashes/sha2.js'),
  allowed('src/application/sessions/z3.ts', '../../domain/session/state.ts'),
  allowed('src/engines/crypto/z4.ts', '../../domain/decision/check-results.ts'),
  allowed('src/http/routes/z5.ts', '../../application/actor.ts'),
  allowed('src/platform/d1/z6.ts', '../../application/ports.ts'),
  allowed('src/platform/d1/z7.ts', '../../application/actor.ts'),
  allowed('src/platform/d1/z8.ts', '../../domain/session/state.ts'),
  allowed('src/platform/compose.ts', '../application/sessions/create-session.ts'),
  allowed('src/workers/z9.ts', '../engines/crypto/engine.ts'),
]

const OFFENCES = [
  code('src/domain/i1.ts', 'export const now = (): number => Date.now()', 'eslint(no-restricted-globals)'),
  code(
    'src/domain/i2.ts',
    'export const day = (): string => new Date(0).toISOString()',
    'eslint(no-restricted-globals)',
  ),
  code('src/domain/i3.ts', 'export const id = (): string => crypto.randomUUID()', 'eslint(no-restricted-globals)'),
  code(
    'src/domain/i4.ts',
    "export const get = async (): Promise<Response> => await fetch('https://a.example')",
    'eslint(no-restricted-globals)',
  ),
  code('src/domain/i5.ts', 'export const dice = (): number => Math.random()', 'eslint(no-restricted-properties)'),
  code('src/domain/i6.ts', 'export const t = (): number => performance.now()', 'eslint(no-restricted-globals)'),
  code(
    'src/domain/i7.ts',
    'export const later = (f: () => void): unknown => setTimeout(f, 1)',
    'eslint(no-restricted-globals)',
  ),
  code('src/application/i8.ts', 'export const now = (): number => Date.now()', 'eslint(no-restricted-properties)'),
  code('src/platform/i9.ts', "export const say = (): void => console.log('x')", 'eslint(no-console)'),
  code('src/platform/log.ts', "export const say = (): void => console.log('x')", null),
  code('src/cli/say.ts', "export const say = (): void => console.log('x')", null),
  code('src/platform/j1.ts', 'export const loose = (x: any): unknown => x', 'typescript(no-explicit-any)'),
  code(
    'src/platform/j2.ts',
    'export const sure = (x: string | null): string => x!',
    'typescript(no-non-null-assertion)',
  ),
  code(
    'src/platform/j3.ts',
    'export const lost = (p: () => Promise<void>): void => {\n  p()\n}',
    'typescript(no-floating-promises)',
  ),
]

const root = resolve(import.meta.dirname, '../../..')
let house: string
let found: Map<string, Set<string>>

beforeAll(async () => {
  house = await mkdtemp(join(tmpdir(), 'kyc-house-'))
  await cp(join(root, '.oxlintrc.json'), join(house, '.oxlintrc.json'))
  await cp(join(root, 'tsconfig.json'), join(house, 'tsconfig.json'))
  await symlink(join(root, 'node_modules'), join(house, 'node_modules'))
  for (const plant of [...FORBIDDEN_IMPORTS, ...PERMITTED_IMPORTS, ...OFFENCES]) {
    await mkdir(dirname(join(house, plant.file)), { recursive: true })
    await writeFile(join(house, plant.file), plant.code)
  }
  found = await lint(house)
}, 60_000)

afterAll(() => rm(house, { recursive: true, force: true }))

describe('the linter', () => {
  it.each(FORBIDDEN_IMPORTS)('catches $file when it says: $code', ({ file, rule }) => {
    expect([...(found.get(file) ?? [])]).toContain(rule)
  })

  it.each(PERMITTED_IMPORTS)('lets $file say: $code', ({ file }) => {
    expect([...(found.get(file) ?? [])]).not.toContain('eslint(no-restricted-imports)')
  })

  it.each(OFFENCES)('gives $rule for $file', ({ file, rule }) => {
    const rules = [...(found.get(file) ?? [])]
    if (rule === null) expect(rules).not.toContain('eslint(no-console)')
    else expect(rules).toContain(rule)
  })
})

async function lint(cwd: string): Promise<Map<string, Set<string>>> {
  const oxlint = join(root, 'node_modules/oxlint/bin/oxlint')
  const env = { ...process.env, PATH: `${join(root, 'node_modules/.bin')}:${process.env['PATH'] ?? ''}` }
  const { stdout } = await promisify(execFile)(process.execPath, [oxlint, '--type-aware', '-f', 'json', 'src'], {
    cwd,
    env,
  }).catch((failure: { stdout: string }) => failure)
  const report: unknown = JSON.parse(stdout)
  const rules = new Map<string, Set<string>>()
  if (
    typeof report !== 'object' ||
    report === null ||
    !('diagnostics' in report) ||
    !Array.isArray(report.diagnostics)
  ) {
    throw new Error(`oxlint answered something else: ${stdout.slice(0, 400)}`)
  }
  for (const entry of report.diagnostics) {
    const { filename, code }: { filename: string; code?: string } = entry
    rules.set(filename, (rules.get(filename) ?? new Set()).add(code ?? 'none'))
  }
  return rules
}
