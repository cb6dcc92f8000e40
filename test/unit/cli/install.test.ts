import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'

// Runs the real bootstrap in a small project of its own. In place of npm stands a script that writes down how it was
// called and "installs" by copying the lock file: the registry is the one thing that is not there.

const cli = resolve(import.meta.dirname, '../../../src/cli')
let project: string

type Entry = { version: string; integrity: string; optional?: true; os?: string[]; cpu?: string[] }
const entry = (version: string, more: Partial<Entry> = {}): Entry => ({
  version,
  integrity: `sha512-${version}`,
  ...more,
})

beforeEach(() => {
  project = mkdtempSync(join(tmpdir(), 'kyc-install-'))
  mkdirSync(join(project, 'src/cli'), { recursive: true })
  for (const file of ['run.mjs', 'install.mjs']) cpSync(join(cli, file), join(project, 'src/cli', file))
  writeFileSync(join(project, 'package.json'), '{"type":"module"}')
  writeFileSync(join(project, 'src/cli/demo.ts'), "const words: string = 'the demo ran'\nconsole.log(words)\n")
  writeFileSync(join(project, 'npm-cli.js'), FAKE_NPM)
  lock({ 'node_modules/one': entry('1.0.0') })
})
afterEach(() => rmSync(project, { recursive: true, force: true }))

const FAKE_NPM = `
import { appendFileSync, copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
appendFileSync('npm-calls.txt', process.argv.slice(2).join(' ') + '\\n')
if (process.env.NPM_FAILS) process.exit(1)
const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8'))
for (const path of Object.keys(packages).filter(Boolean)) {
  mkdirSync(path, { recursive: true })
  writeFileSync(path + '/package.json', '{}')
}
mkdirSync('node_modules', { recursive: true })
copyFileSync('package-lock.json', 'node_modules/.package-lock.json')
console.log('npm talks on stdout')
`

function lock(packages: Record<string, Entry>): void {
  writeFileSync(join(project, 'package-lock.json'), JSON.stringify({ packages: { '': { name: 'x' }, ...packages } }))
}

function install(packages: Record<string, Entry>): void {
  for (const path of Object.keys(packages)) {
    mkdirSync(join(project, path), { recursive: true })
    writeFileSync(join(project, path, 'package.json'), '{}')
  }
  mkdirSync(join(project, 'node_modules'), { recursive: true })
  writeFileSync(join(project, 'node_modules/.package-lock.json'), JSON.stringify({ packages }))
}

function run(env: Record<string, string> = {}, command = 'demo') {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['src/cli/run.mjs', command], {
    cwd: project,
    encoding: 'utf8',
    env: {
      ...process.env,
      PATH: dirname(process.execPath),
      npm_execpath: join(project, 'npm-cli.js'),
      npm_node_execpath: process.execPath,
      ...env,
    },
  })
  const calls = join(project, 'npm-calls.txt')
  return {
    status,
    stdout,
    stderr,
    installs: existsSync(calls) ? readFileSync(calls, 'utf8').trim().split('\n').length : 0,
  }
}

describe('a command on a fresh clone', () => {
  it('installs what is missing and then runs', () => {
    expect(run()).toMatchObject({ status: 0, stdout: 'the demo ran\n', installs: 1 })
  })

  it('installs exactly what the lock file says, with npm ci', () => {
    run()
    expect(readFileSync(join(project, 'npm-calls.txt'), 'utf8')).toMatch(/^ci /)
  })

  it('leaves stdout to the command, whatever npm says', () => {
    const { stdout, stderr } = run()
    expect(stdout).not.toContain('npm talks')
    expect(stderr).toContain('npm talks')
    expect(stderr).toContain('nothing is installed yet')
  })

  it('installs once, not again at the next command', () => {
    run()
    expect(run().installs).toBe(1)
  })

  it('ends with a clear word when the install fails', () => {
    const { status, stdout, stderr } = run({ NPM_FAILS: '1' })
    expect(status).toBe(1)
    expect(stdout).toBe('')
    expect(stderr).toContain('The install failed')
  })

  it('takes over a lock whose owner is gone', () => {
    mkdirSync(join(project, '.kyc'))
    writeFileSync(join(project, '.kyc/install.lock'), '999999999')
    expect(run()).toMatchObject({ status: 0, installs: 1 })
    expect(existsSync(join(project, '.kyc/install.lock'))).toBe(false)
  })
})

describe('an installed tree', () => {
  it('is left alone while it is what the lock file says', () => {
    install({ 'node_modules/one': entry('1.0.0') })
    expect(run()).toMatchObject({ status: 0, installs: 0 })
  })

  it('is renewed when a version differs', () => {
    install({ 'node_modules/one': entry('0.9.0') })
    const { installs, stderr } = run()
    expect(installs).toBe(1)
    expect(stderr).toContain('one is 0.9.0, the lock file says 1.0.0')
  })

  it('is renewed when the same version has other bytes', () => {
    install({ 'node_modules/one': entry('1.0.0', { integrity: 'sha512-other' }) })
    expect(run().installs).toBe(1)
  })

  it('is renewed when a folder was deleted by hand', () => {
    install({ 'node_modules/one': entry('1.0.0') })
    rmSync(join(project, 'node_modules/one'), { recursive: true })
    expect(run().installs).toBe(1)
  })

  it('may lack optional packages of other systems', () => {
    const elsewhere = process.platform === 'darwin' ? 'linux' : 'darwin'
    lock({
      'node_modules/one': entry('1.0.0'),
      'node_modules/two': entry('2.0.0', { optional: true, os: [elsewhere] }),
    })
    install({ 'node_modules/one': entry('1.0.0') })
    expect(run().installs).toBe(0)
  })

  it('is renewed when an optional package of this system is missing', () => {
    lock({
      'node_modules/one': entry('1.0.0'),
      'node_modules/two': entry('2.0.0', { optional: true, os: [process.platform], cpu: [process.arch] }),
    })
    install({ 'node_modules/one': entry('1.0.0') })
    expect(run().installs).toBe(1)
  })
})

describe('a command that does not exist', () => {
  it('is refused with the list of those that do', () => {
    const { status, stderr } = run({}, 'strat')
    expect(status).toBe(2)
    expect(stderr).toContain('No such command: strat')
    expect(stderr).toContain('start')
  })
})
