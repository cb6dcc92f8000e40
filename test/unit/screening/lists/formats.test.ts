import { describe, expect, it } from 'vitest'
import type { ListedEntity } from '../../../../src/engines/screening/entity.ts'
import { fixtureBytes, imported, LIST_FIXTURES, type Imported } from '../../../support/lists.ts'

async function fixture(format: string): Promise<Imported> {
  const found = LIST_FIXTURES.find((one) => one.format === format)
  if (found === undefined) throw new Error(`no fixture in ${format}`)
  return imported(found.format, fixtureBytes(found.files))
}

function entry(list: Imported, reference: string): ListedEntity {
  const found = list.entities.find((entity) => entity.reference === reference)
  if (found === undefined) throw new Error(`no entry ${reference}`)
  return found
}

const namesOf = (entity: ListedEntity): string[] => entity.names.map(({ value, kind }) => `${kind}: ${value}`)

const MARLOWE = {
  reference: '101',
  schema: 'person',
  names: [
    { value: 'Ignacio Teo MARLOWE CASTRO', kind: 'primary', family: 'MARLOWE CASTRO' },
    { value: 'Teo MARLOWE', kind: 'aka', family: 'MARLOWE' },
    { value: 'Ignacio CASTRO', kind: 'former', family: 'CASTRO' },
    { value: 'EL FARO', kind: 'weak_aka' },
  ],
  births: [
    { precision: 'exact', from: '1962-11-04', to: '1962-11-04' },
    { precision: 'circa', from: '1963-01-01', to: '1963-12-31' },
  ],
  nationalities: ['PE', 'CO'],
  countries: ['PE'],
  gender: 'male',
  programs: ['SDNTK', 'SDGT'],
  listed_on: '2022-02-24',
  source_url: 'https://sanctionssearch.ofac.treas.gov/Details.aspx?id=101',
}
const MARLOWE_WALLET = { type: 'wallet', value: '1NotAWa11etOnLyAnExampLeXXXXXXXXX', asset: 'XBT' }

describe('the OFAC lists in CSV', () => {
  it('join names, aliases, addresses and remarks of a person', async () => {
    const list = await fixture('ofac-csv')
    expect(entry(list, '101')).toEqual({
      ...MARLOWE,
      identifiers: [
        { type: 'passport', value: 'A123456', country: 'PE' },
        { type: 'passport', value: 'B 960789' },
        { type: 'national_id', value: '5892464', country: 'CO' },
        MARLOWE_WALLET,
      ],
    })
  })

  it('tell companies, ships and aircraft apart', async () => {
    const list = await fixture('ofac-csv')
    expect(list.entities.map(({ reference, schema }) => `${reference} ${schema}`)).toEqual([
      '101 person',
      '102 organization',
      '103 vessel',
      '104 aircraft',
      '105 person',
      '107 organization',
    ])
    expect(entry(list, '102')).toMatchObject({
      names: [
        { value: 'CECOEXAMPLE, S.A.', kind: 'primary' },
        { value: 'CECO "EXAMPLE"', kind: 'aka' },
        { value: 'OLD EXAMPLE', kind: 'former' },
      ],
      countries: ['CU'],
      identifiers: [
        { type: 'tax_id', value: '7744001497', country: 'RU' },
        { type: 'registration', value: '1027700167110', country: 'RU' },
      ],
    })
    expect(entry(list, '103')).toMatchObject({
      names: [
        { value: 'NORTHERN LANTERN', kind: 'primary' },
        { value: 'SOUTHERN LANTERN', kind: 'aka' },
      ],
      countries: ['KP'],
      identifiers: [
        { type: 'imo', value: '9187655' },
        { type: 'other', value: '256865000' },
        { type: 'other', value: 'T2EU4' },
      ],
      programs: ['NPWMD', 'DPRK2'],
    })
  })

  it('read ranges of birth dates, and a suffix after the given names', async () => {
    const person = entry(await fixture('ofac-csv'), '105')
    expect(person.names).toEqual([{ value: 'Feliciano DELOS EXEMPLOS Jr.', kind: 'primary', family: 'DELOS EXEMPLOS' }])
    expect(person.births).toEqual([
      { precision: 'range', from: '1958-01-01', to: '1960-12-31' },
      { precision: 'range', from: '1961-09-01', to: '1961-09-30' },
      { precision: 'range', from: '1957-01-01', to: '1959-12-31' },
    ])
    expect(person.nationalities).toEqual(['KP'])
  })

  it('go on in the comments where the remarks are cut off in a word', async () => {
    const company = entry(await fixture('ofac-csv'), '107')
    expect(namesOf(company)).toEqual(['primary: TRUNCATED HOLDING', 'weak_aka: LONG TALE', 'weak_aka: TRUNCO'])
    expect(company.identifiers).toEqual([
      { type: 'registration', value: '1027700342890', country: 'RU' },
      { type: 'registration', value: '253400WSS48YWMBUA688' },
    ])
  })

  it('leave the last clause of cut remarks unread when there are no comments', async () => {
    const { comments: _, ...files } = fixtureBytes(LIST_FIXTURES[0]?.files ?? {})
    const company = entry(await imported('ofac-csv', files), '107')
    expect(company.identifiers).toEqual([])
    expect(namesOf(company)).toEqual(['primary: TRUNCATED HOLDING', 'weak_aka: LONG TALE'])
  })

  it('count broken rows and aliases of nobody, with their lines', async () => {
    expect((await fixture('ofac-csv')).report).toEqual({
      published_on: null,
      entries: 6,
      names: 14,
      skipped: [
        { line: 6, reason: 'not 12 columns' },
        { line: 7, reason: 'no ent_num' },
        { line: 5, reason: 'aliases: an ent_num that has no primary name' },
      ],
      skipped_count: 3,
    })
  })

  it('are no list without the file of aliases', async () => {
    const { aliases: _, ...files } = fixtureBytes(LIST_FIXTURES[0]?.files ?? {})
    expect((await imported('ofac-csv', files)).failure?.code).toBe('file_missing')
  })
})

