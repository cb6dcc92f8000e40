import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { overlapOf, withoutOverlaps } from '../../../../src/engines/face/boxes.ts'
import { apply, distance, fitSimilarity, inverse, squareToChip } from '../../../../src/engines/face/geometry.ts'
import { twinOf } from '../../../../src/engines/face/landmark-twins.ts'
import { cutChip, imageOf, mirrored, normalized } from '../../../../src/engines/face/warp.ts'
import type { Image } from '../../../../src/engines/images/image.ts'

const coordinate = fc.double({ min: -500, max: 500, noNaN: true })
const point = fc.record({ x: coordinate, y: coordinate })
const similarity = fc
  .record({
    scale: fc.double({ min: 0.1, max: 5, noNaN: true }),
    angle: fc.double({ min: -3, max: 3, noNaN: true }),
    tx: coordinate,
    ty: coordinate,
  })
  .map(({ scale, angle, tx, ty }) => ({ a: scale * Math.cos(angle), b: scale * Math.sin(angle), tx, ty }))

describe('a similarity', () => {
  it('is found again from the points that it moved', () => {
    fc.assert(
      fc.property(similarity, fc.array(point, { minLength: 3, maxLength: 8 }), (map, points) => {
        fc.pre(points.some((one) => points.some((other) => distance(one, other) > 10)))
        const fitted = fitSimilarity(
          points,
          points.map((one) => apply(map, one)),
        )
        for (const one of points) expect(distance(apply(fitted, one), apply(map, one))).toBeLessThan(1e-6)
      }),
    )
  })

  it('is undone by its inverse', () => {
    fc.assert(
      fc.property(similarity, point, (map, one) => {
        expect(distance(apply(inverse(map), apply(map, one)), one)).toBeLessThan(1e-6)
      }),
    )
  })

  it('takes a turned square of a picture to the whole chip', () => {
    const map = squareToChip({ x: 50, y: 40 }, 20, Math.PI / 2, 112)
    expect(apply(map, { x: 50, y: 40 })).toEqual({ x: 56, y: 56 })
    // What lies below the centre in a face that is turned by a quarter lies to its right when upright.
    const below = apply(map, { x: 50, y: 50 })
    expect(below.x).toBeCloseTo(112)
    expect(below.y).toBeCloseTo(56)
  })
})

describe('a chip', () => {
  const stripes = (width: number, height: number): Image => ({
    width,
    height,
    data: Uint8ClampedArray.from({ length: width * height * 4 }, (_, at) =>
      at % 4 === 3 ? 255 : (Math.floor(at / 4) % width) * (255 / (width - 1)),
    ),
  })

  it('is the picture itself when nothing moves', () => {
    const image = stripes(6, 6)
    expect(imageOf(cutChip(image, { a: 1, b: 0, tx: 0, ty: 0 }, 6))).toEqual(image)
  })

  it('is the mean of what it covers when it is smaller than the picture', () => {
    const { values } = cutChip(stripes(6, 6), { a: 0.5, b: 0, tx: 0, ty: 0 }, 3)
    expect([values[0], values[3], values[6]].map((value) => Math.round(value ?? 0))).toEqual([26, 128, 230])
  })

  it('is black beyond the picture', () => {
    const { values } = cutChip(stripes(4, 4), { a: 1, b: 0, tx: 10, ty: 0 }, 4)
    expect(Math.max(...values)).toBe(0)
  })

  it('has left and right changed by a mirror, and is itself after two', () => {
    const chip = cutChip(stripes(4, 4), { a: 1, b: 0, tx: 0, ty: 0 }, 4)
    expect(mirrored(chip).values[0]).toBe(255)
    expect(mirrored(mirrored(chip))).toEqual(chip)
  })

  it('comes to a network channel by channel around its mean', () => {
    const chip = { size: 1, values: Float32Array.of(10, 20, 30) }
    expect([...normalized([chip, chip], [10, 10, 10], 10)]).toEqual([0, 1, 2, 0, 1, 2])
  })
})

describe('landmarks in a mirror', () => {
  it('change places in pairs', () => {
    for (let index = 0; index < 68; index += 1) expect(twinOf(twinOf(index))).toBe(index)
    expect([0, 8, 17, 27, 30, 31, 36, 39, 41, 48, 51, 57, 60].map(twinOf)).toEqual([
      16, 8, 26, 27, 30, 35, 45, 42, 46, 54, 51, 57, 64,
    ])
  })
})

describe('boxes', () => {
  const box = (x: number, score: number) => ({ x, y: 0, width: 10, height: 10, score })

  it('overlap by their common area in all of theirs', () => {
    expect(overlapOf(box(0, 1), box(0, 1))).toBe(1)
    expect(overlapOf(box(0, 1), box(5, 1))).toBeCloseTo(1 / 3)
    expect(overlapOf(box(0, 1), box(20, 1))).toBe(0)
  })

  it('of one face leave the surest', () => {
    expect(withoutOverlaps([box(0, 0.6), box(1, 0.9), box(30, 0.7)]).map(({ score }) => score)).toEqual([0.9, 0.7])
  })
})
