import { describe, expect, it } from 'vitest'
import { contentsOf } from '../../../../src/engines/extraction/image/contents.ts'
import type { Gray } from '../../../../src/engines/extraction/image/gray.ts'
import { resize, shrink, toGray, turn } from '../../../../src/engines/extraction/image/gray.ts'
import { leanOf } from '../../../../src/engines/extraction/image/lean.ts'
import { sharpen } from '../../../../src/engines/extraction/image/sharpen.ts'
import { blurOf, glareOf } from '../../../../src/engines/extraction/image/quality.ts'
import { linesOfTsv } from '../../../../src/engines/extraction/ocr/text-lines.ts'
import { linesOfItems } from '../../../../src/engines/extraction/pdf/text-layer.ts'
import { boundMemory } from '../../../../src/engines/extraction/wasm-memory.ts'

const picture = (width: number, height: number, value: (x: number, y: number) => number): Gray => ({
  width,
  height,
  data: Uint8Array.from({ length: width * height }, (_, at) => value(at % width, Math.floor(at / width))),
})

/** Rows of ink as text has them, leaning by so many degrees clockwise. */
const rows = (degrees: number): Gray => {
  const slope = Math.tan((degrees * Math.PI) / 180)
  return picture(600, 400, (x, y) => {
    const level = y - x * slope
    const isInk = ((level % 24) + 24) % 24 < 8 && x % 16 < 11
    return isInk ? 30 : 220
  })
}

describe('a picture for OCR', () => {
  it('is grey, white where it was transparent', () => {
    const data = Uint8ClampedArray.of(255, 0, 0, 255, 0, 0, 0, 0, 255, 255, 255, 255)
    expect([...toGray({ width: 3, height: 1, data }).data]).toEqual([76, 255, 255])
  })

  it('is made smaller by averages, and never larger', () => {
    const board = picture(100, 60, (x) => (x % 2 === 0 ? 0 : 200))
    const small = shrink(board, 50)
    expect([small.width, small.height]).toEqual([50, 30])
    expect(new Set(small.data)).toEqual(new Set([100]))
    expect(shrink(board, 500)).toBe(board)
    expect([
      ...resize(
        picture(2, 1, (x) => x * 100),
        4,
        1,
      ).data,
    ]).toEqual([0, 25, 75, 100])
  })

  it('is turned by quarters, and four of them are none', () => {
    const arrow = picture(3, 2, (x, y) => y * 3 + x)
    expect([...turn(arrow, 1).data]).toEqual([3, 0, 4, 1, 5, 2])
    expect([...turn(arrow, 2).data]).toEqual([5, 4, 3, 2, 1, 0])
    expect(turn(turn(arrow, 1), 3)).toEqual(arrow)
    expect(turn(turn(turn(turn(arrow, 1), 1), 1), 1)).toEqual(arrow)
  })

  it.each([-27, -12, -3, 0, 4, 18, 29])('leaning by %i° is found to', (degrees) => {
    expect((-leanOf(rows(degrees)) * 180) / Math.PI).toBeCloseTo(degrees, 0)
  })

  it('with nothing on it leans nowhere', () => {
    expect(leanOf(picture(300, 200, () => 200))).toBe(0)
  })
})

describe('a blurred picture', () => {
  it('is made sharper', () => {
    const blurred = resize(resize(rows(0), 150, 100), 600, 400)
    expect(blurOf(sharpen(blurred))).toBeLessThan(blurOf(blurred))
  })
})

describe('what is on a picture', () => {
  it('is nothing, noise, or something to be read', () => {
    let state = 1
    const noise = picture(200, 200, () => (state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0) >>> 24)
    expect(contentsOf(picture(200, 200, () => 200))).toBe('blank')
    expect(contentsOf(noise)).toBe('noise')
    expect(contentsOf(resize(rows(3), 400, 300))).toBe('page')
  })
})

describe('the quality of a picture', () => {
  it('is blurred when another blur would change little', () => {
    const sharp = rows(0)
    const small = resize(sharp, 60, 40)
    const blurred = resize(small, 600, 400)
    expect(blurOf(blurred)).toBeGreaterThan(blurOf(sharp) + 0.2)
    expect(blurOf(picture(50, 50, () => 7))).toBe(0)
  })

  it('has glare where light washes a part out, and none on white paper', () => {
    const card = picture(320, 320, (x, y) => (x < 96 && y < 96 ? 255 : 120))
    expect(glareOf(card)).toBeCloseTo(0.09, 2)
    expect(glareOf(picture(320, 320, () => 255))).toBe(0)
  })
})

describe('lines of text', () => {
  it('are put together from the words of OCR', () => {
    const row = (line: number, word: number, left: number, confidence: number, text: string) =>
      `5\t1\t1\t1\t${line}\t${word}\t${left}\t10\t40\t12\t${confidence}\t${text}`
    const lines = linesOfTsv(
      [
        row(1, 1, 0, 96, 'Anna'),
        row(1, 2, 50, 90, 'Maria'),
        row(2, 1, 0, 30, 'x'),
        '4\t1\t1\t1\t1\t0\t0\t0\t9\t9\t-1\t',
      ].join('\n'),
    )
    expect(lines.map((line) => line.text)).toEqual(['Anna Maria', 'x'])
    expect(lines[0]?.box).toEqual({ left: 0, top: 10, right: 90, bottom: 22 })
    expect(lines[0]?.words[1]?.confidence).toBeCloseTo(0.9)
  })

  it('are put together from the pieces of a PDF, whatever their order', () => {
    const item = (str: string, x: number, y: number, width: number) => ({
      str,
      transform: [1, 0, 0, 11, x, y],
      width,
      height: 11,
    })
    const lines = linesOfItems(
      [
        item('second row', 60, 700, 60),
        item('holder:', 103, 716, 34),
        item('Ac', 60, 716, 12),
        item('count', 72.1, 716, 27),
        item(' Anna', 140, 716, 30),
      ],
      842,
    )
    expect(lines.map((line) => line.text)).toEqual(['Account holder: Anna', 'second row'])
  })
})

describe('the memory of an engine', () => {
  it('grows to its bound and no further', () => {
    const memory = new WebAssembly.Memory({ initial: 1 })
    boundMemory(memory, 3 * 65_536)
    expect(memory.grow(2)).toBe(1)
    expect(() => memory.grow(1)).toThrow(RangeError)
    expect(memory.buffer.byteLength).toBe(3 * 65_536)
  })
})