describe('the OFAC lists in XML', () => {
  it('say of a person what the CSV says', async () => {
    const list = await fixture('ofac-xml')
    expect(entry(list, '101')).toEqual({
      ...MARLOWE,
      identifiers: [{ type: 'passport', value: 'A123456', country: 'PE' }, MARLOWE_WALLET],
    })
    expect(list.report?.published_on).toBe('2026-02-26')
  })

  it('tell where a company is registered, and a ship by its flag and number', async () => {
    const list = await fixture('ofac-xml')
    expect(entry(list, '102')).toMatchObject({
      names: [{ value: 'CECOEXAMPLE & SONS, S.A.', kind: 'primary' }],
      countries: ['CU'],
      identifiers: [{ type: 'registration', value: '5342883' }],
    })
    expect(entry(list, '103')).toMatchObject({
      schema: 'vessel',
      countries: ['KP'],
      identifiers: [
        { type: 'imo', value: '9187655' },
        { type: 'other', value: 'T2EU4' },
      ],
    })
    expect(list.report?.skipped).toEqual([{ line: 73, reason: 'no reference, no name or no type that is known' }])
  })
})

describe('the UN list', () => {
  it('joins names, opens what the alias column holds, and reads every kind of birth date', async () => {
    expect(entry(await fixture('un-xml'), 'QDi.901')).toEqual({
      reference: 'QDi.901',
      schema: 'person',
      names: [
        { value: 'SAMIR IBN MITHAL', kind: 'primary' },
        { value: 'Samir Mithal', kind: 'aka', family: 'Mithal' },
        { value: 'Sameer Methal', kind: 'aka' },
        { value: 'S. Mithal', kind: 'aka' },
        { value: 'Abu Mithal', kind: 'weak_aka' },
        { value: 'ابو مثال', kind: 'weak_aka' },
        { value: 'سمير ابن مثال', kind: 'original_script' },
      ],
      births: [
        { precision: 'exact', from: '1971-03-09', to: '1971-03-09' },
        { precision: 'circa', from: '1972-01-01', to: '1972-12-31' },
        { precision: 'range', from: '1968-01-01', to: '1970-12-31' },
        { precision: 'range', from: '1975-09-01', to: '1975-09-30' },
      ],
      nationalities: ['IR', 'TM', 'BA', 'HR', 'ME', 'MK', 'RS', 'SI', 'XK'],
      countries: ['XK'],
      gender: 'male',
      identifiers: [
        { type: 'passport', value: 'SE 012820', country: 'AF' },
        { type: 'tax_id', value: 'MTHSMR71C09Z352B' },
      ],
      programs: ['Al-Qaida'],
      listed_on: '2012-12-31',
      source_url: null,
    })
  })

  it('gives an organization its name with and without the initials that stand in brackets', async () => {
    expect(namesOf(entry(await fixture('un-xml'), 'KPe.901'))).toEqual([
      'primary: EXAMPLE & FILS TRADING CORPORATION (EFTC)',
      'aka: EXAMPLE & FILS TRADING CORPORATION',
      'weak_aka: EFTC',
      'former: Old Example Corporation',
      'aka: EXAMPLE (KENYA)',
    ])
  })

  it('skips an entry without a reference and one that came before', async () => {
    expect((await fixture('un-xml')).report).toMatchObject({
      published_on: '2026-02-27',
      entries: 2,
      skipped: [
        { line: 34, reason: 'no reference, no name or no type that is known' },
        { line: 53, reason: 'a reference that came before' },
      ],
    })
  })
})

