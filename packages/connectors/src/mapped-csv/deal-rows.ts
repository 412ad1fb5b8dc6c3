import {
  type ContactCreated,
  dayOf,
  type Fact,
  type Inferred,
  type LeadConverted,
  type OpportunityClosed,
  type OpportunityCreated,
  parseAmount,
  type Zone,
} from '@throughline/core'
import type { ColumnFinder } from '../csv/columns.ts'
import { RowFault } from '../rejects.ts'
import type { Draft } from '../salesforce-export/values.ts'
import { flagReader, idReader, neededText, numberReader, textReader, timeReader } from './cell-readers.ts'
import type { LeadBrief } from './lead-rows.ts'
import type { DealMapping } from './mapping.ts'

/**
 * Binds the mapping's deal part to a file. A deal says that its lead became a contact with a role on an
 * opportunity, and how that ended. Where the file does not say when the opportunity was made, all this is
 * dated to its close, the latest it can have happened, and marked as inferred; the close itself is as given.
 * What the file does not say, such as an amount, is left out.
 */
export function dealReader(
  find: ColumnFinder,
  mapping: DealMapping,
  source: string,
  zone: Zone,
  organisationCurrency: string | undefined,
): (cells: readonly string[], leadOf: (id: string) => LeadBrief | undefined) => readonly Fact[] {
  const leadId = idReader(find, mapping.lead)
  const opportunityId = mapping.opportunity === undefined ? leadId : idReader(find, mapping.opportunity)
  const contactId = mapping.contact === undefined ? leadId : idReader(find, mapping.contact)
  const nameOf = textReader(find, mapping.name)
  const created = timeReader(find, mapping.created, zone)
  const createdBy = textReader(find, mapping.createdBy)
  const owner = neededText(find, mapping.owner, 'owner')
  const leadOwner = textReader(find, mapping.leadOwner)
  const stage = textReader(find, mapping.stage)
  const role = textReader(find, mapping.role)
  const leadSource = textReader(find, mapping.leadSource)
  const amountText = numberReader(find, mapping.amount)
  const currencyOf = textReader(find, mapping.currency)
  const closed = timeReader(find, mapping.closed, zone)
  const won = flagReader(find, mapping.won)

  return (cells, leadOf) => {
    const lead = leadOf(leadId(cells))
    if (!lead)
      throw new RowFault(
        'unknown-lead',
        mapping.lead,
        leadId(cells),
        'the leads file has no such lead.',
        'Add the lead to the leads file, or correct the id.',
      )
    const opportunity = opportunityId(cells)
    const contact = contactId(cells)
    const prefix = `${source}/deal/${opportunity}`
    const made = created(cells)
    const closing = closed(cells)
    const from = made ?? closing
    if (!from)
      throw new RowFault(
        'missing-value',
        columnOf(mapping.closed ?? mapping.created) ?? 'closed',
        '',
        'the row says neither when the deal was made nor when it was closed.',
        'Fill in one of the two.',
      )
    const inferred: Inferred | undefined = made ? (made.dayOnly ? 'day-only' : undefined) : 'last-modified'
    // A day begins before the lead that was made on it, and some files date a close before the lead.
    const at = inferred === undefined ? from.at : Math.max(from.at, lead.createdAt)
    const base = { occurredAt: at, recordedAt: at, ...(inferred === undefined ? {} : { inferred }) }
    const holder = owner(cells)
    const by = createdBy(cells) ?? holder

    const contactCreated: Draft<ContactCreated> = {
      kind: 'contact-created',
      id: `${prefix}/contact-created`,
      ...base,
      contact,
      by,
      owner: holder,
    }
    const converted: LeadConverted = {
      kind: 'lead-converted',
      id: `${prefix}/converted`,
      ...base,
      lead: lead.id,
      contact,
      opportunity,
      by,
    }
    const opened: Draft<OpportunityCreated> = {
      kind: 'opportunity-created',
      id: `${prefix}/created`,
      ...base,
      opportunity,
      by,
      owner: holder,
    }
    const facts: Fact[] = [converted, contactCreated]
    const before = leadOwner(cells)
    if (before !== undefined && before !== lead.owner)
      facts.push({
        kind: 'owner-changed',
        id: `${prefix}/lead-owner`,
        occurredAt: at,
        recordedAt: at,
        inferred: 'last-modified',
        record: `lead:${lead.id}`,
        to: before,
      })

    const money = amountOf(amountText(cells), currencyOf(cells) ?? organisationCurrency, mapping)
    const label = nameOf(cells)
    const origin = leadSource(cells)
    const stageName = stage(cells)
    if (label !== undefined) opened.name = label
    if (origin !== undefined) opened.leadSource = origin
    if (stageName !== undefined && !closing) opened.stage = stageName
    Object.assign(opened, money)
    facts.push(opened, {
      kind: 'contact-role-added',
      id: `${prefix}/role`,
      ...base,
      contactRole: opportunity,
      contact,
      opportunity,
      primary: true,
      by,
      ...roleName(role(cells)),
    })
    if (closing) {
      const end: Draft<OpportunityClosed> = {
        kind: 'opportunity-closed',
        id: `${prefix}/closed`,
        occurredAt: closing.at,
        recordedAt: closing.at,
        opportunity,
        won: won(cells) ?? blankOutcome(mapping),
        closeDate: dayOf(zone, closing.at),
        by: holder,
        ...money,
      }
      if (closing.dayOnly) end.inferred = 'day-only'
      if (stageName !== undefined) end.stage = stageName
      facts.push(end)
    }
    return facts
  }
}

function roleName(role: string | undefined): { role?: string } {
  return role === undefined ? {} : { role }
}

function amountOf(
  text: string | undefined,
  currency: string | undefined,
  mapping: DealMapping,
): { amount?: number; currency?: string } {
  if (text === undefined) return {}
  if (currency !== undefined && !/^[A-Z]{3}$/.test(currency))
    throw new RowFault(
      'unmapped-value',
      columnOf(mapping.currency) ?? 'currency',
      currency,
      'this is not an ISO 4217 currency code such as EUR.',
      "Correct the cell, or rewrite it with the mapping's values.",
    )
  const amount = parseAmount(text, currency ?? 'USD')
  if (amount === undefined)
    throw new RowFault(
      'invalid-number',
      mapping.amount,
      text,
      'this amount cannot be kept exactly.',
      'Write digits with a decimal point.',
    )
  return currency === undefined ? { amount } : { amount, currency }
}

function blankOutcome(mapping: DealMapping): never {
  const column = typeof mapping.won === 'boolean' ? 'won' : mapping.won.column
  throw new RowFault(
    'missing-value',
    column,
    '',
    'the deal is closed, but the row does not say whether it was won.',
    `Fill in ${column}.`,
  )
}

function columnOf(from: string | { column: string } | { constant: string } | undefined): string | undefined {
  if (from === undefined || typeof from === 'string') return from
  return 'column' in from ? from.column : undefined
}
