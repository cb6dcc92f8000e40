import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { HAS_BROWSER } from '../../test/support/browser.ts'
import { HAS_OCR_B, startArtist, STATES } from '../../test/support/documents/draw.ts'
import type { Artist, State } from '../../test/support/documents/draw.ts'
import { randomFrom, randomPerson } from '../../test/support/documents/people.ts'
import { cardFront, documentWithMrz, letterPage, PRINTED_FIELDS } from '../../test/support/documents/templates.ts'
import type { Language } from '../../test/support/documents/templates.ts'
import { writeMrz } from '../../test/support/documents/write-mrz.ts'
import { stateOf } from '../../src/engines/extraction/mrz/states.ts'
import { startReader } from '../../test/support/reader/harness.ts'
import type { ReaderHarness } from '../../test/support/reader/harness.ts'
import { BILLS } from './letters.ts'
import { average, measure, percent, rightCharacters, rightWords } from './measure.ts'

// How well documents are read, and what it costs: the production build in local workerd, over drawn documents of random
// people and, where it is there, a folder of files with their truth.  npm run bench:documents [-- FOLDER] [--each N] [--seed N]

/** Beside the repository; a path as argument names another. */
const DEFAULT_FOLDER = resolve(import.meta.dirname, '../../../shared/data/documents')
const FORMATS = ['TD1', 'TD2', 'TD3'] as const
const LANGUAGES: readonly Language[] = ['en', 'es', 'pt', 'fr', 'de']
const PRINT_STATES: readonly State[] = ['clean', 'noise', 'blur', 'light', 'perspective']
/** The reader was tuned on the people of this seed; another one shows people whom it has not met. */
const TUNED_ON = 9_303

const args = process.argv.slice(2)
const option = (name: string): number => (args.includes(name) ? Number(args[args.indexOf(name) + 1]) : Number.NaN)
const each = option('--each') || 10
const seed = option('--seed') || TUNED_ON
const folder = args.find((arg) => !arg.startsWith('--') && !/^\d+$/.test(arg)) ?? DEFAULT_FOLDER
const isVerbose = args.includes('--verbose')

const cpu: number[] = []
const memory = { ocr: 0, decoder: 0 }
const failures: string[] = []

const reader = await startReader()
try {
  await measureCold(reader)
  if (HAS_OCR_B && HAS_BROWSER) {
    const artist = await startArtist()
    try {
      await measureZones(artist)
      await measurePrint(artist)
      await measureBills(artist)
    } finally {
      await artist.stop()
    }
  } else
    console.log('Nothing was drawn: that needs Linux on x64 and the font OCR-B (Debian: apt-get install fonts-ocr-b).')
  if (existsSync(join(folder, 'truth.json'))) await measureFolder()
  else console.log(`Skipped: there is no truth.json in ${folder}.`)
  const sorted = cpu.toSorted((left, right) => left - right)
  console.log(
    `\nCPU a job, warm (user + system of workerd): mean ${average(cpu).toFixed(2)} s, ` +
      `p95 ${(sorted[Math.floor(sorted.length * 0.95)] ?? 0).toFixed(2)} s, most ${(sorted.at(-1) ?? 0).toFixed(2)} s of ${cpu.length} jobs`,
  )
  console.log(`wasm memory: OCR ${mib(memory.ocr)}, the largest decoder ${mib(memory.decoder)}`)
  if (isVerbose) for (const failure of failures) console.log(failure)
} finally {
  await reader.stop()
}

async function run(...[job, bytes]: [Parameters<ReaderHarness['read']>[0], Uint8Array]) {
  const measured = await measure(reader, job, bytes)
  cpu.push(measured.cpuSeconds)
  memory.ocr = Math.max(memory.ocr, measured.answer.memory.ocr)
  memory.decoder = Math.max(memory.decoder, measured.answer.memory.decoder)
  return measured
}

async function measureCold(reader: ReaderHarness): Promise<void> {
  const file = join(import.meta.dirname, '../../test/support/files/specimen-id-back.jpg')
  const { cpuSeconds } = await measure(reader, { document_type: 'id', side: 'back' }, readFileSync(file))
  console.log(`The first job of an isolate, models loaded and compiled: ${cpuSeconds.toFixed(2)} s CPU\n`)
}

async function measureZones(artist: Artist): Promise<void> {
  const random = randomFrom(seed)
  console.log('MRZ               documents right   characters   CPU a job')
  let [documents, right, characters, rightOnes] = [0, 0, 0, 0]
  for (const state of STATES) {
    const seconds: number[] = []
    const of = { documents: 0, right: 0, characters: 0, rightOnes: 0 }
    for (let index = 0; index < each; index += 1) {
      const format = FORMATS[index % FORMATS.length] ?? 'TD3'
      const person = randomPerson(random)
      const truth = writeMrz(format, person)
      const language = LANGUAGES[index % LANGUAGES.length] ?? 'en'
      const bytes = await artist.draw(documentWithMrz(person, truth, format, language), state)
      const type = format === 'TD3' ? 'passport' : 'id'
      const { answer, cpuSeconds } = await run(
        { document_type: type, side: format === 'TD1' ? 'back' : 'front' },
        bytes,
      )
      const { mrz } = answer.extraction
      const found = rightCharacters(mrz?.lines ?? [], truth)
      const isRight = mrz?.valid === true && found.right === found.total
      if (!isRight)
        failures.push(`${state} ${format}: ${JSON.stringify(mrz?.lines)} instead of ${JSON.stringify(truth)}`)
      of.documents += 1
      of.right += isRight ? 1 : 0
      of.characters += found.total
      of.rightOnes += found.right
      seconds.push(cpuSeconds)
    }
    console.log(
      `${state.padEnd(18)}${`${of.right} of ${of.documents}`.padEnd(18)}${percent(of.rightOnes, of.characters).padEnd(13)}${average(seconds).toFixed(2)} s`,
    )
    documents += of.documents
    right += of.right
    characters += of.characters
    rightOnes += of.rightOnes
  }
  console.log(
    `${'all'.padEnd(18)}${`${right} of ${documents}`.padEnd(18)}${percent(rightOnes, characters)}   documents ${percent(right, documents)}\n`,
  )
}

