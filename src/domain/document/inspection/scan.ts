// Runs a format's walk over bytes that come in pieces. A walk is a generator that asks for the next bytes, or skips some; it
// never sees more than it asked for, so a file costs the memory of its largest ask, however it is cut.

export type Ask = { read: number } | { skip: number } | { skipTo: number }
/** Null: the file ends before. For `skip` and `skipTo` an empty array says that it was done. */
export type Walk<T> = Generator<Ask, T, Uint8Array | null>

const NOTHING: Uint8Array = new Uint8Array()

export class Scan<T> {
  readonly #walk: Walk<T>
  #ask: Ask | null
  #kept = NOTHING
  #skipLeft = 0
  #result: T | null = null

  constructor(walk: Walk<T>) {
    this.#walk = walk
    this.#ask = null
    this.#advance(walk.next())
  }

  /** The walk came to its end; what follows is not its matter. */
  get result(): T | null {
    return this.#result
  }

  /** How many bytes of the chunk the walk took: all, unless it came to its end within. */
  push(chunk: Uint8Array): number {
    let at = 0
    while (this.#ask !== null && at < chunk.length) at += this.#take(this.#ask, chunk, at)
    return at
  }

  finish(): T {
    while (this.#result === null) this.#advance(this.#walk.next(null))
    return this.#result
  }

  #take(ask: Ask, chunk: Uint8Array, at: number): number {
    if ('read' in ask) {
      const part = chunk.subarray(at, at + ask.read - this.#kept.length)
      const kept = joined(this.#kept, part)
      if (kept.length < ask.read) this.#kept = kept
      else this.#answer(kept)
      return part.length
    }
    if ('skip' in ask) {
      const count = Math.min(this.#skipLeft, chunk.length - at)
      this.#skipLeft -= count
      if (this.#skipLeft === 0) this.#answer(NOTHING)
      return count
    }
    const found = chunk.indexOf(ask.skipTo, at)
    if (found === -1) return chunk.length - at
    this.#answer(NOTHING)
    return found + 1 - at
  }

  #answer(bytes: Uint8Array): void {
    this.#kept = NOTHING
    this.#advance(this.#walk.next(bytes))
  }

  #advance(step: IteratorResult<Ask, T>): void {
    let next = step
    // Asks for nothing are answered at once.
    while (next.done !== true && isForNothing(next.value)) next = this.#walk.next(NOTHING)
    if (next.done === true) {
      this.#result = next.value
      this.#ask = null
    } else {
      this.#ask = next.value
      this.#skipLeft = 'skip' in next.value ? next.value.skip : 0
    }
  }
}

const isForNothing = (ask: Ask): boolean => ('read' in ask && ask.read <= 0) || ('skip' in ask && ask.skip <= 0)

function joined(kept: Uint8Array, part: Uint8Array): Uint8Array {
  const both = new Uint8Array(kept.length + part.length)
  both.set(kept)
  both.set(part, kept.length)
  return both
}

export function* read(count: number): Walk<Uint8Array | null> {
  return yield { read: count }
}
export function* skip(count: number): Walk<boolean> {
  return (yield { skip: count }) !== null
}
/** Behind the next byte of this value. */
export function* skipTo(byte: number): Walk<boolean> {
  return (yield { skipTo: byte }) !== null
}

export const asciiOf = (bytes: Uint8Array, from: number, length: number): string =>
  String.fromCharCode(...bytes.subarray(from, from + length))
export const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
