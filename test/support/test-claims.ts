// A page of docs/ that says which test shows what: `test/path.test.ts`: "title", "title".

import { existsSync, readFileSync } from 'node:fs'

export type Claim = { path: string; titles: string[] }

/** In the last cells of the tables of a page; a path without titles stands for the whole file. */
export const claimsOf = (page: string): Claim[] =>
  readFileSync(page, 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('| ') && line.includes('`test/'))
    .map((line) => line.split('|').at(-2) ?? '')
    .flatMap((cell) =>
      [...cell.matchAll(/`(test\/[^`]+)`(?::((?: "[^"]+",?)+))?/g)].map(([, path = '', titles = '']) => ({
        path,
        titles: [...titles.matchAll(/"([^"]+)"/g)].map(([, title = '']) => title),
      })),
    )

/** What is not there: the file, or titles in it. */
export function missingOf({ path, titles }: Claim): string[] {
  if (!existsSync(path)) return [path]
  const source = readFileSync(path, 'utf8')
  return titles.filter((title) => !source.includes(title))
}
