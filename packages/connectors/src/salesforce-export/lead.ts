import {
  dayNumberOf,
  type Fact,
  type Instant,
  instantOf,
  type LeadConverted,
  type LeadCreated,
} from '@throughline/core'
import type { RecordNow } from './at-creation.ts'
import type { Context, Translator } from './context.ts'
import { type TrackedFields, trackedFields } from './history.ts'
import { personReader } from './person.ts'
import { type Draft, dayNumberAt, flagAt, idAt } from './values.ts'

const SAME_SAVE_MS = 60_000

/** Rows of Lead.csv: the lead's creation, what became of it, and its conversion. */
export const leadTranslator: Translator = (find, context) => {
  const isConverted = find.optional('IsConverted')
  const convertedDate = find.optional('ConvertedDate')
  const contactId = find.optional('ConvertedContactId')
  const accountId = find.optional('ConvertedAccountId')
  const opportunityId = find.optional('ConvertedOpportunityId')
  const read = personReader('Lead', find, context)
  const tracked = trackedFields('lead', context)

  return (cells) => {
    const contact = flagAt(cells, isConverted) ? idAt(cells, contactId) : undefined
    const opportunity = idAt(cells, opportunityId)
    const account = idAt(cells, accountId)
    const day = dayNumberAt(cells, convertedDate)
    let conversion: Conversion | undefined
    const person = read(cells, (record) => {
      if (contact === undefined) return record.modifiedAt
      conversion = conversionOf(record, tracked, context, day, contact, opportunity)
      return conversion.at
    })
    const created: LeadCreated = { kind: 'lead-created', ...person.created, lead: person.id }
    const facts: Fact[] = [created, ...person.since]
    if (contact !== undefined) {
      const { at, inferred } = conversion ?? conversionOf(person.record, tracked, context, day, contact, opportunity)
      const converted: Draft<LeadConverted> = {
        kind: 'lead-converted',
        id: `salesforce/Lead/${person.id}/converted`,
        occurredAt: at,
        recordedAt: at,
        lead: person.id,
        contact,
      }
      if (inferred) converted.inferred = inferred
      if (account !== undefined) converted.account = account
      if (opportunity !== undefined) converted.opportunity = opportunity
      facts.push(converted)
    } else if (flagAt(cells, isConverted)) {
      context.leftOut('conversions of leads without ConvertedContactId')
    }
    return { facts, profile: person.profile }
  }
}

type Conversion = Readonly<{ at: Instant; inferred: 'day-only' | 'last-modified' | undefined }>

/**
 * When a lead was converted: the export has only the day. LeadHistory knows the moment; else the new contact's
 * creation on that day is it; else the day's first minute stands in. Contact and opportunity made within a
 * minute are of the same save: the earliest of them counts, so that the conversion is read first.
 */
function conversionOf(
  record: RecordNow,
  tracked: TrackedFields,
  context: Context,
  day: number | undefined,
  contact: string,
  opportunity: string | undefined,
): Conversion {
  const { zone, survey } = context
  const contactAt = survey.contactCreatedAt(contact)
  const opportunityAt = opportunity === undefined ? undefined : survey.opportunity(opportunity)?.createdAt
  const field = tracked.byRole.get('converted')?.number as number
  const exact = record.history?.span(record.number, field)?.firstAt
  const sameDay = contactAt !== undefined && (day === undefined || dayNumberOf(zone, contactAt) === day)
  const known = exact ?? (sameDay && contactAt >= record.createdAt ? contactAt : undefined)
  if (known === undefined) {
    if (day === undefined) return { at: record.modifiedAt, inferred: 'last-modified' }
    const start = instantOf(zone, day)
    return { at: Math.min(Math.max(start, record.createdAt), Math.max(record.modifiedAt, start)), inferred: 'day-only' }
  }
  let at = known
  for (const other of [contactAt, opportunityAt])
    if (other !== undefined && other < at && known - other <= SAME_SAVE_MS) at = other
  return { at, inferred: undefined }
}
