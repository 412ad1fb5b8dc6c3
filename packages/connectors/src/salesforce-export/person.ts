import type { ContactCreated, Fact, Instant, LeadCreated, PersonKey } from '@throughline/core'
import type { Profile } from '@throughline/engine'
import type { Column, ColumnFinder } from '../csv/columns.ts'
import { RowFault } from '../rejects.ts'
import { pastOf, type RecordNow } from './at-creation.ts'
import type { Context } from './context.ts'
import { type FieldRole, trackedFields } from './history.ts'
import { submissionReader } from './submission.ts'
import {
  type Draft,
  fieldValue,
  flagAt,
  idAt,
  numberAt,
  numberOf,
  requiredId,
  requiredInstant,
  textAt,
} from './values.ts'

/** What leads and contacts have in common, as one row gives it. */
export type PersonRow = Readonly<{
  id: string
  key: PersonKey
  createdAt: Instant
  modifiedAt: Instant
  /** The creation of the record, to which `lead` or `contact` is still to be added. */
  created: Draft<Omit<LeadCreated, 'kind' | 'lead'>> & Draft<Omit<ContactCreated, 'kind' | 'contact'>>
  /** Changes since that no history row tells, and a deletion or merge. */
  since: readonly Fact[]
  profile: Profile
  record: RecordNow
}>

type Object = 'Lead' | 'Contact'

/**
 * Reads what leads and contacts have in common: values at creation, changes that history does not tell,
 * merges, deletions, and the person's own details.
 *
 * @param lastChange gives the latest moment a status can have changed: converted leads are read-only.
 */
export function personReader(
  object: Object,
  find: ColumnFinder,
  context: Context,
): (cells: readonly string[], lastChange?: (record: RecordNow) => Instant) => PersonRow {
  const lead = object === 'Lead'
  const { columns } = context
  const tracked = trackedFields(lead ? 'lead' : 'contact', context)
  const history = lead ? context.survey.leadHistory : context.survey.contactHistory
  const initial = new Set<string>(lead ? context.initialStatuses.lead : context.initialStatuses.contact)
  const id = find.required('Id')
  const createdDate = find.required('CreatedDate')
  const createdBy = find.required('CreatedById')
  const ownerId = find.required('OwnerId')
  const modifiedDate = find.required('LastModifiedDate')
  const modifiedBy = find.optional('LastModifiedById')
  const stamp = find.optional('SystemModstamp')
  const isDeleted = find.optional('IsDeleted')
  const masterId = find.optional('MasterRecordId')
  const statusColumn = lead ? find.required(...columns.leadStatus) : find.optional(...columns.contactStatus)
  const scoreColumn = find.optional(...(lead ? columns.leadScore : columns.contactScore))
  const leadSource = find.optional('LeadSource')
  const email = find.optional('Email')
  const others = tracked.others.map((field) => ({ field, column: find.optional(field.name) }))
  const submissionOf = submissionReader(find, columns, context.zone)
  const profileOf = profileReader(find, email)
  const numberOfField = (role: FieldRole) => tracked.byRole.get(role)?.number as number
  const fields = { status: numberOfField('status'), owner: numberOfField('owner'), score: numberOfField('score') }

  return (cells, lastChange) => {
    const record18 = requiredId(cells, id)
    const key: PersonKey = lead ? `lead:${record18}` : `contact:${record18}`
    const prefix = `salesforce/${object}/${record18}`
    const createdAt = requiredInstant(cells, createdDate)
    const modifiedAt = Math.max(createdAt, requiredInstant(cells, modifiedDate))
    const record: RecordNow = { createdAt, modifiedAt, history, number: history?.find(record18) ?? -1 }
    const since: Fact[] = []

    const unseen = (at: Instant, what: string) =>
      ({
        id: `${prefix}/${what}/${at}`,
        occurredAt: at,
        recordedAt: at,
        inferred: 'last-modified',
        record: key,
      }) as const

    const owner = requiredId(cells, ownerId)
    const ownerPast = pastOf(record, fields.owner, owner)
    const created: PersonRow['created'] = {
      id: `${prefix}/created`,
      occurredAt: createdAt,
      recordedAt: createdAt,
      by: requiredId(cells, createdBy),
      owner: ownerPast.atCreation || owner,
    }
    if (ownerPast.atCreation === undefined) created.inferred = 'current-value'
    else if (ownerPast.unseen !== undefined)
      since.push({ kind: 'owner-changed', ...unseen(ownerPast.unseen, 'owner'), to: owner })

    const status = textAt(cells, statusColumn)
    if (status !== undefined) {
      const past = pastOf(record, fields.status, status)
      const unknown = past.atCreation === undefined
      const first = unknown && initial.has(status) ? status : past.atCreation
      if (first) created.status = first
      if (past.unseen !== undefined && first !== status) {
        const at = Math.max(createdAt, Math.min(past.unseen, lastChange?.(record) ?? past.unseen))
        since.push({ kind: 'status-changed', ...unseen(at, 'status'), to: status })
      }
    }

    const score = numberAt(cells, scoreColumn)
    if (score !== undefined) {
      const past = pastOf(record, fields.score, String(score))
      const first = past.atCreation ? numberOf(past.atCreation) : undefined
      if (first !== undefined) created.score = first
      if (past.unseen !== undefined) since.push({ kind: 'score-changed', ...unseen(past.unseen, 'score'), to: score })
    }

    addOtherFields(cells, others, record, created, since, (at) => unseen(at, 'fields'))

    const source = textAt(cells, leadSource)
    if (source !== undefined) created.leadSource = source
    const address = textAt(cells, email)
    const hashed = address === undefined ? undefined : context.emailKey(address)
    if (hashed) created.email = hashed
    const { submission } = submissionOf(cells, createdAt)
    if (submission) created.submission = submission

    if (flagAt(cells, isDeleted)) {
      const at = Math.max(
        createdAt,
        stamp.index >= 0 && cells[stamp.index] ? requiredInstant(cells, stamp) : modifiedAt,
      )
      since.push(goneFact(key, prefix, at, idAt(cells, masterId), masterId, idAt(cells, modifiedBy), lead))
    }
    return { id: record18, key, createdAt, modifiedAt, created, since, profile: profileOf(cells, key), record }
  }
}

