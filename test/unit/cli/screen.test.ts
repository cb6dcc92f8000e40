import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'

const LISTS = 'test/support/fixtures/lists'
const folder = mkdtempSync(join(tmpdir(), 'kyc-screen-'))
afterAll(() => rmSync(folder, { recursive: true }))

function screen(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--experimental-strip-types', '--disable-warning=ExperimentalWarning', 'src/cli/screening/screen.ts', ...args],
    { encoding: 'utf8' },
  )
  return { code: status, lines: stdout.trim().split('\n'), told: stderr }
}

function file(name: string, ...lines: string[]): string {
  const path = join(folder, name)
  writeFileSync(path, lines.join('\r\n'))
  return path
}

test('names against the lists of a folder: a line each, in order, with the nearest entry', () => {
  const names = file('names.csv', 'name,nationality', '"MITHAL, Samir ibn",Iran', 'Ingeborg Abrahamsen,Norway')
  const { code, lines, told } = screen('--lists', LISTS, '--names', names)
  expect(code).toBe(0)
  expect(lines[0]).toBe('name,hit,score,list_reference,matched_name')
  expect(lines[1]).toMatch(/^"MITHAL, Samir ibn",true,0\.9\d+,QDi\.901,SAMIR IBN MITHAL$/)
  expect(lines[2]).toMatch(/^Ingeborg Abrahamsen,false,/)
  expect(lines).toHaveLength(3)
  expect(told).toContain('un_sc: ')
  expect(told).toMatch(/p50 \d+ µs/)
})

test('a date of birth that is there is used', () => {
  const names = file('dated.csv', 'name,date_of_birth', 'Samir ibn Mithal,2003-05-05')
  expect(screen('--lists', LISTS, '--names', names).lines[1]).toMatch(/,false,0\.[0-4]\d*,QDi/)
})

test('pairs of names, at the own threshold and at another', () => {
  const pairs = file(
    'pairs.csv',
    'schema,name1,name2',
    'Person,Ted Doe,Theodore Doe',
    'Person,Boris Volkov,Roman Volkov',
    'Company,"Acme, Inc.",ACME INCORPORATED',
  )
  const { lines } = screen('--pairs', pairs)
  expect(lines[0]).toBe('name1,name2,score,match')
  expect(lines.slice(1).map((line) => line.endsWith('true'))).toEqual([true, false, true])
  expect(
    screen('--pairs', pairs, '--threshold', '1')
      .lines.slice(1)
      .every((line) => line.endsWith('false')),
  ).toBe(true)
})

test.each([
  [['--names', 'x.csv'], '--pairs, or --lists and --names'],
  [['--pairs', 'x.csv', '--threshold', '2'], '--threshold is a number from 0 to 1'],
  [['--lists', 'test/unit/cli', '--names', 'x.csv'], 'no watchlist in test/unit/cli'],
  [['--lists', LISTS, '--names', `${LISTS}/ofac_alt.csv`], 'has no column name'],
  [['--pairs', `${LISTS}/ofac_alt.csv`], 'has no column name1'],
  [['--lists', 'nowhere', '--names', 'x.csv'], 'nowhere'],
])('%j is refused with what would be right', (args, reason) => {
  const { code, told, lines } = screen(...args)
  expect(code).toBe(2)
  expect(told).toContain(reason)
  expect(lines).toEqual([''])
})
