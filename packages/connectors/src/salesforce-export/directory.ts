import type { AccountRecorded, CampaignRecorded, Instant, UserRecorded } from '@throughline/core'
import type { Column, ColumnFinder } from '../csv/columns.ts'
import { type Context, NOTHING, type Translator } from './context.ts'
import {
  type Draft,
  fieldsAt,
  flagAt,
  idAt,
  instantAt,
  requiredId,
  requiredInstant,
  requiredText,
  textAt,
} from './values.ts'

/**
 * What users, queues, accounts and campaigns have in common. An export shows them as they are now; they
 * stand from their creation on. The id holds the last modification, so that a later export's changes are new facts.
 */
function entryReader(object: string, find: ColumnFinder) {
  const id = find.required('Id')
  const created = find.required('CreatedDate')
  const modified = find.optional('LastModifiedDate', 'SystemModstamp')
  return (cells: readonly string[]) => {
    const record = requiredId(cells, id)
    const createdAt: Instant = requiredInstant(cells, created)
    const modifiedAt = Math.max(createdAt, instantAt(cells, modified) ?? createdAt)
    const base = { id: `salesforce/${object}/${record}/${modifiedAt}`, occurredAt: createdAt, recordedAt: createdAt }
    return { record, base: modifiedAt > createdAt ? ({ ...base, inferred: 'current-value' } as const) : base }
  }
}

/** Rows of User.csv. */
export const userTranslator: Translator = (find, context) => {
  const read = entryReader('User', find)
  const nameOf = nameReader(find)
  const role = find.optional(...context.columns.userRole)
  const roleId = find.optional('UserRoleId')
  const active = find.optional('IsActive')
  return (cells) => {
    const { record, base } = read(cells)
    const fact: Draft<UserRecorded> = { kind: 'user-recorded', ...base, user: record, name: nameOf(cells) ?? record }
    const label = textAt(cells, role) ?? roleName(cells, roleId, context)
    if (label !== undefined) fact.role = label
    if (active.index >= 0) fact.active = flagAt(cells, active)
    return { facts: [fact] }
  }
}

function roleName(cells: readonly string[], roleId: Column, context: Context): string | undefined {
  const id = idAt(cells, roleId)
  return id === undefined ? undefined : context.survey.roleNames.get(id)
}

function nameReader(find: ColumnFinder): (cells: readonly string[]) => string | undefined {
  const name = find.optional('Name')
  const first = find.optional('FirstName')
  const last = find.optional('LastName')
  return (cells) =>
    textAt(cells, name) ?? ([textAt(cells, first), textAt(cells, last)].filter(Boolean).join(' ') || undefined)
}

/** Rows of Group.csv: only queues own records. */
export const queueTranslator: Translator = (find, context) => {
  const read = entryReader('Group', find)
  const name = find.required('Name')
  const type = find.required('Type')
  return (cells) => {
    if (textAt(cells, type) !== 'Queue') {
      context.leftOut('groups that are not queues')
      return NOTHING
    }
    const { record, base } = read(cells)
    const label = textAt(cells, name) ?? record
    return { facts: [{ kind: 'user-recorded', ...base, user: record, name: label, queue: true }] }
  }
}

/** Rows of Account.csv. */
export const accountTranslator: Translator = (find) => {
  const read = entryReader('Account', find)
  const name = find.required('Name')
  const owner = find.optional('OwnerId')
  const industry = find.optional('Industry')
  return (cells) => {
    const { record, base } = read(cells)
    const fact: Draft<AccountRecorded> = {
      kind: 'account-recorded',
      ...base,
      account: record,
      name: requiredText(cells, name),
    }
    const ownerId = idAt(cells, owner)
    const industryName = textAt(cells, industry)
    if (ownerId !== undefined) fact.owner = ownerId
    if (industryName !== undefined) fact.industry = industryName
    return { facts: [fact] }
  }
}

/** Rows of Campaign.csv. */
export const campaignTranslator: Translator = (find, context) => {
  const read = entryReader('Campaign', find)
  const name = find.required('Name')
  const type = find.optional('Type')
  const fields = criteriaColumns(find, context.fields.campaign, [])
  return (cells) => {
    const { record, base } = read(cells)
    const fact: Draft<CampaignRecorded> = {
      kind: 'campaign-recorded',
      ...base,
      campaign: record,
      name: requiredText(cells, name),
    }
    const typeName = textAt(cells, type)
    const values = fieldsAt(cells, fields)
    if (typeName !== undefined) fact.type = typeName
    if (values) fact.fields = values
    return { facts: [fact] }
  }
}

/** The columns a company's criteria may look at: those named, or every custom column and the usual ones. */
export function criteriaColumns(
  find: ColumnFinder,
  named: readonly string[] | undefined,
  usual: readonly string[],
): readonly Column[] {
  const names = named ?? [...usual, ...find.unused().filter((name) => /__c$/i.test(name))]
  return names.map((name) => find.optional(name)).filter((column) => column.index >= 0)
}
