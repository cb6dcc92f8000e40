/**
 * A copy of a text that was cut out of a chunk of a file. V8 keeps the whole chunk alive for a slice of it: a list of
 * 100 MB would stay in memory for its names.
 */
export const detached = (text: string): string => (text.length < SLICED_FROM_CHARS ? text : ` ${text}`.slice(1))

/** Shorter slices are copies already (V8's `SlicedString::kMinLength`). */
const SLICED_FROM_CHARS = 13
