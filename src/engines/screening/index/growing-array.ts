// Typed arrays and texts that grow while an index is built.

const FIRST_CAPACITY = 1 << 14

type Typed = Uint8Array<ArrayBuffer> | Uint16Array<ArrayBuffer> | Uint32Array<ArrayBuffer> | Float32Array<ArrayBuffer>

export class GrowingArray<A extends Typed> {
  #make: (length: number) => A
  #items: A
  length = 0

  constructor(make: (length: number) => A) {
    this.#make = make
    this.#items = make(FIRST_CAPACITY)
  }

  push(item: number): void {
    this.#reserve(1)
    this.#items[this.length] = item
    this.length += 1
  }

  append(items: A): void {
    this.#reserve(items.length)
    this.#items.set(items, this.length)
    this.length += items.length
  }

  /** A view, valid until the next push. */
  get view(): A {
    return this.#items.subarray(0, this.length) as A
  }

  #reserve(count: number): void {
    if (this.length + count <= this.#items.length) return
    const grown = this.#make(Math.max(this.length + count, Math.ceil(this.#items.length * 1.5)))
    grown.set(this.#items)
    this.#items = grown
  }
}

export const growingBytes = () => new GrowingArray((length) => new Uint8Array(length))
export const growingShorts = () => new GrowingArray((length) => new Uint16Array(length))
export const growingInts = () => new GrowingArray((length) => new Uint32Array(length))
export const growingFloats = () => new GrowingArray((length) => new Float32Array(length))

/** Texts one after the other in UTF-8, with where each starts. */
export class TextStore {
  readonly bytes = growingBytes()
  readonly starts = growingInts()
  readonly #encoder = new TextEncoder()

  push(text: string): void {
    this.starts.push(this.bytes.length)
    this.bytes.append(new Uint8Array(this.#encoder.encode(text)))
  }
}
