import { describe, expect, it } from 'vitest'
import { parseConfig } from '../../../src/config.ts'
import { fetchedLists } from '../../../src/platform/screening/fetched-lists.ts'

const ids = (overrides: Parameters<typeof fetchedLists>[0]): string[] => fetchedLists(overrides).map(({ id }) => id)
const OFFICIAL = ['ofac_sdn', 'ofac_cons', 'un_sc', 'eu_fsf', 'uk_sl']

describe('the lists of a deployment', () => {
  it('are the official ones where nothing is said, from the addresses of the catalogue', () => {
    expect(ids({})).toEqual(OFFICIAL)
    expect(fetchedLists({}).every(({ files }) => files.main?.startsWith('https://') === true)).toBe(true)
    expect(ids('off')).toEqual([])
  })

  it('can be switched off and on', () => {
    expect(ids({ eu_fsf: { enabled: false }, opensanctions: { enabled: true } })).toEqual([
      'ofac_sdn',
      'ofac_cons',
      'un_sc',
      'uk_sl',
      'opensanctions',
    ])
  })

  it('can be taken from elsewhere, in another layout, with another limit', () => {
    const main = 'https://mirror.example/prim.csv'
    const aliases = 'https://mirror.example/alt.csv'
    const [sdn] = fetchedLists({ ofac_sdn: { format: 'ofac-csv', main, aliases, max_age_hours: 24 } })
    expect(sdn).toMatchObject({ id: 'ofac_sdn', format: 'ofac-csv', files: { main, aliases }, maxAgeHours: 24 })
  })

  it('can be an operator’s own', () => {
    const own = { format: 'opensanctions-csv' as const, main: 'https://lists.example/peps.csv', name: 'PEPs' }
    expect(fetchedLists({ peps: own }).at(-1)).toMatchObject({ id: 'peps', name: 'PEPs', isSample: false })
  })

  it('have the sample only where somebody says where it lies', () => {
    expect(ids({})).not.toContain('sample')
    expect(fetchedLists({ sample: { main: 'http://127.0.0.1:1/s.xml' } }).at(-1)).toMatchObject({
      id: 'sample',
      isSample: true,
    })
  })
})

describe('WATCHLISTS', () => {
  const vars = {
    ENVIRONMENT: 'production',
    PUBLIC_BASE_URL: 'https://kyc.example.com',
    R2_S3_ENDPOINT: 'https://account.r2.cloudflarestorage.com',
    R2_BUCKET: 'kyc-documents',
    R2_ACCESS_KEY_ID: 'id',
    R2_SECRET_ACCESS_KEY: 'a secret value',
    ACCESS_TOKEN_KEYS: `1:${'A'.repeat(43)}`,
  }
  const parse = (WATCHLISTS: string) => parseConfig({ ...vars, WATCHLISTS }).watchlists.lists

  it('is a JSON object of lists, or off', () => {
    expect(parseConfig(vars).watchlists).toEqual({ lists: {}, maxListBytes: 300 * 1024 * 1024 })
    expect(parse('off')).toBe('off')
    expect(parse('{"un_sc":{"main":"https://mirror.example/un.xml"}}')).toEqual({
      un_sc: { main: 'https://mirror.example/un.xml' },
    })
  })

  it.each([
    ['on', /all of it/],
    ['[]', /all of it/],
    ['{"un_sc":{"main":"ftp://x"}}', /un_sc\.main/],
    ['{"un_sc":{"url":"https://x.example/"}}', /un_sc/],
    ['{"../x":{}}', /\.\.\/x/],
    ['{"un_sc":{"max_age_hours":0}}', /un_sc\.max_age_hours/],
  ])('is not %s', (text, message) => {
    expect(() => parse(text)).toThrow(message)
  })
})
