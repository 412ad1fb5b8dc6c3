import type { ContactCreated } from '@throughline/core'
import type { Translator } from './context.ts'
import { personReader } from './person.ts'
import { type Draft, idAt } from './values.ts'

/** Rows of Contact.csv: the contact's creation and what became of it. */
export const contactTranslator: Translator = (find, context) => {
  const accountId = find.optional('AccountId')
  const read = personReader('Contact', find, context)
  return (cells) => {
    const person = read(cells)
    const created: Draft<ContactCreated> = { kind: 'contact-created', ...person.created, contact: person.id }
    const account = idAt(cells, accountId)
    if (account !== undefined) created.account = account
    return { facts: [created, ...person.since], profile: person.profile }
  }
}
