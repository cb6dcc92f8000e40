import { randomBytes } from 'node:crypto'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { zlibSync } from 'fflate'
import { FileInspection } from '../src/domain/document/inspection/inspect-file.ts'
import { MAX_FILE_BYTES } from '../src/domain/document/document.ts'
import { jpegOf, pdfOf, pdfPages, pdfStream, pngChunk, pngOf } from '../test/support/fixtures/files.ts'

// What a look at an upload costs: time a file of the largest size, bombs, and, with folders as arguments, real files, of which
// each refusal is printed. In Node; the code is pure and the same in workerd.

const CHUNK = 64 * 1024
const RUNS = 3

const noise = (size: number): Uint8Array => randomBytes(size)
const packed = (data: Uint8Array): Uint8Array => pdfStream('/Filter /FlateDecode', zlibSync(data))

const FILES: readonly [string, Uint8Array][] = [
  ['JPEG of 15 MiB', jpegOf({ size: MAX_FILE_BYTES })],
  ['PNG of 15 MiB', pngOf(4_000, 4_000, pngChunk('IDAT', noise(MAX_FILE_BYTES - 1_000)))],
  ['PDF of 15 MiB, raw streams', pdfOf(pdfPages(5), pdfStream('/Filter /DCTDecode', noise(MAX_FILE_BYTES - 5_000)))],
  ['PDF of 14 MiB, packed noise', pdfOf(pdfPages(5), packed(noise(14 * 1024 * 1024)))],
  ['PDF that unpacks to 100 MiB', pdfOf(pdfPages(5), packed(new Uint8Array(100 * 1024 * 1024)))],
  [
    'PDF bomb: 1 GiB in 1 MB',
    pdfOf(pdfPages(1), ...Array.from({ length: 8 }, () => packed(new Uint8Array(128 * 1024 * 1024)))),
  ],
]

for (const [name, file] of FILES) {
  let best = Number.POSITIVE_INFINITY
  let verdict = ''
  for (let run = 0; run < RUNS; run += 1) {
    const start = performance.now()
    const { problem } = look(file)
    best = Math.min(best, performance.now() - start)
    verdict = problem?.code ?? 'taken'
  }
  console.log(
    `${name.padEnd(32)} ${(file.length / 1024).toFixed(0).padStart(7)} KiB ${best.toFixed(0).padStart(6)} ms  ${verdict}`,
  )
}
for (const folder of process.argv.slice(2)) lookAtAll(folder)

function lookAtAll(folder: string): void {
  const counts: Record<string, number> = {}
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    const path = join(folder, name)
    if (!statSync(path).isFile()) continue
    const { mime_type, problem } = look(new Uint8Array(readFileSync(path)))
    const verdict = mime_type === null ? 'no type' : (problem?.code ?? 'taken')
    counts[verdict] = (counts[verdict] ?? 0) + 1
    if (verdict !== 'taken' && mime_type !== null) console.log(`  ${name}: ${verdict}`)
  }
  console.log(`${folder}: ${JSON.stringify(counts)}`)
}

function look(file: Uint8Array): ReturnType<FileInspection['finish']> {
  const inspection = new FileInspection()
  for (let at = 0; at < file.length; at += CHUNK) inspection.push(file.subarray(at, at + CHUNK))
  return inspection.finish()
}
