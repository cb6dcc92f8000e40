// The evidence of docs/adr/0002-where-itty-durable-stands.md, run against itty-durable itself in workerd.

import { evictDurableObject, runInDurableObject } from 'cloudflare:test'
import { DurableObject, env } from 'cloudflare:workers'
import { proxyDurable } from 'itty-durable/proxy-durable.js'
import { describe, expect, it } from 'vitest'
import { IttyCounter, NativeCounter } from './counter-object.ts'

type Namespace = DurableObjectNamespace
type IttyStub = {
  add(amount: number): Promise<number>
  addAfterWaiting(amount: number): Promise<number>
  describe(value: unknown): Promise<{ is: string }>
  holdFunction(): Promise<{ held: boolean }>
  persistFailure(): Promise<{ name: string }>
  heartbeat(device: string, step: number, at: number): Promise<{ present: string[]; furthest_step: number }>
}

const isNamespace = (value: unknown): value is Namespace =>
  typeof value === 'object' && value !== null && 'getByName' in value
const isNativeNamespace = (value: unknown): value is DurableObjectNamespace<NativeCounter> => isNamespace(value)

function namespace(binding: string): Namespace {
  const found: unknown = Reflect.get(env, binding)
  if (!isNamespace(found)) throw new Error(`${binding} is not bound in vitest.config.ts`)
  return found
}
function native(name: string): DurableObjectStub<NativeCounter> {
  const found: unknown = Reflect.get(env, 'NATIVE_COUNTER')
  if (!isNativeNamespace(found)) throw new Error('NATIVE_COUNTER is not bound in vitest.config.ts')
  return found.getByName(name)
}
const itty = (binding: string, name: string): IttyStub => proxyDurable(namespace(binding), { parse: true }).get(name)
const times = <T>(count: number, run: () => Promise<T>): Promise<T[]> => Promise.all(Array.from({ length: count }, run))

describe('why the session object is not built on itty-durable', () => {
  it('has no RPC: its class is no DurableObject, and a plain stub cannot call a method of it', async () => {
    expect(IttyCounter.prototype).not.toBeInstanceOf(DurableObject)
    expect(NativeCounter.prototype).toBeInstanceOf(DurableObject)

    const stub = namespace('ITTY_COUNTER').getByName('no-rpc')
    const call = async (): Promise<unknown> => Reflect.get(stub, 'add')(1)
    await expect(call()).rejects.toThrow(/subclass of `DurableObject`/)
    await expect(native('rpc').add(1)).resolves.toBe(1)
  })

  it('carries arguments as JSON in the header of a GET request', async () => {
    const real = namespace('ITTY_COUNTER')
    const seen: Request[] = []
    const watched = {
      idFromName: (name: string) => real.idFromName(name),
      get: (id: DurableObjectId) => ({
        fetch: (request: Request) => {
          seen.push(request)
          return real.get(id).fetch(request)
        },
      }),
    }
    const stub: IttyStub = proxyDurable(watched, { parse: true }).get('header')
    await stub.describe('Anna')

    expect(seen.map((request) => [request.method, request.headers.get('do-content')])).toEqual([['GET', '["Anna"]']])
  })

  it('changes arguments on the way that structured clone keeps', async () => {
    const arguments_ = [new Date(0), new Uint8Array(3), new Map([['a', 1]]), undefined]
    const stub = itty('ITTY_COUNTER', 'arguments')
    const throughItty = await Promise.all(arguments_.map(async (value) => (await stub.describe(value)).is))
    const throughRpc = await Promise.all(
      arguments_.map(async (value) => (await native('arguments').describe(value)).is),
    )

    expect(throughRpc).toEqual(['Date', 'Uint8Array of 3', 'Map of 1', 'undefined'])
    expect(throughItty).toEqual([
      'string 1970-01-01T00:00:00.000Z',
      'object with keys [0, 1, 2]',
      'object with keys []',
      'null',
    ])
  })

  it('makes no use of SQLite: the whole object is one value under one key', async () => {
    await itty('ITTY_COUNTER', 'storage').add(2)

    const stored = await runInDurableObject(namespace('ITTY_COUNTER').getByName('storage'), async (_, state) => ({
      tables: state.storage.sql
        .exec<{ name: string }>("SELECT name FROM sqlite_master WHERE name NOT LIKE '\\_cf\\_%' ESCAPE '\\'")
        .toArray(),
      entries: [...(await state.storage.list())],
    }))
    expect(stored).toEqual({ tables: [], entries: [['data', { count: 2, held: null }]] })
  })

  it('persists without awaiting: the caller hears of success, and the change is gone after the next eviction', async () => {
    const stub = itty('ITTY_COUNTER', 'unawaited')
    await stub.add(5)
    await expect(stub.holdFunction()).resolves.toEqual({ held: true })
    await expect(stub.add(1)).resolves.toBe(6)
    await expect(stub.persistFailure()).resolves.toEqual({ name: 'DataCloneError' })

    await evictDurableObject(namespace('ITTY_COUNTER').getByName('unawaited'))
    await expect(stub.add(0)).resolves.toBe(5)
  })

  it('does so where a native object tells its caller and keeps nothing of the failed change', async () => {
    await native('awaited').add(5)
    await expect(native('awaited').addAndStoreFunction(1)).resolves.toEqual({ stored: false })

    await evictDurableObject(native('awaited'))
    await expect(native('awaited').add(0)).resolves.toBe(5)
  })

  it('loses updates when a method waits between its read and its write; native counts all twenty', async () => {
    await times(20, () => itty('ITTY_COUNTER', 'waiting').addAfterWaiting(1))
    await times(20, () => native('waiting').addAfterWaiting(1))

    const left = { itty: await itty('ITTY_COUNTER', 'waiting').add(0), native: await native('waiting').add(0) }
    expect(left.native).toBe(20)
    expect(left.itty).toBeLessThan(20)
  })

  it('hydrates once per first call, so that calls at once overwrite each other; native hydrates once', async () => {
    await times(5, () => itty('ITTY_HYDRATING_COUNTER', 'first-calls').add(1))
    await times(5, () => native('first-calls').addAfterHydrating(1))

    const left = {
      itty: await itty('ITTY_HYDRATING_COUNTER', 'first-calls').add(0),
      native: await native('first-calls').add(0),
    }
    expect(left.native).toBe(45)
    expect(left.itty).toBeLessThan(45)
  })

  it('lets whoever reaches the object call every method, those of the library too', async () => {
    const stub = itty('ITTY_COUNTER', 'no-private')
    await stub.add(3)
    const answer = await namespace('ITTY_COUNTER')
      .getByName('no-private')
      .fetch('https://object/do/call/destroy', { headers: { 'do-content': '[{"reset":true}]' } })

    expect(answer.status).toBe(204)
    await expect(stub.add(0)).resolves.toBe(0)
  })
})

