import { describe, expect, it } from 'vitest'
import { parseOutboundUrl } from '../../../src/domain/outbound/parse-url.ts'
import { HARMLESS_URLS, HOSTILE_RULES, HOSTILE_URLS } from '../../support/hostile-urls.ts'

const verdictOf = (url: string): string => {
  const parsed = parseOutboundUrl(url, HOSTILE_RULES)
  return parsed.ok ? 'passes' : parsed.error.reason
}

describe('the URL parser of workerd', () => {
  it.each(Object.entries(HOSTILE_URLS).filter(([, urls]) => urls.length > 0))(
    'reads the hostile spellings as the one of Node does: %s',
    (reason, urls) => {
      const others = urls.map(([url]) => ({ url, verdict: verdictOf(url) })).filter(({ verdict }) => verdict !== reason)
      expect(others).toEqual([])
    },
  )

  it('and the harmless ones', () => {
    expect(HARMLESS_URLS.filter((url) => verdictOf(url) !== 'passes')).toEqual([])
  })

  // What the guard leans on. Each of these would otherwise need code of its own.
  it.each([
    ['https://0177.0x0.1', '127.0.0.1'],
    ['https://2130706433', '127.0.0.1'],
    ['https://１２７。0。0。1', '127.0.0.1'],
    ['https://%31%32%37.0.0.1', '127.0.0.1'],
    ['https://127.0.0.1.', '127.0.0.1'],
    ['https://[::ffff:127.0.0.1]', '[::ffff:7f00:1]'],
    ['https://[0:0:0:0:0:0:0:1]', '[::1]'],
    ['https://BÜCHER.example.org', 'xn--bcher-kva.example.org'],
    ['https://loc\tal\nhost', 'localhost'],
    ['https://a.example.com\\@127.0.0.1', 'a.example.com'],
    // Not taken away: the guard looks for it.
    ['https://localhost.', 'localhost.'],
  ])('makes of %j the host %s', (url, host) => {
    expect(new URL(url).hostname).toBe(host)
  })
})
