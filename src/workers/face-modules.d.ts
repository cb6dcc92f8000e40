// What a bundle makes of these imports: the compiled module.

declare module '@jsquash/jpeg/codec/dec/mozjpeg_dec.wasm' {
  const module: WebAssembly.Module
  export default module
}

declare module '@jsquash/png/codec/pkg/squoosh_png_bg.wasm' {
  const module: WebAssembly.Module
  export default module
}

declare module '@jsquash/webp/codec/dec/webp_dec.wasm' {
  const module: WebAssembly.Module
  export default module
}

declare module '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm' {
  const module: WebAssembly.Module
  export default module
}
