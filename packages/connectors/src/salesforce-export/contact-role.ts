import type { ContactRoleAdded, ContactRoleRemoved, Fact } from '@throughline/core'
import type { Translator } from './context.ts'
import { type Draft, flagAt, idAt, instantAt, requiredId, requiredInstant, textAt } from './values.ts'

/** Rows of OpportunityContactRole.csv. Deleted roles were there once: they give both facts. */
export const contactRoleTranslator: Translator = (find) => {
  const id = find.required('Id')
  const opportunityId = find.required('OpportunityId')
  const contactId = find.required('ContactId')
  const createdDate = find.required('CreatedDate')
  const createdBy = find.required('CreatedById')
  const role = find.optional('Role')
  const isPrimary = find.optional('IsPrimary')
  const isDeleted = find.optional('IsDeleted')
  const removedAt = find.optional('SystemModstamp', 'LastModifiedDate')
  const removedBy = find.optional('LastModifiedById')
  return (cells) => {
    const contactRole = requiredId(cells, id)
    const opportunity = requiredId(cells, opportunityId)
    const contact = requiredId(cells, contactId)
    const at = requiredInstant(cells, createdDate)
    const added: Draft<ContactRoleAdded> = {
      kind: 'contact-role-added',
      id: `salesforce/OpportunityContactRole/${contactRole}/added`,
      occurredAt: at,
      recordedAt: at,
      contactRole,
      contact,
      opportunity,
      by: requiredId(cells, createdBy),
    }
    const name = textAt(cells, role)
    if (name !== undefined) added.role = name
    if (isPrimary.index >= 0) added.primary = flagAt(cells, isPrimary)
    const facts: Fact[] = [added]
    if (flagAt(cells, isDeleted)) {
      const gone = Math.max(at, instantAt(cells, removedAt) ?? at)
      const removed: Draft<ContactRoleRemoved> = {
        kind: 'contact-role-removed',
        id: `salesforce/OpportunityContactRole/${contactRole}/removed`,
        occurredAt: gone,
        recordedAt: gone,
        contactRole,
        contact,
        opportunity,
      }
      const by = idAt(cells, removedBy)
      if (by !== undefined) removed.by = by
      facts.push(removed)
    }
    return { facts }
  }
}
