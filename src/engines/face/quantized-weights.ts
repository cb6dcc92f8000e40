// Weights as face-api.js stores them: a manifest that names tensors one after another, and a file of their values, most of
// them one byte each with `value = byte · scale + min`.

export type WeightEntry = { shape: readonly number[]; at: number; quantization: { scale: number; min: number } | null }

/** By name; values are read out only when a layer asks, since as floats they are four times as large. */
export class QuantizedWeights {
  readonly #bytes: Uint8Array
  readonly #entries = new Map<string, WeightEntry>()

  constructor(manifest: Uint8Array, bytes: Uint8Array) {
    this.#bytes = bytes
    let at = 0
    for (const { name, shape, quantization } of parseManifest(manifest)) {
      this.#entries.set(name, { shape, at, quantization })
      at += sizeOf(shape) * (quantization === null ? 4 : 1)
    }
    if (at !== bytes.length) throw new Error(`the weights hold ${bytes.length} bytes, the manifest names ${at}`)
  }

  shape(name: string): readonly number[] {
    return this.#entry(name).shape
  }

  has(name: string): boolean {
    return this.#entries.has(name)
  }

  values(name: string): Float32Array {
    const { shape, at, quantization } = this.#entry(name)
    const size = sizeOf(shape)
    if (quantization === null) {
      const view = new DataView(this.#bytes.buffer, this.#bytes.byteOffset + at, size * 4)
      return Float32Array.from({ length: size }, (_, index) => view.getFloat32(index * 4, true))
    }
    const { scale, min } = quantization
    const values = new Float32Array(size)
    for (let index = 0; index < size; index += 1) values[index] = (this.#bytes[at + index] ?? 0) * scale + min
    return values
  }

  #entry(name: string): WeightEntry {
    const entry = this.#entries.get(name)
    if (entry === undefined) throw new Error(`the manifest names no ${name}`)
    return entry
  }
}

const sizeOf = (shape: readonly number[]): number => shape.reduce((product, side) => product * side, 1)

type Named = { name: string; shape: number[]; quantization: { scale: number; min: number } | null }

function parseManifest(manifest: Uint8Array): Named[] {
  type Raw = {
    name: string
    shape: number[]
    dtype: string
    quantization?: { dtype: string; scale: number; min: number }
  }
  const groups: { weights: Raw[] }[] = JSON.parse(new TextDecoder().decode(manifest))
  return groups.flatMap(({ weights }) =>
    weights.map(({ name, shape, dtype, quantization }) => {
      if (dtype !== 'float32' || (quantization !== undefined && quantization.dtype !== 'uint8')) {
        throw new Error(`${name} is stored in a way that is not known`)
      }
      return { name, shape, quantization: quantization ?? null }
    }),
  )
}
