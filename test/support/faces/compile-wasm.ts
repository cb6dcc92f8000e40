import { readFileSync } from 'node:fs'

/** In Node a module may be compiled; the types of Workers know it only as something imported. */
export function compileWasm(path: string): WebAssembly.Module {
  const Module: unknown = WebAssembly.Module
  return new (Module as new (bytes: Uint8Array) => WebAssembly.Module)(readFileSync(path))
}
