// What the packages of the engines leave without types: only what is used of them.

declare module '*.wasm' {
  const module: WebAssembly.Module
  export default module
}

// The package describes the exports of this one, where the bundler gives the module.
declare module '*.wasm?module' {
  const module: WebAssembly.Module
  export default module
}

type WasmHooks = {
  noInitialRun?: boolean
  print?: (text: string) => void
  printErr?: (text: string) => void
  instantiateWasm: (imports: WebAssembly.Imports, done: (instance: WebAssembly.Instance) => void) => WebAssembly.Exports
}

declare module '@jsquash/jpeg/codec/dec/mozjpeg_dec.js' {
  type Pixels = { width: number; height: number; data: Uint8ClampedArray }
  const factory: (hooks: WasmHooks) => Promise<{ decode(data: Uint8Array, isTurned: boolean): Pixels | null }>
  export default factory
}

declare module '@jsquash/webp/codec/dec/webp_dec.js' {
  type Pixels = { width: number; height: number; data: Uint8ClampedArray }
  const factory: (hooks: WasmHooks) => Promise<{ decode(data: Uint8Array): Pixels | null }>
  export default factory
}

declare module 'tesseract.js-core/tesseract-core-simd-lstm.js' {
  export type TessBaseAPI = {
    Init(folder: string, model: string, engine: number): number
    SetVariable(name: string, value: string): boolean
    SetPageSegMode(mode: number): void
    SetImageFile(exif: number, angle: number): number
    FindLines(): number
    GetGradient(): number
    Recognize(monitor: null): number
    GetUTF8Text(): string
    GetTSVText(page: number): string
    Clear(): void
    End(): void
  }
  export type TesseractModule = {
    TessBaseAPI: new () => TessBaseAPI
    FS: { writeFile(path: string, data: Uint8Array): void; unlink(path: string): void }
    destroy(api: TessBaseAPI): void
  }
  const factory: (hooks: WasmHooks) => Promise<TesseractModule>
  export default factory
}

declare module '@hyzyla/pdfium/dist/index.esm.browser.js' {
  type Page = {
    getOriginalSize(): { originalWidth: number; originalHeight: number }
    render(options: {
      scale: number
      colorSpace: 'Gray'
      render: 'bitmap'
    }): Promise<{ width: number; height: number; data: Uint8Array }>
  }
  export const PDFiumLibrary: {
    init(hooks: WasmHooks): Promise<{
      loadDocument(bytes: Uint8Array): Promise<{ getPage(index: number): Page; destroy(): void }>
    }>
  }
}
