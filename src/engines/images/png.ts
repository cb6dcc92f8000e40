// The PNG decoder of `@jsquash/png` without its glue, which keeps one instance for ever: a large picture would hold its
// memory, a broken one (the decoder traps) would leave it damaged for the next.

import type { Image } from './image.ts'

type Exports = {
  memory: WebAssembly.Memory
  decode(at: number, length: number): number
  __wbindgen_malloc(bytes: number, align: number): number
  __wbindgen_free(at: number, bytes: number, align: number): void
}

/** The only function of the module's imports that a decoding calls with pixels; the hash behind the name is the build's. */
const TAKES_PIXELS = '__wbg_newwithownedu8clampedarray'

export function decodePng(bytes: Uint8Array, module: WebAssembly.Module): Image | null {
  let image: Image | null = null
  const take = (at: number, length: number, width: number, height: number): number => {
    const data = new Uint8ClampedArray(exports.memory.buffer, at, length).slice()
    exports.__wbindgen_free(at, length, 1)
    image = { width: width >>> 0, height: height >>> 0, data }
    return 0
  }
  const refuse = (): never => {
    throw new Error('the PNG decoder gave up')
  }
  const functions = WebAssembly.Module.imports(module).map(({ name }) => [
    name,
    name.startsWith(TAKES_PIXELS) ? take : refuse,
  ])
  const exports = new WebAssembly.Instance(module, { wbg: Object.fromEntries(functions) }).exports as Exports
  const at = exports.__wbindgen_malloc(bytes.length, 1) >>> 0
  new Uint8Array(exports.memory.buffer).set(bytes, at)
  exports.decode(at, bytes.length)
  return image
}
