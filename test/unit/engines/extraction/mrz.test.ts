import fc from 'fast-check'
import { parse as parseByOther } from 'mrz'
import { describe, expect, it } from 'vitest'
import { valueOf } from '../../../../src/engines/extraction/mrz/check-digit.ts'
import { mrzDate } from '../../../../src/engines/extraction/mrz/dates.ts'
import { findMrz } from '../../../../src/engines/extraction/mrz/find-mrz.ts'
import { layoutOf, MRZ_FORMATS } from '../../../../src/engines/extraction/mrz/formats.ts'
import type { MrzFormat } from '../../../../src/engines/extraction/mrz/formats.ts'
import { isSpelledSo, mrzSpellings } from '../../../../src/engines/extraction/mrz/names.ts'
import { parseMrz } from '../../../../src/engines/extraction/mrz/parse-mrz.ts'
import { isKnownState, isWithoutState, stateOf } from '../../../../src/engines/extraction/mrz/states.ts'
import { ANNA } from '../../../support/documents/people.ts'
import { writeMrz } from '../../../support/documents/write-mrz.ts'
import type { Holder } from '../../../support/documents/write-mrz.ts'

// The specimens of ICAO Doc 9303, parts 4 to 7, with their checks all right.
const SPECIMENS: Record<string, { format: MrzFormat; lines: string[]; number: string; surname: string }> = {
  'a passport': {
    format: 'TD3',
    lines: ['P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<', 'L898902C36UTO7408122F1204159ZE184226B<<<<<10'],
    number: 'L898902C3',
    surname: 'ERIKSSON',
  },
  'a card of three lines': {
    format: 'TD1',
    lines: ['I<UTOD231458907<<<<<<<<<<<<<<<', '7408122F1204159UTO<<<<<<<<<<<6', 'ERIKSSON<<ANNA<MARIA<<<<<<<<<<'],
    number: 'D23145890',
    surname: 'ERIKSSON',
  },
  'a card of three lines with a long number': {
    format: 'TD1',
    lines: ['I<UTOD23145890<7349<<<<<<<<<<<', '3407127M9507122UTO<<<<<<<<<<<2', 'STEVENSON<<PETER<JOHN<<<<<<<<<'],
    number: 'D23145890734',
    surname: 'STEVENSON',
  },
  'a card of two lines': {
    format: 'TD2',
    lines: ['I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<', 'D231458907UTO7408122F1204159<<<<<<<6'],
    number: 'D23145890',
    surname: 'ERIKSSON',
  },
  'a card of two lines with a long number': {
    format: 'TD2',
    lines: ['I<UTOSTEVENSON<<PETER<JOHN<<<<<<<<<<', 'D23145890<UTO3407127M95071227349<<<8'],
    number: 'D23145890734',
    surname: 'STEVENSON',
  },
  'a full-page visa': {
    format: 'MRV-A',
    lines: ['V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<', 'L8988901C4XXX4009078F96121096ZE184226B<<<<<<'],
    number: 'L8988901C',
    surname: 'ERIKSSON',
  },
  'a small visa': {
    format: 'MRV-B',
    lines: ['V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<', 'L8988901C4XXX4009078F9612109<<<<<<<<'],
    number: 'L8988901C',
    surname: 'ERIKSSON',
  },
}

