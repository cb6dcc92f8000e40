// Who counts as the same person in two sessions of a tenant, as far as a reviewer's word on a hit goes: the same name under
// the same client id, or the same name and date of birth. Identities are texts with personal data: they are kept and
// compared as keyed hashes only.

import { identityName } from './identity-name.ts'

export type Person = { client_id: string | null; name: string; date_of_birth: string | null }

/** By which a word is found that was given for this person before. */
export const identitiesOf = ({ client_id, name, date_of_birth }: Person): string[] => [
  ...(client_id === null ? [] : [ofClient(client_id, name, date_of_birth)]),
  ...(date_of_birth === null ? [] : [ofPerson(name, date_of_birth)]),
]

/** Under which a word is kept: whoever judged with a birth date has judged that client without one, too. */
export const identitiesToKeep = (person: Person): string[] => {
  const { client_id, name } = person
  const without = client_id === null ? [] : [ofClient(client_id, name, null)]
  return [...new Set([...identitiesOf(person), ...without])]
}

const ofClient = (clientId: string, name: string, born: string | null): string =>
  JSON.stringify(['client', clientId, identityName(name), born])

const ofPerson = (name: string, born: string): string => JSON.stringify(['person', identityName(name), born])
