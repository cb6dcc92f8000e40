import { checkDigitOf } from '../../../src/engines/extraction/mrz/check-digit.ts'
import type { MrzFormat } from '../../../src/engines/extraction/mrz/formats.ts'
import { mrzSpellings } from '../../../src/engines/extraction/mrz/names.ts'

// A machine-readable zone for a person of a test, written as ICAO Doc 9303 says.

export type Holder = {
  surname: string
  given_names: string
  /** Upper case letters and digits; over nine characters only in TD1 and TD2. */
  document_number: string
  /** YYMMDD. */
  birth: string
  sex: 'M' | 'F' | '<'
  expiry: string
  state: string
  nationality: string
  optional?: string
}

const digit = (text: string): string => String(checkDigitOf(text))
const fill = (text: string, width: number): string => text.slice(0, width).padEnd(width, '<')
const spelled = (name: string): string => (mrzSpellings(name)[0] ?? '').replaceAll(' ', '<')

export function writeMrz(format: MrzFormat, holder: Holder): string[] {
  const names = `${spelled(holder.surname)}<<${spelled(holder.given_names)}`
  const state = fill(holder.state, 3)
  const nationality = fill(holder.nationality, 3)
  const isLong = holder.document_number.length > 9
  const number = fill(holder.document_number, 9)
  const check = isLong ? '<' : digit(number)
  const tail = isLong ? `${holder.document_number.slice(9)}${digit(holder.document_number)}` : (holder.optional ?? '')
  const birth = holder.birth + digit(holder.birth)
  const expiry = holder.expiry + digit(holder.expiry)
  const code = format.startsWith('MRV') ? 'V<' : format === 'TD3' ? 'P<' : 'I<'
  switch (format) {
    case 'TD1': {
      const upper = number + check + fill(tail, 15)
      const lower = `${birth}${holder.sex}${expiry}${nationality}${fill('', 11)}`
      const composite = digit(upper + birth + expiry + fill('', 11))
      return [code + state + upper, lower + composite, fill(names, 30)]
    }
    case 'TD2': {
      const rest = fill(tail, 7)
      const composite = digit(number + check + birth + expiry + rest)
      return [
        code + state + fill(names, 31),
        `${number}${check}${nationality}${birth}${holder.sex}${expiry}${rest}${composite}`,
      ]
    }
    case 'TD3': {
      const rest = fill(tail, 14)
      const personal = rest + (tail === '' ? '<' : digit(rest))
      const composite = digit(number + check + birth + expiry + personal)
      return [
        code + state + fill(names, 39),
        `${number}${check}${nationality}${birth}${holder.sex}${expiry}${personal}${composite}`,
      ]
    }
    case 'MRV-A':
    case 'MRV-B': {
      const width = format === 'MRV-A' ? 44 : 36
      const second = `${number}${check}${nationality}${birth}${holder.sex}${expiry}`
      return [code + state + fill(names, width - 5), fill(second + tail, width)]
    }
  }
}
