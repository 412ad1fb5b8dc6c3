import type { Person } from '@throughline/core'
import { columnsOf, table } from '../table.ts'

const person = columnsOf<Person>()
export const people = table<Person>(
  'people',
  'One row for each person, however many lead and contact records they have.',
  (d) => d.people,
  [
    person('id', 'VARCHAR', 'Key of the first record the person appeared as.', (p) => p.id),
    person('account', 'VARCHAR', 'Account of the person.', (p) => p.account),
    person('owner', 'VARCHAR', 'User or queue who owns the person.', (p) => p.owner),
    person('status', 'VARCHAR', 'Status as the source spells it.', (p) => p.status),
    person('score', 'DOUBLE', 'Latest score.', (p) => p.score),
    person('object', 'VARCHAR', '`lead` until a contact record exists, then `contact`.', (p) => p.object),
    person('current_activation', 'VARCHAR', 'Activation of the current journey.', (p) => p.currentActivation),
    person(
      'dormant',
      'BOOLEAN',
      'The current journey is complete: the next interaction starts a new one.',
      (p) => p.dormant,
    ),
    person('created_at', 'BIGINT', 'When the first record was created.', (p) => p.createdAt),
    person('created_on', 'DATE', 'The same as a day.', (p, c) => c.dayOf(p.createdAt)),
    person('engagements', 'INTEGER', 'How many engagements the person has.', (p, c) => c.touches(p.id).engagements),
    person('journeys', 'INTEGER', 'How many of them began a journey.', (p, c) => c.touches(p.id).journeys),
    person('last_engagement_at', 'BIGINT', 'When the latest of them happened.', (p, c) => c.touches(p.id).lastAt),
    person('deleted', 'BOOLEAN', 'All records were deleted in the source.', (p) => p.deleted),
  ],
)

type PersonRecord = Readonly<{ record: string; person: string }>
const record = columnsOf<PersonRecord>()
export const personRecords = table<PersonRecord>(
  'person_records',
  'Which lead and contact records are which person.',
  (d) =>
    d.people.flatMap((p) => [
      ...p.leads.map((lead) => ({ record: `lead:${lead}`, person: p.id })),
      ...p.contacts.map((contact) => ({ record: `contact:${contact}`, person: p.id })),
    ]),
  [
    record('record', 'VARCHAR', 'Record key: `lead:…` or `contact:…`.', (r) => r.record),
    record('person', 'VARCHAR', 'Person it belongs to.', (r) => r.person),
  ],
)
