import { expect, test } from 'vitest'
import type { CheckInputs, DocumentExtraction } from '../../../../src/domain/decision/check-results.ts'
import { createExtractionEngine } from '../../../../src/engines/extraction/check.ts'
import type { ReadJob } from '../../../../src/engines/extraction/read-document.ts'
import { checkInputs } from '../check-inputs.ts'

const NOW = Date.UTC(2026, 10, 24, 23, 59)
const read = (doc_id: string): DocumentExtraction => ({
  doc_id,
  document_type: 'passport',
  issuing_country: 'UTO',
  fields: {},
  mrz: null,
  quality: null,
  warnings: [],
})
const document = (doc_id: string, some: Partial<CheckInputs['documents'][number]> = {}) => ({
  doc_id,
  document_type: 'passport' as const,
  side: null,
  mime_type: 'image/jpeg',
  size: 10,
  sha256: 'a',
  auto_extract: true,
  extraction: null,
  ...some,
})

function engineOver(files: readonly string[]) {
  const jobs: ReadJob[] = []
  const engine = createExtractionEngine({
    open: async ({ session_id, doc_id }) =>
      session_id === 'session' && files.includes(doc_id) ? new Blob(['x']).stream() : null,
    read: async (job) => {
      jobs.push(job)
      return { extraction: read(job.doc_id) }
    },
  })
  return { engine, jobs }
}

test('each document that is to be read is read once, by the day of the reading', async () => {
  const { engine, jobs } = engineOver(['a', 'b', 'c'])
  const inputs = checkInputs({
    documents: [
      document('a'),
      document('b', { auto_extract: false }),
      document('c', { side: 'back', document_type: 'id' }),
    ],
  })
  const result = await engine(inputs, NOW)
  expect(result).toMatchObject({ state: 'ok', documents: [{ doc_id: 'a' }, { doc_id: 'c' }] })
  expect(jobs).toEqual([
    { doc_id: 'a', document_type: 'passport', side: null, today: '2026-11-24' },
    { doc_id: 'c', document_type: 'id', side: 'back', today: '2026-11-24' },
  ])
})

test('what was read of a file before stands', async () => {
  const { engine, jobs } = engineOver([])
  const before = { ...read('a'), issuing_country: 'SWE' }
  const result = await engine(checkInputs({ documents: [document('a', { extraction: before })] }), NOW)
  expect(result).toMatchObject({ state: 'ok', documents: [{ issuing_country: 'SWE' }] })
  expect(jobs).toEqual([])
})

test('nothing to read is no input, and a file that is gone is an error that leaves the others', async () => {
  const { engine } = engineOver(['b'])
  expect(await engine(checkInputs(), NOW)).toMatchObject({ state: 'no_input', documents: [] })
  expect(await engine(checkInputs({ documents: [document('a'), document('b')] }), NOW)).toMatchObject({
    state: 'error',
    message: 'The file of a is not there.',
    documents: [{ doc_id: 'b' }],
  })
})
