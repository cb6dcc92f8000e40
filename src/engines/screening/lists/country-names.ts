// Countries as the lists spell them, to ISO 3166-1 alpha-2. Origin: ISO's and the UN's English short names, and the
// spellings that OFAC, the EU and the UK use beside them. A state that is no more stands for those that followed it.
// An own table, since the names that Intl knows change with the runtime.

import { toCountryCode } from '../../../domain/workflow/countries.ts'

const NAMES =
  'AD Andorra|AE United Arab Emirates;UAE|AF Afghanistan|AG Antigua and Barbuda|AI Anguilla|AL Albania|AM Armenia|' +
  'AO Angola|AQ Antarctica|AR Argentina|AS American Samoa|AT Austria|AU Australia|AW Aruba|AX Aland Islands|' +
  'AZ Azerbaijan|BA Bosnia and Herzegovina;Bosnia|BB Barbados|BD Bangladesh|BE Belgium|BF Burkina Faso|BG Bulgaria|' +
  'BH Bahrain|BI Burundi|BJ Benin|BL Saint Barthelemy|BM Bermuda|BN Brunei Darussalam;Brunei|' +
  'BO Bolivia;Plurinational State of Bolivia|BQ Bonaire, Sint Eustatius and Saba;Caribbean Netherlands|BR Brazil|BS Bahamas|BT Bhutan|' +
  'BV Bouvet Island|BW Botswana|BY Belarus;Byelorussia|BZ Belize|CA Canada|CC Cocos Keeling Islands|' +
  'CD Democratic Republic of the Congo;DR Congo;DRC;Zaire;Congo Kinshasa|CF Central African Republic;CAR|' +
  'CG Congo;Republic of the Congo;Congo Brazzaville|CH Switzerland|CI Cote d Ivoire;Cote dIvoire;Ivory Coast|CK Cook Islands|' +
  'CL Chile|CM Cameroon|CN China;Peoples Republic of China;PRC;Mainland China|CO Colombia|CR Costa Rica|CU Cuba|' +
  'CV Cabo Verde;Cape Verde|CW Curacao|CX Christmas Island|CY Cyprus|CZ Czechia;Czech Republic|' +
  'DE Germany;Federal Republic of Germany;German Democratic Republic;East Germany|DJ Djibouti|DK Denmark|DM Dominica|' +
  'DO Dominican Republic|DZ Algeria|EC Ecuador|EE Estonia|EG Egypt;Arab Republic of Egypt|EH Western Sahara|' +
  'ER Eritrea|ES Spain|ET Ethiopia|FI Finland|FJ Fiji|FK Falkland Islands;Falkland Islands Malvinas|' +
  'FM Micronesia;Federated States of Micronesia|FO Faroe Islands|FR France|GA Gabon|' +
  'GB United Kingdom;United Kingdom of Great Britain and Northern Ireland;UK;Great Britain;England;Scotland;Wales;' +
  'Northern Ireland|GD Grenada|GE Georgia|GF French Guiana|GG Guernsey|GH Ghana|GI Gibraltar|GL Greenland|GM Gambia|' +
  'GN Guinea;Guinea Conakry|GP Guadeloupe|GQ Equatorial Guinea|GR Greece|' +
  'GS South Georgia and the South Sandwich Islands|GT Guatemala|GU Guam|GW Guinea-Bissau|GY Guyana|' +
  'HK Hong Kong;Hong Kong SAR;Hong Kong China;Hong Kong SAR China;China Hong Kong Special Administrative Region|' +
  'HM Heard Island and McDonald Islands;Heard and McDonald Islands|HN Honduras|HR Croatia|HT Haiti|HU Hungary|ID Indonesia|IE Ireland|IL Israel|' +
  'IM Isle of Man|IN India|IO British Indian Ocean Territory|IQ Iraq|IR Iran;Islamic Republic of Iran;Persia|' +
  'IS Iceland|IT Italy|JE Jersey|JM Jamaica|JO Jordan|JP Japan|KE Kenya|KG Kyrgyzstan;Kyrgyz Republic|' +
  'KH Cambodia;Kampuchea|KI Kiribati|KM Comoros;Union of the Comoros|KN Saint Kitts and Nevis|' +
  'KP Democratic Peoples Republic of Korea;North Korea;DPRK|KR Republic of Korea;South Korea|KW Kuwait|' +
  'KY Cayman Islands|KZ Kazakhstan|LA Lao Peoples Democratic Republic;Laos;Lao PDR|LB Lebanon|LC Saint Lucia|' +
  'LI Liechtenstein|LK Sri Lanka;Ceylon|LR Liberia|LS Lesotho|LT Lithuania|LU Luxembourg|LV Latvia|' +
  'LY Libya;Libyan Arab Jamahiriya;State of Libya|MA Morocco|MC Monaco|MD Moldova;Republic of Moldova|ME Montenegro|' +
  'MF Saint Martin;Saint Martin French part|MG Madagascar|MH Marshall Islands;Republic of the Marshall Islands|' +
  'MK North Macedonia;Macedonia;Former Yugoslav Republic of Macedonia;FYROM|ML Mali|MM Myanmar;Burma;Myanmar Burma|' +
  'MN Mongolia|MO Macau;Macao;Macao SAR;Macao SAR China;China Macao Special Administrative Region|MP Northern Mariana Islands|' +
  'MQ Martinique|MR Mauritania|MS Montserrat|MT Malta|MU Mauritius|MV Maldives|MW Malawi|MX Mexico|MY Malaysia|' +
  'MZ Mozambique|NA Namibia|NC New Caledonia|NE Niger|NF Norfolk Island|NG Nigeria|NI Nicaragua|' +
  'NL Netherlands;Kingdom of the Netherlands;Holland|NO Norway|NP Nepal|NR Nauru|NU Niue|NZ New Zealand|OM Oman|' +
  'PA Panama|PE Peru|PF French Polynesia|PG Papua New Guinea|PH Philippines|PK Pakistan|PL Poland|' +
  'PM Saint Pierre and Miquelon|PN Pitcairn;Pitcairn Islands|PR Puerto Rico|' +
  'PS State of Palestine;Palestine;Palestinian;Palestinian Authority;Palestinian Territories;Palestinian Territory;' +
  'Occupied Palestinian Territory;Occupied Palestinian Territories;West Bank;Gaza;Gaza Strip;West Bank and Gaza|' +
  'PT Portugal|PW Palau|PY Paraguay|QA Qatar|RE Reunion|RO Romania|RS Serbia|RU Russian Federation;Russia|RW Rwanda|' +
  'SA Saudi Arabia|SB Solomon Islands|SC Seychelles|SD Sudan|SE Sweden|SG Singapore|' +
  'SH Saint Helena, Ascension and Tristan da Cunha;Saint Helena|SI Slovenia|SJ Svalbard and Jan Mayen|' +
  'SK Slovakia;Slovak Republic|SL Sierra Leone|SM San Marino|SN Senegal|SO Somalia|SR Suriname|SS South Sudan|' +
  'ST Sao Tome and Principe|SV El Salvador|SX Sint Maarten|SY Syrian Arab Republic;Syria|SZ Eswatini;Swaziland|' +
  'TC Turks and Caicos Islands|TD Chad|TF French Southern Territories|TG Togo|TH Thailand|TJ Tajikistan|TK Tokelau|' +
  'TL Timor-Leste;East Timor|TM Turkmenistan|TN Tunisia|TO Tonga|TR Turkey;Turkiye|TT Trinidad and Tobago|TV Tuvalu|' +
  'TW Taiwan;Taiwan Province of China;Taiwan Republic of China;Taiwan China|TZ United Republic of Tanzania;Tanzania|' +
  'UA Ukraine;Crimea|UG Uganda|UM United States Minor Outlying Islands;US Outlying Islands|US United States;United States of America;USA|' +
  'UY Uruguay|UZ Uzbekistan|VA Holy See;Vatican City;Vatican City State;Holy See Vatican City State|' +
  'VC Saint Vincent and the Grenadines|VE Venezuela;Bolivarian Republic of Venezuela|' +
  'VG British Virgin Islands;BVI|VI United States Virgin Islands;US Virgin Islands|VN Viet Nam;Vietnam|VU Vanuatu|' +
  'WF Wallis and Futuna|WS Samoa;Western Samoa|XK Kosovo|YE Yemen;Yemen Arab Republic|YT Mayotte|ZA South Africa|' +
  'ZM Zambia|ZW Zimbabwe;Rhodesia|' +
  'AM,AZ,BY,EE,GE,KG,KZ,LT,LV,MD,RU,TJ,TM,UA,UZ Soviet Union;USSR;Union of Soviet Socialist Republics|' +
  'BA,HR,ME,MK,RS,SI,XK Yugoslavia;Socialist Federal Republic of Yugoslavia|' +
  'ME,RS Serbia and Montenegro;Federal Republic of Yugoslavia|CZ,SK Czechoslovakia|BQ,CW,SX Netherlands Antilles'

