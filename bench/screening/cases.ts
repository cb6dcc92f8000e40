import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { readTable } from '../../src/cli/screening/read-table.ts'
import type { NameClass } from '../../src/engines/screening/names/parse-name.ts'
import { hash } from '../../src/engines/screening/index/word-keys.ts'

// Labelled cases that lie beside the project, and a split of them into two halves that never changes.

export type Pair = { of: NameClass; one: string; other: string; isMatch: boolean; isStrong: boolean }
export type Positive = { name: string; isAltered: boolean; reference: string }
export type Negative = { name: string; date_of_birth: string; nationality: string }
export type Complaint = { of: NameClass; one: string; other: string; expected: string }

export const dataFolder = (): string => process.argv[2] ?? join(import.meta.dirname, '../../../shared/data')

export function leaveWithoutData(folder: string): void {
  if (existsSync(join(folder, 'screening/name_pairs.csv'))) return
  process.stdout.write(`skipped: no labelled cases in ${folder} (name the folder as an argument)\n`)
  process.exit(0)
}

export async function readPairs(folder: string): Promise<Pair[]> {
  const rows = await readTable(join(folder, 'screening/name_pairs.csv'))
  return rows.map((row) => ({
    of: row['schema'] === 'Person' ? 'person' : 'organization',
    one: row['name1'] ?? '',
    other: row['name2'] ?? '',
    isMatch: row['is_match'] === 'true',
    isStrong: row['quality'] === 'STRONG',
  }))
}

/** Those that name an entry. */
export async function readPositives(folder: string): Promise<Positive[]> {
  const rows = await readTable(join(folder, 'screening/positives_un.csv'))
  return rows
    .map((row) => ({
      name: row['name'] ?? '',
      isAltered: row['altered'] === '1',
      reference: row['list_reference'] ?? '',
    }))
    .filter((row) => row.reference !== '')
}

export async function readNegatives(folder: string): Promise<Negative[]> {
  const rows = await readTable(join(folder, 'screening/negatives.csv'))
  return rows.map((row) => ({
    name: row['name'] ?? '',
    date_of_birth: row['date_of_birth'] ?? '',
    nationality: row['nationality'] ?? '',
  }))
}

export async function readComplaints(folder: string): Promise<Complaint[]> {
  const rows = await readTable(join(folder, 'screening/complaints.csv'))
  return rows.map((row) => {
    const [one, other] = [row['query'] ?? '', row['candidate'] ?? '']
    return { of: ofCompanies(one, other), one, other, expected: row['expected'] ?? '' }
  })
}

/** The file does not say what bears the names. */
const ofCompanies = (...names: string[]): NameClass =>
  names.some((name) => /\b(LLC|CORP|JSC|Inc|LIMITED|store)\b|JSC/i.test(name)) ? 'organization' : 'person'

/** The first half is what the weights were fitted on; the second they have never seen. */
export const isOfFirstHalf = (...texts: string[]): boolean => hash(97, texts.join('|')) % 2 === 0
