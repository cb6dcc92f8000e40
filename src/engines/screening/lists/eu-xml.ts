// The EU's Financial Sanctions Files in XML, version 1.1 (`export/sanctionEntity`): nearly all of it in attributes.

import { calendarDay } from './birth-dates.ts'
import { euEntity } from './eu-entity.ts'
import { attributeOf, childrenOf, textAt, xmlRecords, type XmlNode } from './xml-records.ts'
import type { Entries } from './entries.ts'
import type { ListedEntity } from '../entity.ts'

const ENTITY = 'export/sanctionEntity'

export async function importEuXml(file: AsyncIterable<Uint8Array>, entries: Entries): Promise<void> {
  for await (const records of xmlRecords(file, 'export', new Set([ENTITY]))) {
    for (const { path, node, line } of records) {
      if (path === ENTITY) await entries.take(line, entityOf(node))
      else entries.publishedOn = calendarDay(attributeOf(node, 'generationDate'))
    }
  }
}

function entityOf(node: XmlNode): ListedEntity | null {
  const regulations = childrenOf(node, 'regulation')
  const [subject] = childrenOf(node, 'subjectType')
  return euEntity({
    reference: attributeOf(node, 'euReferenceNumber') || attributeOf(node, 'logicalId'),
    subject: subject === undefined ? '' : attributeOf(subject, 'code') || attributeOf(subject, 'classificationCode'),
    names: childrenOf(node, 'nameAlias').map((name) => ({
      first: attributeOf(name, 'firstName'),
      middle: attributeOf(name, 'middleName'),
      last: attributeOf(name, 'lastName'),
      whole: attributeOf(name, 'wholeName'),
      isStrong: attributeOf(name, 'strong') !== 'false',
      gender: attributeOf(name, 'gender'),
    })),
    births: childrenOf(node, 'birthdate').map((birth) => ({
      date: attributeOf(birth, 'birthdate'),
      day: attributeOf(birth, 'dayOfMonth'),
      month: attributeOf(birth, 'monthOfYear'),
      year: attributeOf(birth, 'year'),
      fromYear: attributeOf(birth, 'yearRangeFrom'),
      toYear: attributeOf(birth, 'yearRangeTo'),
      isCirca: attributeOf(birth, 'circa') === 'true',
      calendar: attributeOf(birth, 'calendarType'),
    })),
    citizenships: childrenOf(node, 'citizenship').map((place) => attributeOf(place, 'countryIso2Code')),
    countries: childrenOf(node, 'address').map((place) => attributeOf(place, 'countryIso2Code')),
    documents: childrenOf(node, 'identification').map((document) => ({
      number: attributeOf(document, 'number'),
      latinNumber: attributeOf(document, 'latinNumber'),
      code: attributeOf(document, 'identificationTypeCode'),
      description: attributeOf(document, 'identificationTypeDescription'),
      country: attributeOf(document, 'countryIso2Code'),
    })),
    programmes: regulations.map((regulation) => attributeOf(regulation, 'programme')),
    designatedOn: attributeOf(node, 'designationDate'),
    url: regulations.map((regulation) => textAt(regulation, 'publicationUrl')).find((url) => url !== '') ?? '',
  })
}
