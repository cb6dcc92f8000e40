// Which lists lie in a folder: by what each file begins with, and by its name where the content leaves it open (OFAC's
// two lists look alike). What is no list, or one too many, is told and not passed over.

import { LIST_SOURCES, type FilePart, type ListFormat } from '../catalog.ts'

export type DetectedList = {
  /** As in the catalog. */
  id: string
  format: ListFormat
  /** Names of the files. */
  files: Partial<Record<FilePart, string>>
  /** YYYY-MM-DD by the files' names; a month is its first day. */
  published_on: string | null
}

export type DetectedLists = { lists: DetectedList[]; unknown: { name: string; reason: string }[] }

type Kind = { id: string; format: ListFormat; part: FilePart }

/** `head` is the first 2 KB or so. */
export function detectLists(files: readonly { name: string; head: string }[]): DetectedLists {
  const lists = new Map<string, DetectedList>()
  const unknown: DetectedLists['unknown'] = []
  // Newest name first, so that an older copy of a list is the one that is left out.
  for (const { name, head } of files.toSorted((a, b) => (dateOf(b.name) ?? '').localeCompare(dateOf(a.name) ?? ''))) {
    const kind = kindOf(name, head.replace(/^\uFEFF/u, '').trimStart())
    const list = kind === null ? undefined : lists.get(kind.id)
    const reason = kind === null ? 'no watchlist that is known' : clash(kind, list)
    if (kind === null || reason !== null) {
      unknown.push({ name, reason: reason ?? '' })
      continue
    }
    const grown = list ?? { id: kind.id, format: kind.format, files: {}, published_on: dateOf(name) }
    grown.files[kind.part] = name
    lists.set(kind.id, grown)
  }
  const order = LIST_SOURCES.map((source) => source.id)
  const ordered = [...lists.values()].toSorted((a, b) => order.indexOf(a.id) - order.indexOf(b.id))
  for (const list of ordered.filter((one) => missing(one).length > 0)) {
    const reason = `of ${list.id}, whose ${missing(list).join(', ')} file is missing`
    unknown.push(...Object.values(list.files).map((name) => ({ name, reason })))
  }
  return { lists: ordered.filter((list) => missing(list).length === 0), unknown }
}

/** Comments are there only when remarks overflow. */
function missing({ format, files }: DetectedList): FilePart[] {
  const needed: FilePart[] = format === 'ofac-csv' ? ['main', 'aliases', 'addresses'] : ['main']
  return needed.filter((part) => files[part] === undefined)
}

function clash(kind: Kind, list: DetectedList | undefined): string | null {
  if (list === undefined) return null
  if (list.format !== kind.format) return `${kind.id} is there in another format`
  return list.files[kind.part] === undefined ? null : `${kind.id} has this file already, under another name`
}

function kindOf(name: string, head: string): Kind | null {
  return head.startsWith('<') ? xmlKind(name, head) : (csvKind(head) ?? ofacCsvKind(name, head))
}

function xmlKind(name: string, head: string): Kind | null {
  const withoutProlog = head.replace(/<\?.*?\?>|<!--.*?-->/gsu, '')
  const root = /^\s*<(?:[\w.-]+:)?([\w.-]+)/u.exec(withoutProlog)?.[1]
  if (root === 'sdnList') return { id: ofacId(name), format: 'ofac-xml', part: 'main' }
  if (root === 'CONSOLIDATED_LIST') return { id: 'un_sc', format: 'un-xml', part: 'main' }
  if (root === 'export' && /sanctionEntity|\/fsd\/|generationDate/u.test(withoutProlog)) {
    return { id: 'eu_fsf', format: 'eu-xml', part: 'main' }
  }
  return root === 'Designations' ? { id: 'uk_sl', format: 'uk-xml', part: 'main' } : null
}

function csvKind(head: string): Kind | null {
  if (/^"?id"?,"?schema"?,"?name"?,/u.test(head))
    return { id: 'opensanctions', format: 'opensanctions-csv', part: 'main' }
  if (/^"?fileGenerationDate"?;/iu.test(head)) return { id: 'eu_fsf', format: 'eu-csv', part: 'main' }
  const opening = head.split(/\r?\n/u, 3).join('\n')
  const isUk = /^"?Report Date/iu.test(opening) || /^"?Last Updated"?,"?Unique ID"?,/imu.test(opening)
  return isUk ? { id: 'uk_sl', format: 'uk-csv', part: 'main' } : null
}

/** By the columns of the first row: 12 are names, 6 addresses, 5 aliases, 2 comments. */
function ofacCsvKind(name: string, head: string): Kind | null {
  const row = head.split(/\r?\n/u, 1)[0] ?? ''
  if (!/^"?\d+"?,/u.test(row)) return null
  const columns = row.match(/"(?:[^"]|"")*"?|[^,"]+/gu)?.filter((column) => column.trim() !== '') ?? []
  const part = OFAC_PARTS[columns.length]
  if (part === undefined || !/-0-|^\d+,"/u.test(row)) return null
  return { id: ofacId(name), format: 'ofac-csv', part }
}

const OFAC_PARTS: Readonly<Record<number, FilePart>> = { 12: 'main', 6: 'addresses', 5: 'aliases', 2: 'comments' }

const ofacId = (name: string): string => (/cons/iu.test(name) ? 'ofac_cons' : 'ofac_sdn')

function dateOf(name: string): string | null {
  const [, year, month, day] =
    /(?<!\d)(20\d\d)[-_]?(0[1-9]|1[0-2])(?:[-_]?(0[1-9]|[12]\d|3[01]))?(?!\d)/u.exec(name) ?? []
  return year === undefined || month === undefined ? null : `${year}-${month}-${day ?? '01'}`
}
