import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'

const pages = [
  'README.md',
  'CHANGELOG.md',
  ...readdirSync('docs', { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => join('docs', name)),
]
const manifest: { scripts?: Record<string, string> } = JSON.parse(readFileSync('package.json', 'utf8'))

describe.each(pages)('%s', (page) => {
  const text = readFileSync(page, 'utf8')

  it('links to what is there', () => {
    const targets = [...text.matchAll(/\]\((?!https?:)([^)#]*)(?:#[^)]*)?\)/g)].map(([, target = '']) => target)
    expect(targets.filter((target) => target !== '' && !existsSync(join(dirname(page), target)))).toEqual([])
  })

  it('names npm scripts that exist', () => {
    const named = [...text.matchAll(/npm run ([\w:]+)/g)].map(([, name = '']) => name)
    expect(named.filter((name) => manifest.scripts?.[name] === undefined)).toEqual([])
  })
})

describe('README.md', () => {
  const text = readFileSync('README.md', 'utf8')
  const wrangler = readFileSync('wrangler.toml', 'utf8')

  it('is at most 150 lines', () => {
    expect(text.trimEnd().split('\n').length).toBeLessThanOrEqual(150)
  })

  it('names every resource that a deployment needs', () => {
    const needed = [...wrangler.matchAll(/^(?:queue|database_name|bucket_name) = "([^"]+)"/gm)].map(
      ([, name = '']) => name,
    )
    const secrets = ['ACCESS_TOKEN_KEYS', 'R2_ACCESS_KEY_ID', 'R2_SECRET_ACCESS_KEY', 'JWT_SHARED_SECRET']
    const isCreated = (name: string): boolean => text.includes(name) || text.includes(name.replace(/-dead$/, ''))
    expect([...new Set(needed), ...secrets].filter((name) => !isCreated(name))).toEqual([])
  })

  it('maps every folder of src', () => {
    const folders = readdirSync('src', { withFileTypes: true }).filter((entry) => entry.isDirectory())
    expect(folders.map((entry) => `${entry.name}/`).filter((name) => !text.includes(name))).toEqual([])
  })
})
