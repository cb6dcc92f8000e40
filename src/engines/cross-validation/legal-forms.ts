// The legal form in a company's name, in its many spellings, as one short word. It folds spellings of one form
// together and keeps different forms apart: Acme Ltd and Acme GmbH are two companies.

import { tokensOf } from './text-folding.ts'

/** Longest spelling first wins; words as text-folding.ts leaves them (no dots, capitals). */
const SPELLINGS: readonly [string, readonly string[]][] = [
  [
    'LTD',
    [
      'PRIVATE LIMITED',
      'PTE LIMITED',
      'PTE LTD',
      'PTY LIMITED',
      'PTY LTD',
      'PVT LTD',
      'CO LTD',
      'COMPANY LIMITED',
      'LIMITED',
      'LTD',
    ],
  ],
  ['PLC', ['PUBLIC LIMITED COMPANY', 'PLC']],
  ['LLC', ['LIMITED LIABILITY COMPANY', 'LLC', 'L L C']],
  ['LLP', ['LIMITED LIABILITY PARTNERSHIP', 'LLP']],
  ['INC', ['INCORPORATED', 'INC', 'CORPORATION', 'CORP']],
  ['GMBH', ['GESELLSCHAFT MIT BESCHRANKTER HAFTUNG', 'GESELLSCHAFT MIT BESCHRAENKTER HAFTUNG', 'GMBH', 'MBH']],
  ['UG', ['UG HAFTUNGSBESCHRANKT', 'UG HAFTUNGSBESCHRAENKT', 'UG']],
  ['GMBH CO KG', ['GMBH UND CO KG', 'GMBH AND CO KG', 'GMBH CO KG']],
  ['KG', ['KOMMANDITGESELLSCHAFT', 'KG']],
  ['OHG', ['OHG']],
  ['AG', ['AKTIENGESELLSCHAFT', 'AG']],
  ['SE', ['SOCIETAS EUROPAEA', 'SE']],
  ['SA', ['SOCIETE ANONYME', 'SOCIEDAD ANONIMA', 'SOCIEDADE ANONIMA', 'S A', 'SA']],
  ['SAS', ['SOCIETE PAR ACTIONS SIMPLIFIEE', 'SASU', 'SAS']],
  ['SARL', ['SOCIETE A RESPONSABILITE LIMITEE', 'EURL', 'SARL']],
  ['SRL', ['SOCIETA A RESPONSABILITA LIMITATA', 'SOCIEDAD DE RESPONSABILIDAD LIMITADA', 'SRLS', 'SRL']],
  ['SPA', ['SOCIETA PER AZIONI', 'S P A', 'SPA']],
  ['SL', ['SOCIEDAD LIMITADA', 'SLU', 'SL']],
  ['LDA', ['LIMITADA', 'LTDA', 'LDA']],
  ['BV', ['BESLOTEN VENNOOTSCHAP', 'B V', 'BV']],
  ['NV', ['NAAMLOZE VENNOOTSCHAP', 'N V', 'NV']],
  ['AB', ['AKTIEBOLAG', 'AB']],
  ['AS', ['AKSJESELSKAP', 'A S', 'AS']],
  ['APS', ['ANPARTSSELSKAB', 'APS']],
  ['OY', ['OSAKEYHTIO', 'OYJ', 'OY']],
  ['SPZOO', ['SPOLKA Z OGRANICZONA ODPOWIEDZIALNOSCIA', 'SP Z O O', 'SP Z OO', 'SP ZOO', 'SPZOO']],
  ['SRO', ['SPOL S R O', 'S R O', 'SRO']],
  ['KFT', ['KFT']],
  ['OU', ['OSAUHING', 'OU']],
  ['UAB', ['UAB']],
  ['SIA', ['SIA']],
  ['DOO', ['D O O', 'DOO']],
  ['OOO', ['OOO']],
]

const BY_LENGTH = SPELLINGS.flatMap(([form, spellings]) =>
  spellings.map((spelling) => ({ form, words: spelling.split(' ') })),
).toSorted((left, right) => right.words.length - left.words.length)

/** Baltic, Nordic and Russian companies may write the form first; elsewhere a first word belongs to the name. */
const LEADING_FORMS = new Set(['AS', 'AB', 'OY', 'OU', 'UAB', 'SIA', 'OOO'])

/** `&`, `and`, `und`, `et`, `y`, `e` say nothing, nor does a leading article. */
const FILLERS = new Set(['AND', 'UND', 'ET', 'Y', 'E', 'OG', 'THE'])

/** The words that name the company, and its form; null when the name has none. */
export function foldLegalForm(folded: string): { words: string[]; form: string | null } {
  const all = tokensOf(folded)
  for (const { form, words } of BY_LENGTH) {
    if (all.length <= words.length) continue
    if (words.every((word, index) => all[all.length - words.length + index] === word)) {
      return { words: withoutFillers(all.slice(0, all.length - words.length)), form }
    }
    if (LEADING_FORMS.has(form) && words.every((word, index) => all[index] === word))
      return { words: withoutFillers(all.slice(words.length)), form }
  }
  return { words: withoutFillers(all), form: null }
}

function withoutFillers(words: string[]): string[] {
  const kept = words.filter((word) => !FILLERS.has(word))
  return kept.length === 0 ? words : kept
}