const capitals = (min: number, max: number) =>
  fc.string({ unit: fc.constantFrom(...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'), minLength: min, maxLength: max })
const alphanumeric = (length: number) =>
  fc.string({ unit: fc.constantFrom(...'ABCDEFGHIJKLMNPQRSTUVWXYZ0123456789'), minLength: length, maxLength: length })
const yymmdd = fc
  .tuple(fc.integer({ min: 0, max: 99 }), fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 28 }))
  .map((parts) => parts.map((part) => String(part).padStart(2, '0')).join(''))
const holders: fc.Arbitrary<Holder> = fc.record({
  surname: capitals(2, 12),
  given_names: capitals(2, 10),
  document_number: alphanumeric(9),
  birth: yymmdd,
  sex: fc.constantFrom('M', 'F', '<'),
  expiry: yymmdd,
  state: fc.constantFrom('FRA', 'SWE', 'PRT', 'MEX'),
  nationality: fc.constantFrom('FRA', 'SWE', 'PRT', 'MEX'),
  optional: fc.constantFrom('', 'ZE18422', '0099'),
})
const formats = fc.constantFrom(...MRZ_FORMATS)

const replaceAt = (lines: readonly string[], line: number, column: number, by: string): string[] =>
  lines.map((text, index) => (index === line ? text.slice(0, column) + by + text.slice(column + 1) : text))

describe('an MRZ', () => {
  it.each(Object.entries(SPECIMENS))('of %s, as ICAO prints it, is right in every check', (_name, specimen) => {
    const mrz = parseMrz(specimen.lines)
    expect(mrz).toMatchObject({ format: specimen.format, valid: true, isRepaired: false })
    expect(mrz?.fields).toMatchObject({ document_number: specimen.number, surname: specimen.surname })
    expect(Object.values(mrz?.checks ?? {})).not.toContain(false)
  })

  it('names its checks one by one', () => {
    const checksOf = (name: string) => Object.keys(parseMrz(SPECIMENS[name]?.lines ?? [])?.checks ?? {})
    const common = ['document_number', 'date_of_birth', 'expiry_date']
    expect(checksOf('a passport')).toEqual([...common, 'optional', 'composite'])
    expect(checksOf('a card of three lines')).toEqual([...common, 'composite'])
    expect(checksOf('a small visa')).toEqual(common)
  })

  it('is read back whole, whoever holds the document', () => {
    fc.assert(
      fc.property(formats, holders, (format, holder) => {
        const mrz = parseMrz(writeMrz(format, holder))
        expect(mrz).toMatchObject({ format, valid: true })
        expect(mrz?.fields).toMatchObject({
          surname: holder.surname,
          given_names: holder.given_names,
          document_number: holder.document_number,
          date_of_birth: holder.birth,
          expiry_date: holder.expiry,
          nationality: holder.nationality,
          optional: holder.optional,
        })
      }),
    )
  })

  it('with one character exchanged is found out, or put right, wherever a check digit can tell', () => {
    const alphabet = '<0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ'
    let exchanged = 0
    fc.assert(
      fc.property(formats, holders, fc.nat(), fc.constantFrom(...alphabet), (format, holder, place, by) => {
        const lines = writeMrz(format, holder)
        const layout = layoutOf(lines)
        const guarded = (layout?.checks ?? []).flatMap(({ spans, digit }) =>
          [...spans, digit].flatMap(({ line, start, end }) =>
            Array.from({ length: end - start }, (_, index) => ({ line, column: start + index })),
          ),
        )
        const { line, column } = guarded[place % guarded.length] ?? { line: 0, column: 0 }
        const was = lines[line]?.charAt(column) ?? ''
        // Ten apart, the two look the same to every check digit there is.
        if (((valueOf(was) ?? 0) - (valueOf(by) ?? 0)) % 10 === 0) return
        exchanged += 1
        const mrz = parseMrz(replaceAt(lines, line, column, by))
        // A blank field may have a filler or a 0 as its digit: one is as right as the other.
        const now = mrz?.lines[line]?.charAt(column)
        const isPutRight = now === was || (was === '<' && now === '0')
        expect(mrz?.valid === false || isPutRight).toBe(true)
      }),
      { numRuns: 5_000 },
    )
    expect(exchanged).toBeGreaterThan(4_000)
  })

  it('is judged as another maker judges it, whole and with a character exchanged', () => {
    const alphabet = '0123456789ABCDEFGHJKMNPRTUVWXY'
    let isWrongSeen = false
    fc.assert(
      fc.property(
        fc.constantFrom<MrzFormat>('TD1', 'TD2', 'TD3'),
        holders,
        fc.nat({ max: 8 }),
        fc.constantFrom(...alphabet),
        (format, holder, column, by) => {
          const lines = writeMrz(format, holder)
          const [line, start] = format === 'TD1' ? [0, 5] : [1, 0]
          for (const given of [lines, replaceAt(lines, line, start + column, by)]) {
            const mrz = parseMrz(given)
            const other = parseByOther(given)
            const digits = (name: string) => other.details.find((one) => one.field === name)?.valid
            expect(mrz?.checks['document_number']).toBe(digits('documentNumberCheckDigit'))
            expect(mrz?.checks['date_of_birth']).toBe(digits('birthDateCheckDigit'))
            expect(mrz?.checks['expiry_date']).toBe(digits('expirationDateCheckDigit'))
            expect(mrz?.checks['composite']).toBe(digits('compositeCheckDigit'))
            isWrongSeen ||= mrz?.valid === false
          }
        },
      ),
      { numRuns: 300 },
    )
    expect(isWrongSeen).toBe(true)
  })

  it('is put right where a position takes only digits or only letters, and left alone in numbers', () => {
    const [first = '', second = ''] = SPECIMENS['a passport']?.lines ?? []
    const misread = parseMrz([
      first.replace('ERIKSSON', 'ER1K550N'),
      second.replace('7408122F', '74O8IZ2F').replace('UTO', 'UT0'),
    ])
    expect(misread).toMatchObject({ valid: true, isRepaired: true, lines: [first, second] })
    expect(parseMrz([first, second.replace('L898902C3', 'L8989O2C3')])).toMatchObject({
      valid: false,
      checks: { document_number: false, date_of_birth: true },
    })
  })

  it('of states that ISO does not know is as good as any', () => {
    for (const state of ['UTO', 'XXA', 'XXB', 'XXC', 'UNO', 'EUE', 'RKS', 'D']) {
      const lines = writeMrz('TD3', { ...ANNA, state, nationality: state })
      expect(parseMrz(lines)).toMatchObject({ valid: true, fields: { issuing_state: state, nationality: state } })
      expect(isKnownState(lines[1]?.slice(10, 13) ?? '')).toBe(true)
    }
    expect(['D<<', 'RKS', 'GBN', 'SWE', 'UTO'].map(stateOf)).toEqual(['DE', 'XK', 'GB', 'SE', 'UTO'])
    expect([isWithoutState('XXA'), isWithoutState('UTO')]).toEqual([true, false])
    expect(['QQQ', '<<<', 'SE<'].some(isKnownState)).toBe(false)
  })

  it('that is none is none', () => {
    expect(parseMrz([])).toBeNull()
    expect(parseMrz(['P<UTO', 'L898902C36'])).toBeNull()
    expect(
      parseMrz(['p<utoeriksson<<anna<maria<<<<<<<<<<<<<<<<<<<', 'L898902C36UTO7408122F1204159ZE184226B<<<<<10']),
    ).toBe(null)
  })
})

describe('the dates of an MRZ', () => {
  it('lie in the century that birth and expiry can have', () => {
    const on = (today: string) => [
      mrzDate('740812', 'birth', today),
      mrzDate('120415', 'birth', today),
      mrzDate('301231', 'birth', today),
      mrzDate('120415', 'expiry', today),
      mrzDate('350101', 'expiry', today),
      mrzDate('990101', 'expiry', today),
    ]
    expect(on('2026-11-23')).toEqual([
      '1974-08-12',
      '2012-04-15',
      '1930-12-31',
      '2012-04-15',
      '2035-01-01',
      '1999-01-01',
    ])
    expect(mrzDate('261124', 'birth', '2026-11-23')).toBe('1926-11-24')
    expect(mrzDate('261123', 'birth', '2026-11-23')).toBe('2026-11-23')
    expect(mrzDate('050101', 'expiry', '2098-01-01')).toBe('2105-01-01')
  })

  it('are not made up where they are not stated or do not exist', () => {
    expect(mrzDate('7408<<', 'birth', '2026-11-23')).toBeNull()
    expect(mrzDate('<<<<<<', 'expiry', '2026-11-23')).toBeNull()
    expect(mrzDate('740231', 'birth', '2026-11-23')).toBeNull()
    expect(mrzDate('010229', 'birth', '2026-11-23')).toBeNull()
  })
})

describe('names in an MRZ', () => {
  it('are spelled as the transliteration table says, in each way that it allows', () => {
    expect(mrzSpellings('Müller')).toEqual(['MUELLER', 'MULLER', 'MUXXLLER'])
    expect(mrzSpellings('Strauß')).toEqual(['STRAUSS'])
    expect(mrzSpellings("O'Connor-Smith")).toEqual(['OCONNOR SMITH'])
    expect(mrzSpellings('Łódź Þór Ærø Đặng')).toContain('LODZ THOR AEROE DANG')
    expect(mrzSpellings('Ñuñez')).toContain('NUNEZ')
    expect(isSpelledSo('GOETHE', 'Göthe')).toBe(true)
    expect(isSpelledSo('GOTHE', 'Göthe')).toBe(true)
    expect(isSpelledSo('GUTHE', 'Göthe')).toBe(false)
  })

  it('stay within bounds however many letters have several spellings', () => {
    expect(mrzSpellings('Ü'.repeat(200)).length).toBeLessThanOrEqual(16)
  })

  it('may lack a surname or a given name', () => {
    const read = (names: string) => {
      const mrz = parseMrz([`P<UTO${names}`.padEnd(44, '<'), SPECIMENS['a passport']?.lines[1] ?? ''])
      return [mrz?.fields.surname, mrz?.fields.given_names]
    }
    expect(read('ARKFREITH')).toEqual(['ARKFREITH', ''])
    expect(read('VAN<DER<MUELLEN<<JOHANNES<HENDRICUS')).toEqual(['VAN DER MUELLEN', 'JOHANNES HENDRICUS'])
    expect(read('NILAVADHANANANDA<<CHAYAPA<DEJTHAMRONG<K')).toEqual(['NILAVADHANANANDA', 'CHAYAPA DEJTHAMRONG K'])
  })
})

describe('lines of text', () => {
  const passport = SPECIMENS['a passport']?.lines ?? []
  const card = SPECIMENS['a card of three lines']?.lines ?? []

  it('are an MRZ among other text, with blank lines, spaces and guillemets', () => {
    const text = `UTOPIA PASSPORT\nSurname ERIKSSON\n\n${passport[0]?.replace('<<ANNA', '«ANNA')}\n\n ${passport[1]?.replace('UTO', 'UTO ')} \n`
    expect(findMrz(text)).toMatchObject({ format: 'TD3', valid: true, lines: passport })
  })

  it('are mended where fillers were lost or doubled', () => {
    const [first = '', second = '', third = ''] = card
    expect(findMrz([first.slice(0, -2), second.replace('<<<', '<'), `${third}<<`].join('\n'))).toMatchObject({
      valid: true,
      lines: card,
    })
    expect(findMrz([`I${first}`, second, third].join('\n'))).toMatchObject({ valid: true, lines: card })
  })

  it('lose what OCR sees in the fillers behind a name', () => {
    const noisy = passport[0]?.replace('MARIA<<<<<<<<<<<', 'MARIA<<<<K<<S<<<') ?? ''
    expect(findMrz([noisy, passport[1] ?? ''].join('\n'))).toMatchObject({ valid: true, lines: passport })
  })

  it('with a wrong check digit are an MRZ that is not valid', () => {
    const text = [passport[0], passport[1]?.replace('7408122', '7408123')].join('\n')
    expect(findMrz(text)).toMatchObject({ valid: false, checks: { date_of_birth: false, document_number: true } })
  })

  it('of any other kind are none', () => {
    expect(findMrz('')).toBeNull()
    expect(
      findMrz('THE QUICK BROWN FOX JUMPS OVER THE LAZY DOG 1234\nPACK MY BOX WITH FIVE DOZEN LIQUOR JUGS 567'),
    ).toBeNull()
    fc.assert(
      fc.property(
        fc.array(fc.string({ unit: fc.constantFrom(...'ABCIPV0123456789<'), minLength: 30, maxLength: 44 }), {
          maxLength: 4,
        }),
        (lines) => {
          expect(findMrz(lines.join('\n'))?.valid ?? false).toBe(false)
        },
      ),
      { numRuns: 300 },
    )
  })
})
