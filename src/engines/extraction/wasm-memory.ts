// The memory of a WebAssembly instance, and a bound on it: it only grows, and an isolate has 128 MB for everything in it.

export function memoryOf(instance: WebAssembly.Instance): WebAssembly.Memory {
  const memory = Object.values(instance.exports).find((value) => value instanceof WebAssembly.Memory)
  if (memory === undefined) throw new Error('the module exports no memory')
  return memory
}

const PAGE_BYTES = 65_536

/** For Emscripten's modules, which grow through this method: past the bound they are told that there is no more. */
export function boundMemory(memory: WebAssembly.Memory, maxBytes: number): void {
  const grow = memory.grow.bind(memory)
  memory.grow = (pages: number): number => {
    if (memory.buffer.byteLength + pages * PAGE_BYTES > maxBytes) throw new RangeError('out of memory')
    return grow(pages)
  }
}

export type Bounded = { hooks: WasmHooks; wasmBytes(): number }

/** Hands Emscripten a module that is there already (workerd compiles none at run time), silent and bounded. */
export function boundedModule(module: WebAssembly.Module, maxBytes: number): Bounded {
  const held: { memory?: WebAssembly.Memory } = {}
  return {
    hooks: {
      noInitialRun: true,
      print: () => undefined,
      printErr: () => undefined,
      instantiateWasm: (imports, done) => {
        const instance = new WebAssembly.Instance(module, imports)
        held.memory = memoryOf(instance)
        boundMemory(held.memory, maxBytes)
        done(instance)
        return instance.exports
      },
    },
    wasmBytes: () => held.memory?.buffer.byteLength ?? 0,
  }
}
