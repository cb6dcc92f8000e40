import { once } from 'node:events'
import { createServer } from 'node:http'
import type { IncomingMessage, RequestListener, Server, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createServer as createTcpServer } from 'node:net'
import { gzipSync } from 'node:zlib'
import type { TestProject } from 'vitest/node'
import { answerAddress } from './address-service.ts'
import { dnsAnswer } from './dns-answers.ts'
import { publish } from './publisher.ts'

// Real servers on loopback for the tests in workerd: a receiver that misbehaves by path, a resolver that
// answers by name, and a publisher of lists.

declare module 'vitest' {
  interface ProvidedContext {
    receiver: string
    resolver: string
    publisher: string
    /** A port of loopback where nobody listens. */
    closedPort: number
  }
}

const MIB = 1024 * 1024
const BOMB = gzipSync(Buffer.alloc(64 * MIB))

/** What each test asked for, by the first part of the path, so that tests do not count each other's calls. */
const seen = new Map<string, { method: string; path: string; headers: IncomingMessage['headers']; body: string }[]>()

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const receiver = createServer(receive)
  // Reachable under 0.0.0.0 and the mapped form of loopback too: what must not be called is really there.
  const receiverPort = await listen(receiver, '::')
  const resolver = createServer(resolve)
  const resolverPort = await listen(resolver, '127.0.0.1')
  const publisher = createServer(publish)
  const publisherPort = await listen(publisher, '127.0.0.1')
  const closed = createTcpServer()
  closed.listen(0, '127.0.0.1')
  await once(closed, 'listening')
  const closedPort = portOf(closed)
  closed.close()

  project.provide('receiver', `http://127.0.0.1:${receiverPort}`)
  project.provide('resolver', `http://127.0.0.1:${resolverPort}/dns-query`)
  project.provide('publisher', `http://127.0.0.1:${publisherPort}`)
  project.provide('closedPort', closedPort)
  return async () => {
    for (const server of [receiver, resolver, publisher]) {
      server.closeAllConnections()
      server.close()
    }
  }
}

async function listen(server: Server, host: string): Promise<number> {
  server.listen(0, host)
  await once(server, 'listening')
  return portOf(server)
}

const portOf = (server: { address(): AddressInfo | string | null }): number => {
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('not listening on a port')
  return address.port
}

/** `/<test>/<behaviour>?…`; `/<test>/calls` tells what came in under that test's name. */
function receive(request: IncomingMessage, response: ServerResponse): void {
  const url = new URL(request.url ?? '/', 'http://receiver')
  const [, test = '', behaviour = ''] = url.pathname.split('/')
  if (behaviour === 'calls') {
    response.setHeader('content-type', 'application/json').end(JSON.stringify(seen.get(test) ?? []))
    return
  }
  const chunks: Buffer[] = []
  request.on('data', (chunk: Buffer) => chunks.push(chunk))
  request.on('end', () => {
    const call = { method: request.method ?? '', path: url.pathname, headers: request.headers }
    seen.set(test, [...(seen.get(test) ?? []), { ...call, body: Buffer.concat(chunks).toString() }])
    if (behaviour === 'address') answerAddress(test, url, request.headers['x-api-key'], response)
    else behave(behaviour, url, response)
  })
}

function behave(behaviour: string, url: URL, response: ServerResponse): void {
  switch (behaviour) {
    case 'status':
      response.writeHead(Number(url.searchParams.get('is') ?? 200), {
        'content-type': 'text/plain',
        'set-cookie': 'a=b',
        'x-own': 'not handed on',
        'retry-after': '7',
      })
      response.end('received')
      return
    case 'redirect':
      response.writeHead(Number(url.searchParams.get('status') ?? 302), { location: url.searchParams.get('to') ?? '' })
      response.end('elsewhere')
      return
    // Never the same URL twice: only the limit ends it.
    case 'hops': {
      const left = Number(url.searchParams.get('left'))
      if (left === 0) response.end('arrived')
      else response.writeHead(302, { location: `?left=${left - 1}` }).end()
      return
    }
    case 'circle':
      response.writeHead(302, { location: url.search === '' ? 'circle?again' : 'circle' }).end()
      return
    case 'slow-headers':
      return
    case 'slow-body':
      response.writeHead(200).write('a first word')
      return
    case 'redirect-slow-body':
      response.writeHead(302, { location: 'status' }).write('a first word')
      return
    case 'endless':
      endless(response)
      return
    case 'sized':
      response.end(Buffer.alloc(Number(url.searchParams.get('bytes')), 'x'))
      return
    case 'bomb':
      response.writeHead(200, { 'content-encoding': 'gzip', 'content-type': 'text/plain' }).end(BOMB)
      return
    case 'broken-gzip':
      response.writeHead(200, { 'content-encoding': 'gzip' }).end('this is no gzip')
      return
    case 'cut-off':
      response.writeHead(200, { 'content-length': '1000' }).write('less')
      setTimeout(() => response.destroy(), 20)
      return
    case 'hang-up':
      response.destroy()
      return
    case 'long-header':
      response.writeHead(200, { server: 's'.repeat(8_000) }).end()
      return
    default:
      response.writeHead(404).end()
  }
}

function endless(response: ServerResponse): void {
  const chunk = Buffer.alloc(64 * 1024, 'x')
  const pour = (): void => {
    while (!response.destroyed && response.write(chunk));
  }
  response.writeHead(200)
  response.on('drain', pour)
  pour()
}

const resolve: RequestListener = (request, response) => {
  const url = new URL(request.url ?? '/', 'http://resolver')
  const answer = dnsAnswer(url.searchParams.get('name') ?? '', Number(url.searchParams.get('type')))
  if (answer === 'hang') return
  if (answer === 'hang-up') {
    response.destroy()
    return
  }
  response.writeHead(answer.status, { 'content-type': 'application/dns-json', ...answer.headers }).end(answer.body)
}
