import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { distancesOf } from '../../src/engines/face/face-distance.ts'
import type { FaceVector } from '../../src/engines/face/face-distance.ts'
import { decisionOf, similarityOf } from '../../src/engines/face/similarity.ts'
import { asIdCard } from '../../test/support/faces/id-card.ts'
import { decodeJpeg, encodeJpeg } from '../../test/support/faces/jpeg.ts'
import { curveOf, quantile } from './curve.ts'
import { startTarget } from './target.ts'
import type { Answer, Target } from './target.ts'

// npm run bench:faces [-- folder]: every labelled pair of the folder, as photos and with one of the two as a portrait on a
// card. The engine runs in workerd; only the distance of two vectors is taken here, by the same function.

const FOLDER = resolve(process.argv[2] ?? '../shared/data/faces')
const CARD_QUALITY = 45
const MAX_WASM_BYTES = 48 * 1024 * 1024
const MAX_FACE_CPU_MS = 400
const LEAST_MATCHED = 0.98

type Pair = { left: string; right: string; isSame: boolean }
type Measured = Pair & { distance: number; dlib: number; arcface: number }
type Look = { bytes: Uint8Array; answer: Answer }

if (!existsSync(join(FOLDER, 'pairs.csv'))) {
  console.log(`Skipped: ${FOLDER} holds no pairs.csv.`)
  process.exit(0)
}
const pairs = readFileSync(join(FOLDER, 'pairs.csv'), 'utf8')
  .trim()
  .split('\n')
  .slice(1)
  .map((line): Pair => {
    const [left = '', right = '', label = ''] = line.trim().split(',')
    return { left, right, isSame: label.toLowerCase() === 'true' }
  })
const names = [...new Set(pairs.flatMap(({ left, right }) => [left, right]))]

const problems: string[] = []
const target = await startTarget()
try {
  const photos = await looks(target, async (name) => new Uint8Array(readFileSync(join(FOLDER, name))))
  const cards = await looks(target, async (name, index) => cardOf(photos.get(name), index))
  describeLooks('photos', [...photos.values()])
  describeLooks('cards', [...cards.values()])
  const clean = report('photo × photo', measure(pairs, photos, photos))
  const onCards = report('card × photo, both ways', [
    ...measure(pairs, cards, photos),
    ...measure(
      pairs.map(({ left, right, isSame }) => ({ left: right, right: left, isSame })),
      cards,
      photos,
    ),
  ])
  if (clean.falseMatches + onCards.falseMatches > 0) problems.push('two people were taken for one')
  if (clean.matched < LEAST_MATCHED) problems.push(`only ${percent(clean.matched)} of one person's photos matched`)
  if (onCards.matchedOrReview < LEAST_MATCHED)
    problems.push(`${percent(1 - onCards.matchedOrReview)} of cards were refused`)
} finally {
  await target.stop()
}
for (const problem of problems) console.error(`✗ ${problem}`)
process.exitCode = problems.length === 0 ? 0 : 1

async function looks(
  { look }: Target,
  bytesOf: (name: string, index: number) => Promise<Uint8Array>,
): Promise<Map<string, Look>> {
  const found = new Map<string, Look>()
  for (const [index, name] of names.entries()) {
    const bytes = await bytesOf(name, index)
    found.set(name, { bytes, answer: await look(bytes) })
  }
  return found
}

async function cardOf(photo: Look | undefined, index: number): Promise<Uint8Array> {
  const face = photo?.answer.faces[0]
  if (photo === undefined || face === undefined) throw new Error('a photo shows no face')
  const image = await decodeJpeg(photo.bytes)
  const scale = image.width / photo.answer.width
  const box = {
    x: face.box.x * scale,
    y: face.box.y * scale,
    width: face.box.width * scale,
    height: face.box.height * scale,
  }
  return encodeJpeg(asIdCard(image, box, index + 1), CARD_QUALITY)
}

