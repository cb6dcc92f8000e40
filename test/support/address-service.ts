import type { ServerResponse } from 'node:http'

// A service like Chainalysis' free sanctions API: `GET /{test}/address/{address}`. How it behaves is the first word of the
// test's name, such as `limited-…` or `down-…`; every other one is answered well.

export const SERVICE_KEY = 'key-of-the-tests'
/** It knows one address, in lower case. */
export const KNOWN_ADDRESS = '0x52908400098527886e0f7030069857d2e4169ee7'
export const KNOWN_IDENTIFICATION = {
  category: 'sanctions',
  name: 'SANCTIONS: EXAMPLE MIXER 2022-08-08',
  description: 'An example.',
  url: 'https://example.com/press-releases/1',
}

export function answerAddress(
  test: string,
  url: URL,
  key: string | string[] | undefined,
  response: ServerResponse,
): void {
  const address = url.pathname.split('/')[3]
  const identifications = address === KNOWN_ADDRESS ? [KNOWN_IDENTIFICATION] : []
  const json = (status: number, body: unknown) =>
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
  if (key !== SERVICE_KEY) return void json(403, { message: 'Forbidden' })
  switch (test.split('-')[0]) {
    case 'limited':
      return void json(429, { message: 'Too many requests' })
    // Answers once, then no more: what is known by then has to stay.
    case 'tiring':
      return void (address === KNOWN_ADDRESS ? json(200, { identifications }) : json(429, {}))
    case 'down':
      return void json(503, {})
    case 'garbled':
      return void response.writeHead(200).end('<html>')
    case 'odd':
      return void json(200, { identifications: 'none' })
    case 'moved':
      return void response.writeHead(302, { location: `/well-moved/address/${address}` }).end()
    case 'long':
      return void response.writeHead(200).end(`{"identifications":[]${' '.repeat(1024 * 1024)}}`)
    case 'crowded':
      return void json(200, { identifications: Array.from({ length: 500 }, () => ({ name: 'n'.repeat(1_000) })) })
    default:
      return void json(200, { identifications })
  }
}
