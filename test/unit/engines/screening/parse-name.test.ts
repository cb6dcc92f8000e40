import { expect, test } from 'vitest'
import { parseName } from '../../../../src/engines/screening/names/parse-name.ts'

const person = (name: string): string[] =>
  parseName(name, 'person').tokens.map((token) => `${token.kind} ${token.text}`)
const company = (name: string) => {
  const { tokens, forms } = parseName(name, 'organization')
  return { words: tokens.map((token) => `${token.kind} ${token.text}`), forms }
}

test('a family name before a comma goes to the end, and a suffix after one is none', () => {
  expect(person('MADURO MOROS, Nicolas')).toEqual(['word nicolas', 'word maduro', 'word moros'])
  expect(person('Ruben Lavilla, Jr.')).toEqual(['word ruben', 'word lavilla', 'suffix jr'])
})

test('titles and particles are told apart from names, and a name of titles alone is a name', () => {
  expect(person('Dr. Khalid bin Walid')).toEqual(['title dr', 'word khalid', 'particle bin', 'word walid'])
  expect(person('Maulvi Mullah')).toEqual(['word maulvi', 'word mullah'])
})

test('the article is one word in all its forms', () => {
  expect(person('Abd ar-Rahman el-Masri')).toEqual([
    'word abd',
    'particle al',
    'word rahman',
    'particle al',
    'word masri',
  ])
  expect(person('Nguyen Van An')).toEqual(['word nguyen', 'particle van', 'word an'])
})

test('apostrophes of every kind join, hyphens part', () => {
  expect(person("Nu’man O'Neill Jean-Marie")).toEqual(['word numan', 'word oneill', 'word jean', 'word marie'])
})

test('dotted letters are initials of a person and one word of a company', () => {
  expect(person('J.R. Smith')).toEqual(['initial j', 'initial r', 'word smith'])
  expect(company('L.X.C. Aviation').words[0]).toBe('word lxc')
})

test.each([
  ['Open Joint Stock Company Gazprom', ['joint_stock'], ['word gazprom']],
  ['ООО «Ромашка»', ['limited'], ['word romashka']],
  ['Volkswagen Bank G.m.b.H.', ['limited'], ['word volkswagen', 'generic bank']],
  ['JSCARGUMENT', ['joint_stock'], ['word argument']],
  ['Acme Sp. z o.o.', ['limited'], ['word acme']],
])('%s has its legal form apart', (name, forms, words) => {
  expect(company(name)).toEqual({ forms, words })
})

test('numbers are numbers however they are written', () => {
  expect(company('Brigade Forty').words).toContain('number 40')
  expect(company('Capital Fund XIV L.P.').words).toContain('number 14')
  expect(company('2nd Brigade').words).toContain('number 2')
  expect(company('X Corporation').words).toEqual(['word x'])
})

test('a name of legal forms alone keeps its words', () => {
  expect(company('Limited Company').words.length).toBeGreaterThan(0)
})

test.each(['', ' ', ',', '...', '\u0000', '👩‍💻', '́', 'a'.repeat(100_000), '&&&', '的'])(
  '%j is no name and no failure',
  (name) => {
    expect(() => [parseName(name, 'person'), parseName(name, 'organization')]).not.toThrow()
  },
)
