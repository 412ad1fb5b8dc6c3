import type { EmailKey, InteractionRecorded, PersonKey } from '@throughline/core'
import type { Column } from '../csv/columns.ts'
import { RowFault } from '../rejects.ts'
import type { Translator } from './context.ts'
import type { TagColumns } from './options.ts'
import { submissionReader } from './submission.ts'
import { type Draft, idAt, requiredId, requiredInstant, requiredText, textAt } from './values.ts'

const CHANNELS = ['form', 'list-upload', 'api', 'manual'] as const

const tagColumns = (click: 'FC' | 'LC'): TagColumns => ({
  medium: [`${click}_Medium`],
  source: [`${click}_Source`],
  campaign: [`${click}_Campaign`],
  content: [`${click}_Content`],
  term: [`${click}_Term`],
})

/**
 * Rows of Interaction.csv: what known people did. Our own addition to the export's files, because the
 * processing fields of leads and contacts are emptied as soon as they are read and no history keeps them.
 */
export const interactionTranslator: Translator = (find, context) => {
  const id = find.required('Id')
  const leadId = find.optional('LeadId')
  const contactId = find.optional('ContactId')
  const email = find.optional('Email')
  const channel = find.required('Channel')
  const createdDate = find.required('CreatedDate')
  const createdBy = find.optional('CreatedById')
  const submissionOf = submissionReader(
    find,
    {
      first: tagColumns('FC'),
      last: tagColumns('LC'),
      engagementType: ['EngagementType'],
      engagementDate: ['EngagementDate'],
    },
    context.zone,
  )
  return (cells) => {
    const key = requiredId(cells, id)
    const recordedAt = requiredInstant(cells, createdDate)
    const contact = idAt(cells, contactId)
    const lead = idAt(cells, leadId)
    const person: PersonKey | EmailKey | undefined = contact
      ? `contact:${contact}`
      : lead
        ? `lead:${lead}`
        : emailPerson(cells, email, context.emailKey)
    if (!person)
      throw new RowFault(
        'nobody-named',
        email.name,
        textAt(cells, email) ?? '',
        'the row names no lead, no contact and no e-mail address.',
        'Fill in LeadId, ContactId or Email, or leave the row out.',
      )
    const { submission, dayOnly } = submissionOf(cells, recordedAt)
    const fact: Draft<InteractionRecorded> = {
      kind: 'interaction-recorded',
      id: `salesforce/Interaction/${key}`,
      occurredAt: submission?.engagementAt ?? recordedAt,
      recordedAt,
      person,
      channel: channelOf(cells, channel),
      submission: submission ?? {},
    }
    if (dayOnly) fact.inferred = 'day-only'
    const by = idAt(cells, createdBy)
    if (by !== undefined) fact.by = by
    return { facts: [fact] }
  }
}

function emailPerson(
  cells: readonly string[],
  column: Column,
  emailKey: (address: string) => EmailKey | undefined,
): EmailKey | undefined {
  const text = textAt(cells, column)
  return text === undefined ? undefined : emailKey(text)
}

function channelOf(cells: readonly string[], column: Column): (typeof CHANNELS)[number] {
  const text = requiredText(cells, column).toLowerCase()
  const channel = CHANNELS.find((known) => known === text)
  if (channel) return channel
  throw new RowFault(
    'unmapped-value',
    column.name,
    text,
    'this is no channel an interaction can come through.',
    `Write one of ${CHANNELS.join(', ')}.`,
  )
}
