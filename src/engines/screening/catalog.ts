// The watchlists this project knows: their ids, official addresses and formats. An operator may replace each address.

export type ListFormat =
  | 'ofac-csv'
  | 'ofac-xml'
  | 'un-xml'
  | 'eu-csv'
  | 'eu-xml'
  | 'uk-csv'
  | 'uk-xml'
  | 'opensanctions-csv'

/** Which file of a format an address leads to; formats of one file have `main` alone. */
export type FilePart = 'main' | 'aliases' | 'addresses' | 'comments'

export type ListSource = {
  id: string
  name: string
  publisher: string
  format: ListFormat
  files: Partial<Record<FilePart, string>>
  /** Hours after which a list that was not confirmed anew makes a check say `stale`. */
  maxAgeHours: number
  /** Not fetched unless an operator names it: its licence asks for more than a mention. */
  isOptional: boolean
}

const WEEK_HOURS = 7 * 24
const OFAC = 'https://sanctionslistservice.ofac.treas.gov/api/PublicationPreview/exports'

export const LIST_SOURCES: readonly ListSource[] = [
  {
    id: 'ofac_sdn',
    name: 'Specially Designated Nationals and Blocked Persons',
    publisher: 'OFAC, US Department of the Treasury',
    format: 'ofac-xml',
    files: { main: `${OFAC}/SDN.XML` },
    maxAgeHours: WEEK_HOURS,
    isOptional: false,
  },
  {
    id: 'ofac_cons',
    name: 'Consolidated non-SDN list',
    publisher: 'OFAC, US Department of the Treasury',
    format: 'ofac-xml',
    files: { main: `${OFAC}/CONSOLIDATED.XML` },
    maxAgeHours: WEEK_HOURS,
    isOptional: false,
  },
  {
    id: 'un_sc',
    name: 'Security Council consolidated list',
    publisher: 'United Nations',
    format: 'un-xml',
    files: { main: 'https://scsanctions.un.org/resources/xml/en/consolidated.xml' },
    maxAgeHours: WEEK_HOURS,
    isOptional: false,
  },
  {
    id: 'eu_fsf',
    name: 'Consolidated list of financial sanctions',
    publisher: 'European Commission',
    format: 'eu-xml',
    files: {
      main: 'https://webgate.ec.europa.eu/fsd/fsf/public/files/xmlFullSanctionsList_1_1/content?token=dG9rZW4tMjAxNw',
    },
    maxAgeHours: WEEK_HOURS,
    isOptional: false,
  },
  {
    id: 'uk_sl',
    name: 'UK Sanctions List',
    publisher: 'Foreign, Commonwealth & Development Office',
    format: 'uk-xml',
    files: { main: 'https://sanctionslist.fcdo.gov.uk/docs/UK-Sanctions-List.xml' },
    maxAgeHours: WEEK_HOURS,
    isOptional: false,
  },
  {
    id: 'opensanctions',
    name: 'OpenSanctions, consolidated sanctions',
    publisher: 'OpenSanctions',
    format: 'opensanctions-csv',
    files: { main: 'https://data.opensanctions.org/datasets/latest/sanctions/targets.simple.csv' },
    maxAgeHours: WEEK_HOURS,
    isOptional: true,
  },
]
