import {
  type Fact,
  type OpportunityChanged,
  type OpportunityCreated,
  parseAmount,
  type RecordKey,
} from '@throughline/core'
import type { ColumnFinder } from '../csv/columns.ts'
import { pastOf, type RecordNow } from './at-creation.ts'
import { NOTHING, type OpportunityNow, type Translator } from './context.ts'
import { type FieldRole, historyReader, trackedFields } from './history.ts'
import {
  type Draft,
  dayAt,
  fieldValue,
  flagAt,
  idAt,
  notANumber,
  numberAt,
  numberOf,
  requiredId,
  requiredInstant,
  requiredText,
  textAt,
} from './values.ts'

/** Reads of a row of Opportunity.csv what its history needs to know. */
export function opportunityNowReader(
  find: ColumnFinder,
): (cells: readonly string[]) => OpportunityNow & Readonly<{ id: string }> {
  const id = find.required('Id')
  const created = find.required('CreatedDate')
  const stage = find.required('StageName')
  const isClosed = find.required('IsClosed')
  const isWon = find.required('IsWon')
  const probability = find.optional('Probability')
  const currency = find.optional('CurrencyIsoCode')
  return (cells) => ({
    id: requiredId(cells, id),
    createdAt: requiredInstant(cells, created),
    stage: requiredText(cells, stage),
    closed: flagAt(cells, isClosed),
    won: flagAt(cells, isWon),
    probability: numberAt(cells, probability),
    currency: textAt(cells, currency)?.toUpperCase(),
  })
}

/** Rows of Opportunity.csv: the opportunity's creation, and changes that its history does not tell. */
export const opportunityTranslator: Translator = (find, context) => {
  const readNow = opportunityNowReader(find)
  const createdBy = find.required('CreatedById')
  const ownerId = find.required('OwnerId')
  const modifiedDate = find.required('LastModifiedDate')
  const modifiedBy = find.optional('LastModifiedById')
  const stamp = find.optional('SystemModstamp')
  const isDeleted = find.optional('IsDeleted')
  const closeDate = find.required('CloseDate')
  const amountColumn = find.optional('Amount')
  const name = find.optional('Name')
  const accountId = find.optional('AccountId')
  const leadSource = find.optional('LeadSource')
  const tracked = trackedFields('opportunity', context)
  const others = tracked.others.map((field) => ({ field, column: find.optional(field.name) }))
  const history = context.survey.opportunityHistory
  const number = (role: FieldRole) => tracked.byRole.get(role)?.number as number

  return (cells) => {
    const now = readNow(cells)
    const { id, createdAt } = now
    const modifiedAt = Math.max(createdAt, requiredInstant(cells, modifiedDate))
    const record: RecordNow = { createdAt, modifiedAt, history, number: history?.find(id) ?? -1 }
    const prefix = `salesforce/Opportunity/${id}`
    const key: RecordKey = `opportunity:${id}`
    const currency = now.currency ?? context.currency
    const minor = (text: string) =>
      text === '' ? undefined : (parseAmount(text, currency ?? 'USD') ?? notANumber(amountColumn, text))

    const owner = requiredId(cells, ownerId)
    const ownerPast = pastOf(record, number('owner'), owner)
    const created: Draft<OpportunityCreated> = {
      kind: 'opportunity-created',
      id: `${prefix}/created`,
      occurredAt: createdAt,
      recordedAt: createdAt,
      opportunity: id,
      by: requiredId(cells, createdBy),
      owner: ownerPast.atCreation || owner,
    }
    const later: Draft<OpportunityChanged> = {
      kind: 'opportunity-changed',
      id: '',
      occurredAt: createdAt,
      recordedAt: createdAt,
      inferred: 'last-modified',
      opportunity: id,
    }
    let changedAt: number | undefined
    const change = (at: number) => {
      changedAt = Math.max(changedAt ?? at, at)
    }
    const facts: Fact[] = [created]

    if (ownerPast.atCreation === undefined) created.inferred = 'current-value'
    else if (ownerPast.unseen !== undefined) {
      const at = ownerPast.unseen
      facts.push({
        kind: 'owner-changed',
        id: `${prefix}/owner/${at}`,
        occurredAt: at,
        recordedAt: at,
        inferred: 'last-modified',
        record: key,
        to: owner,
      })
    }

    const stagePast = pastOf(record, number('stage'), now.stage)
    if (stagePast.atCreation) created.stage = stagePast.atCreation
    const neverMoved = stagePast.atCreation === now.stage && !history?.span(record.number, number('stage'))
    if (neverMoved) {
      created.closed = now.closed
      created.won = now.won
    }
    if (stagePast.unseen !== undefined) {
      change(stagePast.unseen)
      later.stage = now.stage
      later.closed = now.closed
      later.won = now.won
    }

    if (now.probability !== undefined) {
      const past = pastOf(record, number('probability'), String(now.probability))
      const first = past.atCreation ? numberOf(past.atCreation) : neverMoved ? now.probability : undefined
      if (first !== undefined) created.probability = percent(first)
      if (stagePast.unseen !== undefined) later.probability = percent(now.probability)
      // Without a history of its own, the probability moved with the stage: the last stage row carries it.
      else if (past.unseen !== undefined && past.atCreation !== undefined) {
        change(past.unseen)
        later.probability = percent(now.probability)
      }
    }

    const amount = textAt(cells, amountColumn)
    const written = amount === undefined ? '' : String(numberOf(amount) ?? notANumber(amountColumn, amount))
    const amountPast = pastOf(record, number('amount'), written)
    // Written out again from the present text where nothing changed, so that no digit is lost.
    const atFirst = minor(amountPast.atCreation === written ? (amount ?? '') : (amountPast.atCreation ?? ''))
    if (atFirst !== undefined) {
      created.amount = atFirst
      if (currency !== undefined) created.currency = currency
    }
    const minorNow = minor(amount ?? '')
    if (amountPast.unseen !== undefined && minorNow !== undefined) {
      change(amountPast.unseen)
      later.amount = minorNow
      if (currency !== undefined) later.currency = currency
    }

    const close = dayAt(cells, closeDate)
    if (close !== undefined) {
      const past = pastOf(record, number('closeDate'), close)
      if (past.atCreation) created.closeDate = past.atCreation
      if (past.unseen !== undefined) {
        change(past.unseen)
        later.closeDate = close
      }
    }

    if (others.length > 0) {
      const first: Record<string, string | number | boolean | null> = {}
      for (const { field, column } of others) {
        if (column.index < 0) continue
        const text = textAt(cells, column) ?? ''
        const past = pastOf(record, field.number, text)
        first[field.name] = fieldValue(past.atCreation ?? text)
      }
      created.fields = first
    }

    const label = textAt(cells, name)
    const account = idAt(cells, accountId)
    const source = textAt(cells, leadSource)
    if (label !== undefined) created.name = label
    if (account !== undefined) created.account = account
    if (source !== undefined) created.leadSource = source
    if (changedAt !== undefined)
      facts.push({ ...later, id: `${prefix}/changed/${changedAt}`, occurredAt: changedAt, recordedAt: changedAt })
    if (flagAt(cells, isDeleted)) {
      const at = Math.max(
        createdAt,
        stamp.index >= 0 && cells[stamp.index] ? requiredInstant(cells, stamp) : modifiedAt,
      )
      const by = idAt(cells, modifiedBy)
      facts.push({
        kind: 'record-deleted',
        id: `${prefix}/deleted`,
        occurredAt: at,
        recordedAt: at,
        record: key,
        ...(by === undefined ? {} : { by }),
      })
    }
    return { facts }
  }
}

