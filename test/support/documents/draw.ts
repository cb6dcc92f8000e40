import { existsSync, readFileSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { openBrowser } from '../browser.ts'
import type { Sheet } from './templates.ts'

// Draws documents in headless Chromium and makes of each what a telephone might have sent.

/** Debian's fonts-ocr-b. An MRZ in another font is no MRZ: who draws must ask for it. */
const OCR_B = '/usr/share/fonts/opentype/ocr-b/OCRB.otf'
export const HAS_OCR_B = existsSync(OCR_B)

export const STATES = [
  'clean',
  'noise',
  'blur',
  'light',
  'perspective',
  'lean +25°',
  'lean -25°',
  'upside down',
  'sideways',
  'EXIF',
  '442 px wide',
] as const
export type State = (typeof STATES)[number]

export type Artist = {
  draw(sheet: Sheet, state: State, quality?: number): Promise<Uint8Array>
  stop(): Promise<void>
}

export async function startArtist(): Promise<Artist> {
  const browser = await openBrowser()
  const page = await browser.newPage()
  const font = readFileSync(OCR_B).toString('base64')
  const studio = await browser.newPage()
  await studio.setContent('<canvas></canvas>')
  return {
    draw: async ({ html, width, height }, state, quality = 0.85) => {
      await page.setViewportSize({ width, height })
      await page.setContent(
        `<style>@font-face{font-family:"OCR B";src:url(data:font/otf;base64,${font})}body{margin:0}</style>${html}`,
      )
      await page.evaluate('document.fonts.ready')
      const clean = await page.screenshot({ type: 'png' })
      if (state === 'clean') return clean
      const jpeg = await degrade(studio, clean, state, quality)
      return state === 'EXIF' ? withOrientation(jpeg, 6) : jpeg
    },
    stop: () => browser.close(),
  }
}

async function degrade(studio: Page, png: Uint8Array, state: State, quality: number): Promise<Uint8Array> {
  const wish = { picture: Buffer.from(png).toString('base64'), state, quality }
  const answer: string = await studio.evaluate(`(${DEGRADE})(${JSON.stringify(wish)})`)
  return new Uint8Array(Buffer.from(answer, 'base64'))
}

/** Runs in the page; a text, since this project's types know no canvas. */
const DEGRADE = `async ({ picture, state, quality }) => {
  const image = new Image()
  image.src = 'data:image/png;base64,' + picture
  await image.decode()
  const [width, height] = [image.naturalWidth, image.naturalHeight]
  const turns = { 'lean +25°': 25, 'lean -25°': -25, 'upside down': 180, sideways: 90, EXIF: -90 }
  const angle = ((turns[state] ?? 0) * Math.PI) / 180
  const scale = state === '442 px wide' ? 442 / width : 1
  const margin = state.startsWith('lean') || state === 'perspective' ? 40 : 0
  const [cos, sin] = [Math.abs(Math.cos(angle)), Math.abs(Math.sin(angle))]
  const canvas = document.querySelector('canvas')
  canvas.width = Math.round((width * cos + height * sin) * scale) + 2 * margin
  canvas.height = Math.round((width * sin + height * cos) * scale) + 2 * margin
  const context = canvas.getContext('2d', { willReadFrequently: true })
  context.imageSmoothingQuality = 'high'
  context.fillStyle = '#4a4038'
  context.fillRect(0, 0, canvas.width, canvas.height)
  if (state === 'blur') context.filter = 'blur(1.4px)'
  if (state === 'perspective') {
    // The right side is further away: each column a little smaller than the one before.
    for (let x = 0; x < width; x += 1) {
      const shrink = 1 - (x / width) * 0.12
      context.drawImage(image, x, 0, 1, height, margin + x * 0.97, margin + (height * (1 - shrink)) / 2 + x * 0.03, 1.5, height * shrink)
    }
  } else {
    context.translate(canvas.width / 2, canvas.height / 2)
    context.rotate(angle)
    context.drawImage(image, (-width * scale) / 2, (-height * scale) / 2, width * scale, height * scale)
    context.setTransform(1, 0, 0, 1, 0, 0)
  }
  context.filter = 'none'
  if (state === 'light') {
    const slope = context.createLinearGradient(0, 0, canvas.width, canvas.height)
    slope.addColorStop(0, '#ffffff')
    slope.addColorStop(1, '#5a5a5a')
    context.globalCompositeOperation = 'multiply'
    context.fillStyle = slope
    context.fillRect(0, 0, canvas.width, canvas.height)
    context.globalCompositeOperation = 'source-over'
  }
  if (state === 'noise') {
    const pixels = context.getImageData(0, 0, canvas.width, canvas.height)
    let seed = 12345
    for (let at = 0; at < pixels.data.length; at += 4) {
      seed = (Math.imul(seed, 1103515245) + 12345) >>> 0
      const shift = ((seed >>> 16) % 71) - 35
      for (let channel = 0; channel < 3; channel += 1) pixels.data[at + channel] += shift
    }
    context.putImageData(pixels, 0, 0)
  }
  const blob = await new Promise((done) => canvas.toBlob(done, 'image/jpeg', state === 'noise' ? 0.6 : quality))
  const bytes = new Uint8Array(await blob.arrayBuffer())
  let text = ''
  for (let at = 0; at < bytes.length; at += 8192) text += String.fromCharCode(...bytes.subarray(at, at + 8192))
  return btoa(text)
}`

/** EXIF with one entry: 6 says that the picture is to be turned a quarter clockwise to be seen upright. */
export function withOrientation(jpeg: Uint8Array, orientation: number): Uint8Array {
  const tiff = [0x4d, 0x4d, 0, 42, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0, 0, 0, 0, 0]
  const body = [...new TextEncoder().encode('Exif'), 0, 0, ...tiff]
  const length = body.length + 2
  return Uint8Array.from([0xff, 0xd8, 0xff, 0xe1, length >> 8, length & 0xff, ...body, ...jpeg.subarray(2)])
}
