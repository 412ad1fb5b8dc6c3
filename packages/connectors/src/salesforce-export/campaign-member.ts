import { type CampaignMemberSet, dayNumberOf, instantOf, type PersonKey } from '@throughline/core'
import { RowFault } from '../rejects.ts'
import type { Translator } from './context.ts'
import { type Draft, dayNumberAt, flagAt, idAt, instantAt, requiredId, requiredInstant, textAt } from './values.ts'

/**
 * Rows of CampaignMember.csv: the member was added, and perhaps responded later. An export shows only the
 * present status, so that the status at the time of adding is left out where it must have been another one.
 * Removing a member takes nothing back.
 */
export const campaignMemberTranslator: Translator = (find, context) => {
  const id = find.required('Id')
  const campaignId = find.required('CampaignId')
  const leadId = find.required('LeadId')
  const contactId = find.required('ContactId')
  const createdDate = find.required('CreatedDate')
  const createdBy = find.optional('CreatedById')
  const statusColumn = find.optional('Status')
  const hasResponded = find.optional('HasResponded')
  const respondedDate = find.optional('FirstRespondedDate')
  const modifiedDate = find.optional('LastModifiedDate', 'SystemModstamp')
  find.optional('IsDeleted')
  return (cells) => {
    const member = requiredId(cells, id)
    const lead = idAt(cells, leadId)
    const contact = idAt(cells, contactId)
    // A lead's membership keeps the lead when the lead is converted and gains the contact.
    const person: PersonKey | undefined = lead ? `lead:${lead}` : contact ? `contact:${contact}` : undefined
    if (!person)
      throw new RowFault(
        'nobody-named',
        leadId.name,
        '',
        'the row names neither a lead nor a contact.',
        'Fill in LeadId or ContactId, or leave the row out.',
      )
    const createdAt = requiredInstant(cells, createdDate)
    const modifiedAt = Math.max(createdAt, instantAt(cells, modifiedDate) ?? createdAt)
    const status = textAt(cells, statusColumn)
    const responded = flagAt(cells, hasResponded)
    const respondedDay = dayNumberAt(cells, respondedDate)
    const by = idAt(cells, createdBy)
    const added: Draft<CampaignMemberSet> = {
      kind: 'campaign-member-set',
      id: `salesforce/CampaignMember/${member}/added`,
      occurredAt: createdAt,
      recordedAt: createdAt,
      member,
      campaign: requiredId(cells, campaignId),
      person,
    }
    if (by !== undefined) added.by = by
    if (hasResponded.index >= 0) added.responded = responded
    const addedDay = dayNumberOf(context.zone, createdAt)
    const later: Pick<CampaignMemberSet, 'occurredAt' | 'inferred'> | undefined = !responded
      ? undefined
      : respondedDay === undefined
        ? modifiedAt > createdAt
          ? { occurredAt: modifiedAt, inferred: 'last-modified' }
          : undefined
        : respondedDay > addedDay
          ? { occurredAt: instantOf(context.zone, respondedDay), inferred: 'day-only' }
          : undefined
    if (!later) {
      if (status !== undefined) added.status = status
      if (!responded && modifiedAt > createdAt) added.inferred = 'current-value'
      return { facts: [added] }
    }
    added.responded = false
    const response: Draft<CampaignMemberSet> = {
      ...added,
      ...later,
      id: `salesforce/CampaignMember/${member}/responded`,
      recordedAt: later.occurredAt,
      responded: true,
    }
    if (status !== undefined) response.status = status
    return { facts: [added, response] }
  }
}
