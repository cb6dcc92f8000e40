// The PNG decoder of @jsquash/png without its own glue, which keeps one instance for good: a memory that only grows, and
// an instance that a damaged file has left half way.

import { memoryOf } from '../wasm-memory.ts'
import type { Decoded } from './decode.ts'

/** Throws for a file that the decoder refuses. */
export function decodePng(bytes: Uint8Array, module: WebAssembly.Module): Decoded | null {
  const made: { pixels?: { width: number; height: number; data: Uint8ClampedArray } } = {}
  const own: WebAssembly.ModuleImports = {}
  for (const { name } of WebAssembly.Module.imports(module)) own[name] = refuse
  const handOver = Object.keys(own).find((name) => name.includes('newwithownedu8clampedarray'))
  const memory = (): ArrayBuffer => memoryOf(instance).buffer
  if (handOver !== undefined)
    own[handOver] = (start: number, length: number, width: number, height: number): number => {
      made.pixels = { width, height, data: new Uint8ClampedArray(memory().slice(start, start + length)) }
      return 1
    }
  const instance = new WebAssembly.Instance(module, { wbg: own })
  const [allocate, decode] = [functionOf(instance, '__wbindgen_malloc'), functionOf(instance, 'decode')]
  const start = Number(allocate(bytes.length, 1)) >>> 0
  new Uint8Array(memory()).set(bytes, start)
  decode(start, bytes.length)
  return made.pixels === undefined ? null : { image: made.pixels, wasmBytes: memory().byteLength }
}

function refuse(): never {
  throw new Error('the PNG decoder gave up')
}

function functionOf(instance: WebAssembly.Instance, name: string): (...args: number[]) => unknown {
  const found = instance.exports[name]
  if (typeof found !== 'function') throw new Error(`the module exports no ${name}`)
  return (...args) => found(...args)
}
