// How a module that was compiled elsewhere becomes an instance under Emscripten's glue: a Worker may not compile bytes.

export const instantiateBy =
  (module: WebAssembly.Module) =>
  (imports: WebAssembly.Imports, done: (instance: WebAssembly.Instance) => void): WebAssembly.Exports => {
    const instance = new WebAssembly.Instance(module, imports)
    done(instance)
    return instance.exports
  }
