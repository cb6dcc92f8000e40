// The EU's Financial Sanctions Files in CSV, version 1.1: semicolons, a row for each name, address, birth date,
// document or citizenship of an entry, all with its Entity_ columns. Which names are weak, only the XML tells.

import { calendarDay } from './birth-dates.ts'
import { euEntity, type EuParts } from './eu-entity.ts'
import { gatheredRows, type HeadedRow } from './headed-csv.ts'
import type { Entries } from './entries.ts'

const REQUIRED = ['fileGenerationDate', 'Entity_LogicalId', 'Entity_SubjectType', 'NameAlias_WholeName']

export async function importEuCsv(file: AsyncIterable<Uint8Array>, entries: Entries): Promise<void> {
  const csv = { separator: ';' as const, required: REQUIRED, reference: 'Entity_LogicalId' }
  const add = (row: HeadedRow, into: EuParts): void => {
    entries.publishedOn ??= calendarDay(row.value('fileGenerationDate'))
    addRow(row, into)
  }
  const gathered = await gatheredRows(file, csv, entries, { begin: noParts, add })
  for (const { line, parts } of gathered) await entries.take(line, euEntity(parts))
}

const noParts = (row: HeadedRow): EuParts => ({
  reference: row.value('Entity_EU_ReferenceNumber') || row.value('Entity_LogicalId'),
  subject: row.value('Entity_SubjectType') || row.value('Entity_SubjectType_ClassificationCode'),
  names: [],
  births: [],
  citizenships: [],
  countries: [],
  documents: [],
  programmes: [row.value('Entity_Regulation_Programme')],
  designatedOn: row.value('Entity_DesignationDate'),
  url: row.value('Entity_Regulation_PublicationUrl'),
})

function addRow(row: HeadedRow, into: EuParts): void {
  const name = {
    first: row.value('NameAlias_FirstName'),
    middle: row.value('NameAlias_MiddleName'),
    last: row.value('NameAlias_LastName'),
    whole: row.value('NameAlias_WholeName'),
    isStrong: true,
    gender: row.value('NameAlias_Gender'),
  }
  if (name.whole !== '' || name.last !== '') into.names.push(name)
  addBirth(row, into)
  addDocument(row, into)
  const citizenship = row.value('Citizenship_CountryIso2Code')
  if (citizenship !== '') into.citizenships.push(citizenship)
  const country = row.value('Address_CountryIso2Code')
  if (country !== '') into.countries.push(country)
}

function addBirth(row: HeadedRow, into: EuParts): void {
  const birth = {
    date: row.value('BirthDate_BirthDate'),
    day: row.value('BirthDate_Day'),
    month: row.value('BirthDate_Month'),
    year: row.value('BirthDate_Year'),
    fromYear: row.value('BirthDate_YearRangeFrom'),
    toYear: row.value('BirthDate_YearRangeTo'),
    isCirca: row.value('BirthDate_Circa') === 'true',
    calendar: row.value('BirthDate_CalendarType'),
  }
  if (birth.date !== '' || birth.year !== '' || birth.toYear !== '') into.births.push(birth)
}

function addDocument(row: HeadedRow, into: EuParts): void {
  const document = {
    number: row.value('Identification_Number'),
    latinNumber: row.value('Identification_LatinNumber'),
    code: row.value('Identification_TypeCode'),
    description: row.value('Identification_TypeDescription'),
    country: row.value('Identification_CountryIso2Code'),
  }
  if (document.number !== '' || document.latinNumber !== '') into.documents.push(document)
}
