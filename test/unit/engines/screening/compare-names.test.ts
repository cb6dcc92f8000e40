import fc from 'fast-check'
import { expect, test } from 'vitest'
import { compareNames } from '../../../../src/engines/screening/score/compare-names.ts'

const person = (one: string, other: string): number => compareNames(one, other, 'person').score
const company = (one: string, other: string): number => compareNames(one, other, 'organization').score
const arePeople = (one: string, other: string): boolean => compareNames(one, other, 'person').isMatch
const areCompanies = (one: string, other: string): boolean => compareNames(one, other, 'organization').isMatch

test.each([
  ['order', 'Wei Zhang', 'ZHANG, Wei'],
  ['an initial', 'J. Okonkwo', 'Jane Okonkwo'],
  ['a title', 'Dr. Amara Diallo', 'Amara Diallo'],
  ['a nickname', 'Bill Hartmann', 'William Hartmann'],
  ['a diminutive', 'Sasha Morozov', 'Aleksandr Morozov'],
  ['a particle', 'Khalid bin Rashid al-Amri', 'Khalid Rashid Amri'],
  ['words run together', 'Abdulkarim Nasser', 'Abd al-Karim Nasser'],
  ['one word for two', 'VladimirSokolov', 'Vladimir Sokolov'],
  ['a patronymic left out', 'Oleg Viktorovich Baranov', 'Oleg Baranov'],
  ['a slip of the pen', 'Fridrich Lindenberg', 'Friedrich Lindenberg'],
  ['letters swapped', 'Anglea Brandt', 'Angela Brandt'],
])('%s does not make two people of one', (_, one, other) => {
  expect(arePeople(one, other)).toBe(true)
})

test.each([
  ['another given name', 'Boris Volkov', 'Roman Volkov'],
  ['another patronymic', 'Murad Khasanovich Magomedov', 'Murad Timurovich Magomedov'],
  ['another family name', 'Ahmad Hassan al-Mosuli', 'Ahmad Hassan al-Tikriti'],
  ['another gender', 'Antonia Ferrari', 'Antonio Ferrari'],
  ['father and son changed', 'Salman bin Muhammad al-Rawi', 'Muhammad bin Salman al-Rawi'],
  ['one word against several', 'Viktor Smirnov', 'VIKTOROV, Viktor Viktorovich'],
  ['two letters of a short name', 'Li Wu', 'Lu Wo'],
])('%s makes two people', (_, one, other) => {
  expect(arePeople(one, other)).toBe(false)
})

test.each([
  ['legal forms of one kind', 'Rosneft OAO', 'Public Joint Stock Company Rosneft'],
  ['a legal form left out', 'Faberlic Europe', 'FABERLIC EUROPE Sp. z o.o.'],
  ['an ampersand', 'H&M Hennes & Mauritz', 'H and M Hennes and Mauritz'],
  ['a written number', 'Brigade Fourty-four', 'Brigade 44'],
  ['an article', 'The Walt Bank', 'Walt Bank'],
  ['a form run together with the name', 'ARGUMENTJSC', 'JSC ARGUMENT'],
])('%s does not make two companies of one', (_, one, other) => {
  expect(areCompanies(one, other)).toBe(true)
})

test.each([
  ['nothing but the legal form in common', 'BELLETECH CORP', '11420 CORP.'],
  ['another country', 'Government of Estonia', 'Government of Ethiopia'],
  ['another branch', 'ICBC (Asia) Limited', 'ICBC (London) plc'],
  ['another trade', 'Saudi Arabian Gas Company', 'Saudi Arabian Oil Company'],
  ['another distinctive word', 'Berliner Motoren Werke AG', 'Bayerische Motoren Werke AG'],
  ['a number that one lacks', 'Global Solutions, Inc.', 'Global Solutions II, Inc.'],
])('%s makes two companies', (_, one, other) => {
  expect(areCompanies(one, other)).toBe(false)
})

test('another number lowers the score', () => {
  expect(company('Snow Storm 1', 'Snow Storm 2')).toBeLessThan(company('Snow Storm 1', 'Snow Storm 1'))
})

test('a patronymic left out is far above one that differs', () => {
  const left = person('Valery Nikolaevich Ermakov', 'Valery Ermakov')
  expect(left).toBeGreaterThan(person('Valery Nikolaevich Ermakov', 'Valery Konstantinovich Ermakov') + 0.3)
})

test('equal names still rank: more and rarer words are surer', () => {
  const scores = ['Ali Khan', 'Mohammad Ali Khan', 'Zurab Kvirikashvili', 'Zurab Davitis Kvirikashvili'].map((name) =>
    person(name, name),
  )
  expect(scores).toEqual(scores.toSorted((one, other) => one - other))
  expect(new Set(scores).size).toBe(scores.length)
  expect(Math.max(...scores)).toBeLessThan(1)
})

const word = fc.stringMatching(/^[a-z]{2,10}$/)
const name = fc.array(word, { minLength: 1, maxLength: 5 }).map((words) => words.join(' '))

test('which of two names comes first makes no difference', () => {
  fc.assert(
    fc.property(name, name, fc.constantFrom('person' as const, 'organization' as const), (one, other, of) => {
      expect(compareNames(one, other, of).score).toBeCloseTo(compareNames(other, one, of).score, 1)
    }),
    { numRuns: 500 },
  )
})

test('no other name is nearer to a name than itself', () => {
  fc.assert(
    fc.property(name, name, (one, other) => {
      expect(person(one, one)).toBeGreaterThanOrEqual(person(one, other))
    }),
    { numRuns: 500 },
  )
})

test('any text has a score from 0 to 1', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' }), (one, other) => {
      for (const score of [person(one, other), company(one, other)]) {
        expect(score).toBeGreaterThanOrEqual(0)
        expect(score).toBeLessThanOrEqual(1)
      }
    }),
    { numRuns: 1000 },
  )
})
