// Why a file is not taken, in words for the person who sent it: what it is, and what to send in its place. The limits stand
// here with their reasons; which file breaks which is found beside.

export const MAX_SIDE_PIXELS = 16_384
/** The largest photos of telephones have 50 megapixels; decoded, each costs four bytes. */
export const MAX_PIXELS = 60_000_000
/** A long statement has some tens of pages. */
export const MAX_PAGES = 200
/** What the compressed parts of a PDF may unpack to, all together: ten pages scanned in grey at 300 dpi are 87 MB. */
export const MAX_INFLATED_BYTES = 128 * 1024 * 1024
/** Passes that a progressive JPEG may have: cameras write about ten; each one costs a decoder the whole picture again. */
export const MAX_JPEG_SCANS = 64
/** Descriptions and colour profiles, which decoders unpack on the side. */
export const MAX_PNG_TEXT_BYTES = 1024 * 1024
/** The directory of a HEIC file; a few KiB in practice. */
export const MAX_HEIC_META_BYTES = 256 * 1024

export const PROBLEM_CODES = [
  'unreadable',
  'too_many_pixels',
  'too_many_pages',
  'moving_picture',
  'encrypted',
  'active_content',
  'two_files_in_one',
  'unpacks_too_large',
] as const
export type ProblemCode = (typeof PROBLEM_CODES)[number]
export type FileProblem = { code: ProblemCode; message: string }

const WORDS: Readonly<Record<ProblemCode, string>> = {
  unreadable:
    'The file is damaged or was not sent to its end. Take the picture or save the document again and upload that.',
  too_many_pixels: `The picture is too large: at most ${MAX_PIXELS / 1_000_000} megapixels and ${MAX_SIDE_PIXELS} pixels a side. Send a smaller one.`,
  too_many_pages: `The document has more than ${MAX_PAGES} pages. Send only the pages that were asked for.`,
  moving_picture: 'This is a moving picture. Send a still one.',
  encrypted: 'The PDF is protected by a password. Save it without one, or print it to a new PDF, and upload that.',
  active_content: 'The PDF holds programs. Print it to a new PDF and upload that, or send a picture of it.',
  two_files_in_one:
    'There is a second file hidden in this one. Save it anew as a plain picture or PDF and upload that.',
  unpacks_too_large: 'The PDF unpacks to far more than its size. Print it to a new PDF and upload that.',
}

export const problem = (code: ProblemCode): FileProblem => ({ code, message: WORDS[code] })

export const pixelProblem = (width: number, height: number): FileProblem | null => {
  if (width < 1 || height < 1) return problem('unreadable')
  const isTooLarge = width > MAX_SIDE_PIXELS || height > MAX_SIDE_PIXELS || width * height > MAX_PIXELS
  return isTooLarge ? problem('too_many_pixels') : null
}

/** Pixels of a picture, pages of a document; what is found until the first problem. */
export type FileFacts = { width: number | null; height: number | null; pages: number | null }
export type Findings = { facts: FileFacts; problem: FileProblem | null }

export const NO_FACTS: FileFacts = { width: null, height: null, pages: null }
export const broken = (code: ProblemCode, facts: FileFacts = NO_FACTS): Findings => ({ facts, problem: problem(code) })