/** Rows of OpportunityFieldHistory.csv. */
export const opportunityHistoryTranslator: Translator = (find, context) => {
  const tracked = trackedFields('opportunity', context)
  const read = historyReader(find, 'OpportunityId', tracked)
  const history = context.survey.opportunityHistory
  const stageField = tracked.byRole.get('stage')?.number as number
  const probabilityField = tracked.byRole.get('probability')?.number as number

  return (cells) => {
    const row = read(cells)
    if (!row || row.field.role === 'created') {
      context.leftOut('history rows of fields that are not followed')
      return NOTHING
    }
    const record = row.record
    const base = {
      id: `salesforce/OpportunityFieldHistory/${row.id}`,
      occurredAt: row.at,
      recordedAt: row.at,
      ...(row.by === undefined ? {} : { by: row.by }),
    }
    if (row.field.role === 'owner')
      return { facts: [{ kind: 'owner-changed', ...base, record: `opportunity:${record}`, to: row.newValue }] }
    if (row.field.role === 'other')
      return {
        facts: [
          {
            kind: 'fields-changed',
            ...base,
            record: `opportunity:${record}`,
            fields: { [row.field.name]: fieldValue(row.newValue) },
          },
        ],
      }
    if (row.newValue === '') {
      context.leftOut('history rows that cleared an amount, date or probability')
      return NOTHING
    }
    const fact: Draft<OpportunityChanged> = { kind: 'opportunity-changed', ...base, opportunity: record }
    const now = context.survey.opportunity(record)
    switch (row.field.role) {
      case 'stage': {
        fact.stage = row.newValue
        const place = history?.find(record) ?? -1
        if (now && row.newValue === now.stage && history?.isLast(place, stageField, row.id, row.at)) {
          fact.closed = now.closed
          fact.won = now.won
          if (now.probability !== undefined && !history.span(place, probabilityField))
            fact.probability = percent(now.probability)
        }
        break
      }
      case 'amount': {
        const currency = now?.currency ?? context.currency
        const minor = parseAmount(row.newValue, currency ?? 'USD')
        if (minor === undefined) notANumber(find.required('NewValue'), row.newValue)
        else fact.amount = minor
        if (currency !== undefined) fact.currency = currency
        break
      }
      case 'closeDate':
        fact.closeDate = row.newValue
        break
      case 'probability':
        fact.probability = percent(Number(row.newValue))
        break
    }
    return { facts: [fact] }
  }
}

/** A probability within 0 and 100. */
function percent(value: number): number {
  return Math.min(100, Math.max(0, value))
}