function addOtherFields(
  cells: readonly string[],
  others: readonly Readonly<{ field: Readonly<{ number: number; name: string }>; column: Column }>[],
  record: RecordNow,
  created: PersonRow['created'],
  since: Fact[],
  unseen: (
    at: Instant,
  ) => Readonly<{ id: string; occurredAt: Instant; recordedAt: Instant; inferred: 'last-modified'; record: PersonKey }>,
): void {
  if (others.length === 0) return
  const first: Record<string, string | number | boolean | null> = {}
  const later: Record<string, string | number | boolean | null> = {}
  let latest: Instant | undefined
  for (const { field, column } of others) {
    if (column.index < 0) continue
    const now = textAt(cells, column) ?? ''
    const past = pastOf(record, field.number, now)
    if (past.atCreation !== undefined) first[field.name] = fieldValue(past.atCreation)
    if (past.unseen === undefined) continue
    later[field.name] = fieldValue(now)
    latest = Math.max(latest ?? past.unseen, past.unseen)
  }
  if (Object.keys(first).length > 0) created.fields = first
  if (latest !== undefined) since.push({ kind: 'fields-changed', ...unseen(latest), fields: later })
}

/** A deleted row: merged into another one, or gone. */
function goneFact(
  key: PersonKey,
  prefix: string,
  at: Instant,
  master: string | undefined,
  masterColumn: Column,
  by: string | undefined,
  lead: boolean,
): Fact {
  const base = { occurredAt: at, recordedAt: at, ...(by === undefined ? {} : { by }) }
  if (master === undefined) return { kind: 'record-deleted', id: `${prefix}/deleted`, ...base, record: key }
  const survivor: PersonKey = lead ? `lead:${master}` : `contact:${master}`
  if (survivor === key)
    throw new RowFault(
      'merged-into-itself',
      masterColumn.name,
      master,
      'the row says it was merged into itself.',
      'Clear MasterRecordId, or export the row again.',
    )
  return { kind: 'records-merged', id: `${prefix}/merged`, ...base, survivor, merged: [key] }
}

function profileReader(find: ColumnFinder, email: Column): (cells: readonly string[], key: PersonKey) => Profile {
  const columns = [
    ['firstName', find.optional('FirstName')],
    ['lastName', find.optional('LastName')],
    ['email', email],
    ['company', find.optional('Company', 'Account.Name', 'AccountName')],
    ['title', find.optional('Title')],
    ['phone', find.optional('Phone', 'MobilePhone')],
    ['country', find.optional('Country', 'CountryCode', 'MailingCountry')],
  ] as const
  const present = columns.filter(([, column]) => column.index >= 0)
  return (cells, key) => {
    const profile: Draft<Profile> = { key }
    for (const [name, column] of present) {
      const text = textAt(cells, column)
      if (text !== undefined) profile[name] = text
    }
    return profile
  }
}
