import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compareNames, NAME_MATCH } from '../../../../src/engines/cross-validation/names.ts'

const person = (left: string, right: string): number => compareNames(left, right, 'individual') ?? Number.NaN
const company = (left: string, right: string): number => compareNames(left, right, 'company') ?? Number.NaN

describe('two names of one person', () => {
  it.each([
    ['order', 'Anna Maria Eriksson', 'ERIKSSON ANNA MARIA'],
    ['a comma', 'Eriksson, Anna Maria', 'Anna Maria Eriksson'],
    ['a missing middle name', 'Anna Eriksson', 'Anna Maria Eriksson'],
    ['an initial', 'A. Eriksson', 'Anna Eriksson'],
    ['a title', 'Mrs Anna Eriksson', 'Anna Eriksson'],
    ['marks', 'José Núñez', 'JOSE NUNEZ'],
    ['the passport spelling of ü', 'Jürgen Müller', 'JUERGEN MUELLER'],
    ['the passport spelling of ø and å', 'Søren Ågård', 'SOEREN AAGAARD'],
    ['ß', 'Groß Peter', 'PETER GROSS'],
    ['a hyphen', 'Jean-Pierre Dupont', 'JEAN PIERRE DUPONT'],
    ['an apostrophe', "Seán O'Brien", 'SEAN OBRIEN'],
    ['a particle written together', 'Maria De La Cruz', 'MARIA DELACRUZ'],
    ['a Polish ł', 'Paweł Wałęsa', 'PAWEL WALESA'],
    ['one letter too few in a long word', 'Anna Erikson', 'Anna Eriksson'],
    ['two letters swapped', 'Anna Eirksson', 'Anna Eriksson'],
    ['a single name', 'Sukarno', 'SUKARNO'],
    ['another script, equal', 'Анна Ерикссон', 'АННА ЕРИКССОН'],
    ['a decomposed letter', 'Mu\u0308ller Jan', 'M\u00fcller Jan'],
  ])('agree but for %s', (_name, left, right) => {
    expect(person(left, right)).toBeGreaterThanOrEqual(NAME_MATCH)
    expect(person(right, left)).toBeGreaterThanOrEqual(NAME_MATCH)
  })

  it.each([
    ['the given name', 'Anna Eriksson', 'Karl Eriksson'],
    ['the surname', 'Anna Maria Smith', 'Anna Maria Jones'],
    ['one letter of a short name', 'John Smith', 'Joan Smith'],
    ['a son and a daughter', 'Mario Rossi', 'Maria Rossi'],
    ['the middle name', 'Anna Maria Eriksson', 'Anna Karin Eriksson'],
    ['a short name before a long one', 'Jo Constantinopoulos', 'Al Constantinopoulos'],
    ['the initial', 'B. Eriksson', 'Anna Eriksson'],
    ['the surname alone', 'Eriksson', 'Anna Eriksson'],
    ['all', 'Anna Eriksson', 'Li Wei'],
    ['nothing on one side', '', 'Anna Eriksson'],
    ['signs only', '---', 'Anna Eriksson'],
  ])('do not agree in %s', (_name, left, right) => {
    expect(person(left, right)).toBeLessThan(NAME_MATCH)
    expect(person(right, left)).toBeLessThan(NAME_MATCH)
  })

  it('cannot be compared across scripts', () => {
    expect(compareNames('Анна Ерикссон', 'Anna Eriksson', 'individual')).toBeNull()
    expect(compareNames('李伟', 'Li Wei', 'individual')).toBeNull()
  })

  it('agree with themselves wholly, and the order of the two never counts', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 40 }),
        fc.string({ unit: 'binary', maxLength: 40 }),
        (left, right) => {
          expect(compareNames(left, left, 'individual')).toBe(1)
          const [one, other] = [compareNames(left, right, 'individual'), compareNames(right, left, 'individual')]
          expect(one === null).toBe(other === null)
          if (one !== null && other !== null) {
            expect(one).toBeGreaterThanOrEqual(0)
            expect(one).toBeLessThanOrEqual(1)
          }
        },
      ),
    )
  })
})

describe('two names of one company', () => {
  it.each([
    ['Acme Limited', 'ACME LTD.'],
    ['Acme Trading Co., Ltd.', 'Acme Trading Limited'],
    ['Müller & Söhne GmbH', 'MUELLER UND SOEHNE GESELLSCHAFT MIT BESCHRÄNKTER HAFTUNG'],
    ['Sociedad de Ejemplo S.A.', 'SOCIEDAD DE EJEMPLO SA'],
    ['Example B.V.', 'Example Besloten Vennootschap'],
    ['Przykład Sp. z o.o.', 'PRZYKLAD SPOLKA Z OGRANICZONA ODPOWIEDZIALNOSCIA'],
    ['The Example Company LLC', 'Example Company L.L.C.'],
    ['AS Tallinna Näidis', 'Tallinna Näidis AS'],
    ['Acme', 'Acme Inc.'],
    ['Data Works GmbH', 'DataWorks GmbH'],
  ])('agree: %s and %s', (left, right) => {
    expect(company(left, right)).toBeGreaterThanOrEqual(NAME_MATCH)
  })

  it.each([
    ['Acme Ltd', 'Acme GmbH'],
    ['Acme Holding Ltd', 'Acme Ltd'],
    ['Acme Ltd', 'Zenith Ltd'],
    ['Acme Trading Ltd', 'Acme Shipping Ltd'],
    ['', 'Acme Ltd'],
  ])('do not agree: %s and %s', (left, right) => {
    expect(company(left, right)).toBeLessThan(NAME_MATCH)
  })
})
