import type { Holder } from './write-mrz.ts'

// People who do not exist, the same ones each time for one seed.

export type Person = Holder & {
  /** YYYY-MM-DD, as the two-digit years of the holder are meant. */
  date_of_birth: string
  expiry_date: string
  issue_date: string
  place_of_birth: string
  issuer: string
}

/** The specimen person of Doc 9303, with a document that is good until 2032. */
export const ANNA: Person = {
  surname: 'ERIKSSON',
  given_names: 'ANNA MARIA',
  document_number: 'L898902C3',
  birth: '740812',
  sex: 'F',
  expiry: '320415',
  state: 'UTO',
  nationality: 'UTO',
  date_of_birth: '1974-08-12',
  expiry_date: '2032-04-15',
  issue_date: '2022-04-16',
  place_of_birth: 'ZENITH',
  issuer: 'CITY OF ZENITH',
}

/** Mulberry32: numbers from 0 to 1. */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

const SURNAMES =
  'ERIKSSON STEVENSON GARCIA MARTINS DUPONT MUELLER KOWALSKI NILSSON ROSSI PEREIRA FERNANDEZ LAURENT SCHNEIDER OBRIEN QUIROGA WOZNIAK XAVIER HOLM'.split(
    ' ',
  )
const GIVEN =
  'ANNA MARIA PETER JOHN LUCIA JOAO HELENE KARL ZOFIA BJORN GIULIA TERESA DIEGO CAMILLE JONAS AOIFE WANDA QUENTIN'.split(
    ' ',
  )
const STATES = ['FRA', 'ESP', 'PRT', 'SWE', 'POL', 'ITA', 'IRL', 'GBR', 'D', 'UTO']
const TOWNS = ['ZENITH', 'LISBON', 'OXFORD', 'MALMO', 'KRAKOW', 'BILBAO', 'NANTES']
const LETTERS = 'ABCDEFGHJKLMNPRSTUVWXYZ'

export function randomPerson(random: () => number): Person {
  const pick = <T>(values: readonly T[]): T => values[Math.floor(random() * values.length)] ?? fail()
  const number = (low: number, high: number): number => low + Math.floor(random() * (high - low + 1))
  const two = (value: number): string => String(value).padStart(2, '0')
  const date = (year: number): string => `${year}-${two(number(1, 12))}-${two(number(1, 28))}`
  const expiryYear = number(2027, 2035)
  const [birth, expiry] = [date(number(1945, 2005)), date(expiryYear)]
  const state = pick(STATES)
  const characters = (alphabet: string, length: number) => Array.from({ length }, () => pick([...alphabet])).join('')
  return {
    surname: pick(SURNAMES),
    given_names: random() < 0.6 ? `${pick(GIVEN)} ${pick(GIVEN)}` : pick(GIVEN),
    document_number: characters(LETTERS, 2) + characters('0123456789', 6) + characters(LETTERS, 1),
    birth: birth.slice(2).replaceAll('-', ''),
    expiry: expiry.slice(2).replaceAll('-', ''),
    sex: random() < 0.5 ? 'F' : 'M',
    state,
    nationality: state,
    date_of_birth: birth,
    expiry_date: expiry,
    issue_date: date(expiryYear - 10),
    place_of_birth: pick(TOWNS),
    issuer: `CITY OF ${pick(TOWNS)}`,
  }
}

function fail(): never {
  throw new Error('there is nothing to pick from')
}