/** Words that are spelt or left out freely. The order of the others does not count: `Korea, Republic of`. */
const SPELLINGS: Readonly<Record<string, string>> = {
  st: 'saint',
  the: '',
  of: '',
  and: '',
  former: '',
  formerly: '',
  region: '',
}

const BY_KEY: ReadonlyMap<string, readonly string[]> = new Map(
  NAMES.split('|').flatMap((row) => {
    const [codes = '', ...words] = row.split(' ')
    return words
      .join(' ')
      .split(';')
      .map((name) => [keyOf(name), codes.split(',')] as const)
  }),
)

/** Codes of a country by its name or code; none for what names no country (`None Identified`, `undetermined`). */
export function countriesOf(text: string): readonly string[] {
  const trimmed = text.trim()
  if (trimmed === '') return []
  const named = BY_KEY.get(keyOf(trimmed)) ?? BY_KEY.get(keyOf(trimmed.replace(/\(.*$/u, '')))
  if (named !== undefined) return named
  // In capitals alone: the UN writes `na` for what it does not know.
  const code = /^[A-Z]{2,3}$/u.test(trimmed) ? toCountryCode(trimmed) : null
  return code === null ? [] : [code]
}

/** Of several names, each code once. */
export const countriesOfAll = (names: readonly string[]): string[] => [...new Set(names.flatMap(countriesOf))]

/** The one country that a name stands for; undefined where it is none or several. */
export function countryOf(text: string): string | undefined {
  const codes = countriesOf(text)
  return codes.length === 1 ? codes[0] : undefined
}

function keyOf(name: string): string {
  return name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[.'’`]/gu, '')
    .split(/[^a-z]+/u)
    .map((word) => SPELLINGS[word] ?? word)
    .filter((word) => word !== '')
    .toSorted()
    .join(' ')
}
