import { createHash } from 'node:crypto'
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { ensureFaceModels, FACES_FOLDER } from '../../../../src/cli/face-models.ts'
import { FACE_MODEL_FILES } from '../../../../src/engines/face/model-files.ts'
import { QuantizedWeights } from '../../../../src/engines/face/quantized-weights.ts'
import { loadModelFile } from '../../../../src/workers/load-model-file.ts'

const manifestOf = (...weights: object[]): Uint8Array => new TextEncoder().encode(JSON.stringify([{ weights }]))
const byte = { name: 'a', shape: [2], dtype: 'float32', quantization: { dtype: 'uint8', scale: 0.5, min: -1 } }
const plain = { name: 'b', shape: [1, 1], dtype: 'float32' }

describe('stored weights', () => {
  it('are bytes on a scale, or floats as they are, one after another', () => {
    const values = new Uint8Array([0, 6, ...new Uint8Array(Float32Array.of(3.25).buffer)])
    const weights = new QuantizedWeights(manifestOf(byte, plain), values)
    expect([...weights.values('a')]).toEqual([-1, 2])
    expect([...weights.values('b')]).toEqual([3.25])
    expect(weights.shape('b')).toEqual([1, 1])
  })

  it('are refused when the file is not as long as its manifest says, and when they are stored otherwise', () => {
    expect(() => new QuantizedWeights(manifestOf(byte), new Uint8Array(3))).toThrow('the manifest names 2')
    const other = { ...byte, quantization: { dtype: 'uint16', scale: 1, min: 0 } }
    expect(() => new QuantizedWeights(manifestOf(other), new Uint8Array(4))).toThrow('not known')
    expect(() => new QuantizedWeights(manifestOf(byte), new Uint8Array(2)).values('c')).toThrow('names no c')
  })
})

describe('model files', () => {
  it('are taken out of their packages as the table says, and made good where another lies in their place', () => {
    const folder = mkdtempSync(join(tmpdir(), 'kyc-faces-'))
    try {
      ensureFaceModels()
      cpSync(FACES_FOLDER, folder, { recursive: true })
      expect(ensureFaceModels(folder)).toEqual([])
      const path = join(folder, FACE_MODEL_FILES.detector.name)
      writeFileSync(path, 'another')
      expect(ensureFaceModels(folder)).toEqual([path])
      for (const { name, bytes, sha256 } of Object.values(FACE_MODEL_FILES)) {
        const content = readFileSync(join(folder, name))
        expect([content.length, createHash('sha256').update(content).digest('hex')]).toEqual([bytes, sha256])
      }
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  }, 60_000)

  it('are never loaded with another hash, or when they are not there', async () => {
    const assets = (answer: Response) => ({ fetch: async () => answer })
    const wanted = { name: 'a.bin', sha256: createHash('sha256').update('right').digest('hex') }
    expect(new TextDecoder().decode(await loadModelFile(assets(new Response('right')), wanted))).toBe('right')
    await expect(loadModelFile(assets(new Response('wrong')), wanted)).rejects.toThrow('another hash')
    await expect(loadModelFile(assets(new Response(null, { status: 404 })), wanted)).rejects.toThrow('npm run models')
  })
})