function vectorOf(look: Look | undefined): FaceVector | null {
  return look?.answer.faces.find(({ vector }) => vector !== null)?.vector ?? null
}

/** A pair without a reliable face on either side is as far apart as can be: it is a review and never a match. */
function measure(wanted: readonly Pair[], lefts: Map<string, Look>, rights: Map<string, Look>): Measured[] {
  return wanted.map((pair) => {
    const [left, right] = [vectorOf(lefts.get(pair.left)), vectorOf(rights.get(pair.right))]
    if (left === null || right === null) {
      console.log(`no reliable face in ${pair.left} or ${pair.right}`)
      return { ...pair, distance: Infinity, dlib: Infinity, arcface: Infinity }
    }
    const { fused, dlib, arcface } = distancesOf(left, right)
    return { ...pair, distance: fused, dlib, arcface }
  })
}

function describeLooks(title: string, all: readonly Look[]): void {
  const cpu = all.slice(1).map(({ answer }) => answer.cpuMs)
  const wasm = Math.max(...all.map(({ answer }) => answer.memory.wasmBytes))
  const tensors = new Set(all.map(({ answer }) => answer.memory.tensors))
  const reliable = all.filter((one) => vectorOf(one) !== null).length
  console.log(
    `${title}: ${all.length}, ${reliable} with a reliable face; CPU a picture: first ${all[0]?.answer.cpuMs} ms, ` +
      `then median ${quantile(cpu, 0.5)} ms, 95 % ${quantile(cpu, 0.95)} ms; ` +
      `WebAssembly ${(wasm / 1024 / 1024).toFixed(1)} MB, tensors kept ${[...tensors].join(', ')}`,
  )
  if (wasm > MAX_WASM_BYTES) problems.push(`${title}: more memory than ${MAX_WASM_BYTES} bytes`)
  if (tensors.size > 1) problems.push(`${title}: tensors leak`)
  if (quantile(cpu, 0.5) > MAX_FACE_CPU_MS) problems.push(`${title}: more than ${MAX_FACE_CPU_MS} ms a picture`)
}

function report(title: string, measured: readonly Measured[]) {
  const same = measured.filter(({ isSame }) => isSame)
  const different = measured.filter(({ isSame }) => !isSame)
  const decided = (list: readonly Measured[], decision: string): number =>
    list.filter(({ distance }) => decisionOf(similarityOf(distance)) === decision).length
  const [matched, reviewed] = [decided(same, 'match'), decided(same, 'review')]
  const falseMatches = decided(different, 'match')
  console.log(`\n${title}: ${same.length} of one person, ${different.length} of two`)
  console.log(`  one person: ${matched} match, ${reviewed} review, ${same.length - matched - reviewed} no match`)
  console.log(`  two people: ${falseMatches} match, ${decided(different, 'review')} review, the rest no match`)
  for (const by of ['distance', 'arcface', 'dlib'] as const) {
    const ofSame = same.map((one) => one[by])
    const ofDifferent = different.map((one) => one[by])
    const { equalError, at } = curveOf(ofSame, ofDifferent)
    console.log(
      `  ${by.padEnd(8)} one ≤ ${Math.max(...ofSame).toFixed(3)} (median ${quantile(ofSame, 0.5).toFixed(3)}), ` +
        `two ≥ ${Math.min(...ofDifferent).toFixed(3)} (median ${quantile(ofDifferent, 0.5).toFixed(3)}); equal error ${percent(equalError)} at ${at.toFixed(3)}`,
    )
  }
  const hardest = same.toSorted((a, b) => b.distance - a.distance).slice(0, 3)
  console.log(
    `  hardest of one: ${hardest.map(({ left, right, distance }) => `${left} ${right} ${distance.toFixed(3)}`).join(', ')}`,
  )
  return { falseMatches, matched: matched / same.length, matchedOrReview: (matched + reviewed) / same.length }
}

function percent(part: number): string {
  return `${(part * 100).toFixed(2)} %`
}