describe('why itty-durable fits the presence of a desktop and a phone', () => {
  it('shows each device the other while both tell of themselves', async () => {
    const room = itty('ITTY_PRESENCE', 'both')
    await room.heartbeat('desktop', 1, 1_000)

    await expect(room.heartbeat('phone', 2, 2_000)).resolves.toEqual({
      present: ['desktop', 'phone'],
      furthest_step: 2,
    })
    await expect(room.heartbeat('desktop', 1, 3_000)).resolves.toEqual({
      present: ['desktop', 'phone'],
      furthest_step: 2,
    })
  })

  it('forgets a device that has gone quiet', async () => {
    const room = itty('ITTY_PRESENCE', 'quiet')
    await room.heartbeat('phone', 2, 1_000)

    await expect(room.heartbeat('desktop', 1, 12_000)).resolves.toEqual({ present: ['desktop'], furthest_step: 1 })
  })

  it('writes nothing to storage', async () => {
    await itty('ITTY_PRESENCE', 'memory').heartbeat('desktop', 1, 1_000)

    const entries = await runInDurableObject(namespace('ITTY_PRESENCE').getByName('memory'), async (_, state) => [
      ...(await state.storage.list()),
    ])
    expect(entries).toEqual([])
  })

  it('is whole again one heartbeat of each device after an eviction', async () => {
    const room = itty('ITTY_PRESENCE', 'evicted')
    await room.heartbeat('desktop', 1, 1_000)
    await room.heartbeat('phone', 2, 1_500)
    await evictDurableObject(namespace('ITTY_PRESENCE').getByName('evicted'))

    await expect(room.heartbeat('desktop', 1, 4_000)).resolves.toEqual({ present: ['desktop'], furthest_step: 1 })
    await expect(room.heartbeat('phone', 2, 4_500)).resolves.toEqual({
      present: ['desktop', 'phone'],
      furthest_step: 2,
    })
  })

  it('ends the same whatever order many heartbeats at once come in, since none reads before it writes', async () => {
    const room = itty('ITTY_PRESENCE', 'many')
    await Promise.all(
      Array.from({ length: 40 }, (_, index) => room.heartbeat(index % 2 === 0 ? 'desktop' : 'phone', 3, 1_000 + index)),
    )

    await expect(room.heartbeat('desktop', 3, 2_000)).resolves.toEqual({
      present: ['desktop', 'phone'],
      furthest_step: 3,
    })
  })
})