describe('the EU list', () => {
  const PRIMEROV = {
    reference: 'EU.9001.12',
    schema: 'person',
    nationalities: ['RU'],
    gender: 'male',
    programs: ['UKR'],
    listed_on: '2014-03-17',
    source_url: 'http://eur-lex.europa.eu/legal-content/EN/TXT/PDF/?uri=CELEX:32014R0269&from=EN',
  }

  it('in XML takes the first strong Latin name as the main one and knows the weak ones', async () => {
    expect(entry(await fixture('eu-xml'), 'EU.9001.12')).toEqual({
      ...PRIMEROV,
      countries: ['BY'],
      names: [
        { value: 'Primer Ivanovich Primerov', kind: 'primary', family: 'Primerov' },
        { value: 'Пример Примеров', kind: 'original_script' },
        { value: 'Prima', kind: 'weak_aka' },
      ],
      births: [
        { precision: 'exact', from: '1965-02-21', to: '1965-02-21' },
        { precision: 'circa', from: '1953-01-01', to: '1958-12-31' },
        { precision: 'range', from: '1966-03-01', to: '1966-03-31' },
      ],
      identifiers: [
        { type: 'passport', value: 'AD001095', country: 'RU' },
        { type: 'tax_id', value: '771234567890' },
      ],
    })
  })

  it('in CSV gathers an entry from its rows', async () => {
    const list = await fixture('eu-csv')
    expect(entry(list, 'EU.9001.12')).toEqual({
      ...PRIMEROV,
      countries: [],
      names: [
        { value: 'Primer Ivanovich Primerov', kind: 'primary', family: 'Primerov' },
        { value: 'Пример Примеров', kind: 'original_script' },
      ],
      births: [
        { precision: 'exact', from: '1965-02-21', to: '1965-02-21' },
        { precision: 'circa', from: '1953-01-01', to: '1958-12-31' },
      ],
      identifiers: [{ type: 'passport', value: 'AD001095', country: 'RU' }],
    })
    expect(entry(list, 'EU.9002.34')).toMatchObject({ schema: 'organization', countries: ['SY'], listed_on: null })
  })

  it('tells its day and its broken entries in both', async () => {
    expect((await fixture('eu-xml')).report).toMatchObject({
      published_on: '2026-02-20',
      entries: 2,
      skipped: [{ line: 32, reason: 'no reference, no name or no type that is known' }],
    })
    expect((await fixture('eu-csv')).report).toMatchObject({
      published_on: '2026-02-20',
      entries: 2,
      skipped: [
        { line: 14, reason: 'not as many columns as the header' },
        { line: 17, reason: 'no Entity_LogicalId' },
      ],
    })
  })

  it('types company numbers and bank codes', async () => {
    expect(entry(await fixture('eu-xml'), 'EU.9002.34').identifiers).toEqual([
      { type: 'registration', value: '1027700132195', country: 'RU' },
      { type: 'other', value: 'EXMPRUMM' },
    ])
  })
})

