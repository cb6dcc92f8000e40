import type { MrzFormat } from '../../../src/engines/extraction/mrz/formats.ts'
import type { Person } from './people.ts'

// Documents of a land that does not exist, as HTML in the proportions of the real ones.

export type Language = 'en' | 'es' | 'pt' | 'fr' | 'de'
export type Sheet = { html: string; width: number; height: number }

/** Label, and how the value is printed; order: surname, given names, number, birth, sex, nationality, birthplace, issue, expiry, issuer. */
const LABELS: Record<Language, string[]> = {
  en: [
    'Surname',
    'Given names',
    'Document No.',
    'Date of birth',
    'Sex',
    'Nationality',
    'Place of birth',
    'Date of issue',
    'Date of expiry',
    'Authority',
  ],
  es: [
    'Apellidos',
    'Nombre',
    'Número de documento',
    'Fecha de nacimiento',
    'Sexo',
    'Nacionalidad',
    'Lugar de nacimiento',
    'Fecha de expedición',
    'Fecha de caducidad',
    'Autoridad',
  ],
  pt: [
    'Apelido',
    'Nomes',
    'N.º do documento',
    'Data de nascimento',
    'Sexo',
    'Nacionalidade',
    'Local de nascimento',
    'Data de emissão',
    'Data de validade',
    'Autoridade',
  ],
  fr: [
    'Nom',
    'Prénoms',
    'N° du document',
    'Date de naissance',
    'Sexe',
    'Nationalité',
    'Lieu de naissance',
    'Date de délivrance',
    "Date d'expiration",
    'Autorité',
  ],
  de: [
    'Familienname',
    'Vornamen',
    'Ausweisnummer',
    'Geburtsdatum',
    'Geschlecht',
    'Staatsangehörigkeit',
    'Geburtsort',
    'Ausstellungsdatum',
    'Gültig bis',
    'Behörde',
  ],
}
const TITLES: Record<Language, [card: string, passport: string]> = {
  en: ['IDENTITY CARD', 'PASSPORT'],
  es: ['DOCUMENTO NACIONAL DE IDENTIDAD', 'PASAPORTE'],
  pt: ['CARTÃO DE CIDADÃO', 'PASSAPORTE'],
  fr: ["CARTE NATIONALE D'IDENTITÉ", 'PASSEPORT'],
  de: ['PERSONALAUSWEIS', 'REISEPASS'],
}
/** The fields of `LABELS` under their own names. */
export const PRINTED_FIELDS = [
  'surname',
  'given_names',
  'document_number',
  'date_of_birth',
  'sex',
  'nationality',
  'place_of_birth',
  'issue_date',
  'expiry_date',
  'issuer',
] as const

const BACKGROUND =
  'background:#eef3ee repeating-radial-gradient(circle at 20% 30%,#e3ece4 0 6px,#f2f6f1 6px 14px);font-family:"DejaVu Sans";color:#1c2420'

const printedDate = (date: string): string => date.split('-').toReversed().join('.')

function printedValues(person: Person): string[] {
  return PRINTED_FIELDS.map((name) => {
    const value = person[name]
    return name.endsWith('_date') || name === 'date_of_birth' ? printedDate(value) : value
  })
}

const field = (label: string, value: string, style: string): string =>
  `<div style="position:absolute;${style}"><div style="font-size:18px;color:#40524a">${label}</div><div style="font-size:24px">${value}</div></div>`

function visualZone(person: Person, language: Language, left: number, top: number, step: number): string {
  const labels = LABELS[language]
  const values = printedValues(person)
  const place = (index: number): string => {
    if (index < 3) return `left:${left}px;top:${top + index * step}px`
    const [row, column] = [Math.floor((index - 3) / 2), (index - 3) % 2]
    return `left:${left + column * 330}px;top:${top + (3 + row) * step}px`
  }
  return labels.map((label, index) => field(label, values[index] ?? '', place(index))).join('')
}

/** Each character in a cell of its own: the pitch of an MRZ is fixed (Doc 9303-3, 4.2). */
function mrzBlock(lines: readonly string[], pitch: number, left: number, top: number): string {
  const rows = lines.map((line, row) =>
    [...line]
      .map(
        (character, index) =>
          `<span style="position:absolute;left:${left + index * pitch}px;top:${top + row * pitch * 2.3}px;width:${pitch}px;text-align:center">${character === '<' ? '&lt;' : character}</span>`,
      )
      .join(''),
  )
  return `<div style="font:${pitch * 1.62}px 'OCR B';color:#111">${rows.join('')}</div>`
}

const sheet = (width: number, height: number, content: string): Sheet => ({
  width,
  height,
  html: `<div style="position:relative;width:${width}px;height:${height}px;overflow:hidden;${BACKGROUND}">${content}</div>`,
})

const title = (text: string, left: number): string =>
  `<div style="position:absolute;left:${left}px;top:24px;font-size:26px;font-weight:bold;color:#173a5c">${text}</div>`
const portrait = (left: number, top: number, width: number): string =>
  `<div style="position:absolute;left:${left}px;top:${top}px;width:${width}px;height:${width * 1.28}px;background:#c9d2cf"><div style="position:absolute;left:30%;top:18%;width:40%;height:38%;border-radius:50%;background:#8f9d97"></div><div style="position:absolute;left:14%;bottom:0;width:72%;height:34%;border-radius:50% 50% 0 0;background:#8f9d97"></div></div>`

export function passportPage(person: Person, mrz: readonly string[], language: Language): Sheet {
  return sheet(
    1250,
    880,
    title(`UTOPIA &nbsp; ${TITLES[language][1]}`, 50) +
      portrait(50, 110, 300) +
      visualZone(person, language, 410, 100, 88) +
      mrzBlock(mrz, 25.4, 62, 738),
  )
}

/** TD1: the zone is on the back, the print on the front. */
export function cardBack(person: Person, mrz: readonly string[]): Sheet {
  return sheet(
    1012,
    638,
    field('Address / Adresse', `12 LIGHTHOUSE LANE, ${person.place_of_birth}`, 'left:50px;top:60px') +
      field('Height', '172 cm', 'left:50px;top:170px') +
      mrzBlock(mrz, 30, 52, 400),
  )
}

export function cardFront(person: Person, language: Language): Sheet {
  return sheet(
    1012,
    638,
    title(TITLES[language][0], 40) + portrait(40, 120, 240) + visualZone(person, language, 320, 84, 78),
  )
}

/** TD2: print and zone on one side. */
export function cardTwoLines(person: Person, mrz: readonly string[], language: Language): Sheet {
  return sheet(
    1240,
    870,
    title(TITLES[language][0], 50) +
      portrait(50, 110, 280) +
      visualZone(person, language, 390, 100, 84) +
      mrzBlock(mrz, 30, 60, 730),
  )
}

export function documentWithMrz(person: Person, mrz: readonly string[], format: MrzFormat, language: Language): Sheet {
  if (format === 'TD1') return cardBack(person, mrz)
  return format === 'TD2' ? cardTwoLines(person, mrz, language) : passportPage(person, mrz, language)
}

export function letterPage(lines: readonly string[]): Sheet {
  const rows = lines.map(
    (line, index) =>
      `<div style="position:absolute;left:110px;top:${120 + index * 48}px;font:${index === 0 ? 'bold 26px' : '21px'} 'DejaVu Sans'">${line}</div>`,
  )
  return {
    width: 1240,
    height: 1754,
    html: `<div style="position:relative;width:1240px;height:1754px;background:#fff;color:#151515">${rows.join('')}</div>`,
  }
}