async function measurePrint(artist: Artist): Promise<void> {
  const random = randomFrom(seed + 1)
  console.log('Print on cards, 10 fields each, and an MRZ that is not there')
  for (const state of PRINT_STATES) {
    let [right, total, wrong, made] = [0, 0, 0, 0]
    const counts: number[] = []
    for (const language of LANGUAGES) {
      const person = randomPerson(random)
      const { answer } = await run(
        { document_type: 'id', side: 'front' },
        await artist.draw(cardFront(person, language), state),
      )
      const { fields, mrz } = answer.extraction
      let rightHere = 0
      for (const name of PRINTED_FIELDS) {
        const truth = name === 'nationality' ? stateOf(person.nationality) : person[name]
        const value = fields[name]?.value
        if (value === truth) rightHere += 1
        else failures.push(`${state} ${language} ${name}: ${value ?? 'absent'} instead of ${truth}`)
        if (value !== undefined && value !== truth) wrong += 1
      }
      counts.push(rightHere)
      right += rightHere
      total += PRINTED_FIELDS.length
      if (mrz !== null) made += 1
    }
    console.log(
      `${state.padEnd(18)}${`${right} of ${total}`.padEnd(12)} least ${Math.min(...counts)} a card, ${wrong} wrong, ${made} MRZ made up`,
    )
  }
  console.log('')
}

async function measureBills(artist: Artist): Promise<void> {
  console.log('Drawn bills in 5 languages: name, address, date, issuer')
  for (const state of PRINT_STATES) {
    let [right, total] = [0, 0]
    const words = { right: 0, total: 0 }
    for (const language of LANGUAGES) {
      const bill = BILLS[language]
      const { answer } = await run(
        { document_type: 'proof_of_address' },
        await artist.draw(letterPage(bill.lines), state),
      )
      const { fields } = answer.extraction
      const pairs = [
        [fields['full_name']?.value, bill.name],
        [fields['address']?.value, bill.address],
        [fields['issue_date']?.value, bill.date],
        [fields['issuer']?.value, bill.issuer],
      ]
      for (const [value, truth] of pairs) {
        total += 1
        if (value === truth) right += 1
        else failures.push(`bill ${state} ${language}: ${value ?? 'absent'} instead of ${truth}`)
      }
      const found = rightWords(answer.text, bill.lines.join('\n'))
      words.right += found.right
      words.total += found.total
    }
    console.log(
      `${state.padEnd(18)}${`${right} of ${total} fields`.padEnd(20)}${percent(words.right, words.total)} of words`,
    )
  }
  console.log('')
}

async function measureFolder(): Promise<void> {
  const truth: { td1_mrz: string[]; bill_text: string } = JSON.parse(readFileSync(join(folder, 'truth.json'), 'utf8'))
  console.log(`Files of ${folder}`)
  for (const state of ['0clean.png', '1noise.jpg', '2rot3.jpg', '3small.jpg', '5persp.jpg']) {
    const { answer } = await run({ document_type: 'id', side: 'back' }, readFileSync(join(folder, `td1-${state}`)))
    const found = rightCharacters(answer.extraction.mrz?.lines ?? [], truth.td1_mrz)
    console.log(
      `td1-${state.padEnd(22)} ${found.right} of ${found.total} characters, valid: ${answer.extraction.mrz?.valid === true}`,
    )
  }
  for (const file of [
    'bill150-0clean.png',
    'bill150-1noise.jpg',
    'bill150-2rotlight.jpg',
    'scan.pdf',
    'scanpng.pdf',
    'scanccitt.pdf',
    'text.pdf',
  ]) {
    const { answer } = await run({ document_type: 'proof_of_address' }, readFileSync(join(folder, file)))
    const words = rightWords(answer.text, truth.bill_text)
    const { full_name: name, address, issue_date: date } = answer.extraction.fields
    const found = [
      name?.value === 'Anna Maria Eriksson',
      address?.value.includes('27 Kingfisher Lane') === true,
      date?.value === '2026-06-14',
    ]
    console.log(
      `${file.padEnd(26)} ${words.right} of ${words.total} words, ${found.filter(Boolean).length} of 3 fields (name, address, date)`,
    )
  }
}

function mib(bytes: number): string {
  return `${(bytes / 1_048_576).toFixed(1)} MiB`
}