describe('the UK list', () => {
  it.each(['uk-xml', 'uk-csv'])('reads a person in %s', async (format) => {
    expect(entry(await fixture(format), 'AFG9006')).toEqual({
      reference: 'AFG9006',
      schema: 'person',
      names: [
        { value: 'MIRZA HASAN EXAMPLESON', kind: 'primary', family: 'EXAMPLESON' },
        { value: 'Low Exampleson', kind: 'weak_aka' },
        { value: 'Mirzah Exampleson', kind: 'aka', family: 'Exampleson' },
        { value: 'میرزا حسن', kind: 'original_script' },
      ],
      births: [
        { precision: 'year', from: '1945-01-01', to: '1945-12-31' },
        { precision: 'exact', from: '1958-03-01', to: '1958-03-01' },
      ],
      nationalities: ['AF'],
      countries: ['PK'],
      gender: 'male',
      identifiers: [
        { type: 'passport', value: 'P04581926', country: 'AF' },
        { type: 'national_id', value: '545167' },
      ],
      programs: ['The Afghanistan (Sanctions) (EU Exit) Regulations 2020'],
      listed_on: '2001-01-25',
      source_url: null,
    })
  })

  it('says the same of every entry in CSV and in XML', async () => {
    const [csv, xml] = [await fixture('uk-csv'), await fixture('uk-xml')]
    expect(csv.entities).toEqual(xml.entities)
    expect([csv.report?.published_on, xml.report?.published_on]).toEqual(['2026-02-13', '2026-02-13'])
    expect([csv.report?.skipped_count, xml.report?.skipped_count]).toEqual([2, 1])
  })

  it('reads ships by number and present flag, and several numbers of a company from one field', async () => {
    const list = await fixture('uk-xml')
    expect(entry(list, 'RUS9001')).toMatchObject({
      schema: 'vessel',
      countries: ['GA'],
      identifiers: [{ type: 'imo', value: '9826902' }],
    })
    expect(entry(list, 'RUS9002').identifiers).toEqual([
      { type: 'registration', value: '1247700291200' },
      { type: 'tax_id', value: '9707028663' },
    ])
  })
})

describe('the OpenSanctions list', () => {
  it('splits its columns at semicolons, but not inside quotes', async () => {
    expect(entry(await fixture('opensanctions-csv'), 'NK-Example1')).toEqual({
      reference: 'NK-Example1',
      schema: 'person',
      names: [
        { value: 'Mira Exempla', kind: 'primary' },
        { value: 'Мира Экземпла', kind: 'original_script' },
        { value: 'Exempla; Mira', kind: 'aka' },
      ],
      births: [
        { precision: 'exact', from: '1962-11-04', to: '1962-11-04' },
        { precision: 'year', from: '1963-01-01', to: '1963-12-31' },
      ],
      nationalities: [],
      countries: ['RU', 'UA'],
      gender: null,
      identifiers: [
        { type: 'other', value: 'A123456' },
        { type: 'other', value: '771234567890' },
      ],
      programs: ['EU-UKR', 'GB-RUS'],
      listed_on: null,
      source_url: 'https://www.opensanctions.org/entities/NK-Example1/',
    })
  })

  it('keeps ships and wallets, and skips what no subject can be', async () => {
    const list = await fixture('opensanctions-csv')
    expect(entry(list, 'NK-Example2').identifiers).toEqual([{ type: 'imo', value: '9826902' }])
    expect(entry(list, 'NK-Example4').identifiers).toEqual([
      { type: 'wallet', value: '1NotAWa11etOnLyAnExampLeXXXXXXXXX' },
    ])
    expect(list.report).toMatchObject({ published_on: '2026-02-27', entries: 4, skipped_count: 2 })
  })
})
