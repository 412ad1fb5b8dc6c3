import { formatDay, type Instant, type UserId } from '@throughline/core'
import type { Column, ColumnFinder } from '../csv/columns.ts'
import { parseDayNumber } from '../instants.ts'
import { RowFault } from '../rejects.ts'
import type { Context } from './context.ts'
import { toId18 } from './ids.ts'
import { idAt, notANumber, numberOf, requiredId, requiredInstant, requiredText, textAt } from './values.ts'

/** What a tracked field holds, and so how its values are compared and written down. */
type Kind = 'text' | 'user' | 'number' | 'day' | 'event'

/** A field whose history matters. `number` is its place in the HistoryTable. */
export type TrackedField = Readonly<{ number: number; name: string; role: FieldRole; kind: Kind }>

export type FieldRole =
  | 'status'
  | 'owner'
  | 'score'
  | 'converted'
  | 'created'
  | 'stage'
  | 'amount'
  | 'closeDate'
  | 'probability'
  | 'other'

/** The tracked fields of an object, by the name history rows give them, in lower case. */
export type TrackedFields = Readonly<{
  byName: ReadonlyMap<string, TrackedField>
  byRole: ReadonlyMap<FieldRole, TrackedField>
  others: readonly TrackedField[]
  count: number
}>

/** A row of history that says something. Old and new value are written one way: `2026-11-21`, `12.5`, 18 characters. */
export type HistoryRow = Readonly<{
  id: string
  record: string
  field: TrackedField
  at: Instant
  by: UserId | undefined
  oldValue: string
  newValue: string
}>

const OWNER_NAMES = ['owner', 'ownerid', 'ownerassignment', 'owneraccepted']

/** Which fields' history matters on leads, contacts and opportunities. */
export function trackedFields(object: 'lead' | 'contact' | 'opportunity', context: Context): TrackedFields {
  const byName = new Map<string, TrackedField>()
  const byRole = new Map<FieldRole, TrackedField>()
  const others: TrackedField[] = []
  let count = 0
  const add = (role: FieldRole, kind: Kind, names: readonly string[]) => {
    const field: TrackedField = { number: count++, name: names[0] as string, role, kind }
    for (const name of names) if (!byName.has(name.toLowerCase())) byName.set(name.toLowerCase(), field)
    if (role === 'other') others.push(field)
    else byRole.set(role, field)
  }
  add('owner', 'user', OWNER_NAMES)
  add('created', 'event', ['created', 'opportunitycreatedfromlead'])
  if (object === 'opportunity') {
    add('stage', 'text', ['StageName'])
    add('amount', 'number', ['Amount'])
    add('closeDate', 'day', ['CloseDate'])
    add('probability', 'number', ['Probability'])
  } else {
    add('status', 'text', object === 'lead' ? context.columns.leadStatus : context.columns.contactStatus)
    add('score', 'number', object === 'lead' ? context.columns.leadScore : context.columns.contactScore)
    if (object === 'lead') add('converted', 'event', ['leadConverted'])
  }
  for (const name of context.fields[object]) if (!byName.has(name.toLowerCase())) add('other', 'text', [name])
  return { byName, byRole, others, count }
}

/**
 * Reads rows of LeadHistory, ContactHistory or OpportunityFieldHistory. Gives undefined for rows that say
 * nothing here: fields nobody follows, and the one of an owner change's two rows that has names, not ids.
 */
export function historyReader(
  find: ColumnFinder,
  parentColumn: 'LeadId' | 'ContactId' | 'OpportunityId',
  tracked: TrackedFields,
): (cells: readonly string[]) => HistoryRow | undefined {
  const id = find.required('Id')
  const parent = find.required(parentColumn)
  const name = find.required('Field')
  const oldValue = find.required('OldValue')
  const newValue = find.required('NewValue')
  const at = find.required('CreatedDate')
  const by = find.optional('CreatedById')
  find.optional('IsDeleted', 'DataType')
  return (cells) => {
    const row = requiredId(cells, id)
    const record = requiredId(cells, parent)
    const moment = requiredInstant(cells, at)
    const field = tracked.byName.get(requiredText(cells, name).toLowerCase())
    if (!field) return undefined
    if (field.kind === 'event')
      return { id: row, record, field, at: moment, by: idAt(cells, by), oldValue: '', newValue: '' }
    const oldText = textAt(cells, oldValue) ?? ''
    const newText = textAt(cells, newValue) ?? ''
    if (field.kind === 'user') {
      const to = asUser(newText)
      if (to === undefined) return undefined
      return { id: row, record, field, at: moment, by: idAt(cells, by), oldValue: asUser(oldText) ?? '', newValue: to }
    }
    return {
      id: row,
      record,
      field,
      at: moment,
      by: idAt(cells, by),
      oldValue: written(field.kind, oldText, oldValue),
      newValue: written(field.kind, newText, newValue),
    }
  }
}

/** The id of a user or a queue. Names of 15 or 18 letters exist: only ids that begin as users' and queues' do count. */
function asUser(text: string): UserId | undefined {
  return text.startsWith('005') || text.startsWith('00G') ? toId18(text) : undefined
}

/** A value written one way, so that equal values are equal texts. */
function written(kind: Kind, text: string, column: Column): string {
  if (text === '') return ''
  if (kind === 'number') return String(numberOf(text) ?? notANumber(column, text))
  if (kind === 'day') {
    const day = parseDayNumber(text)
    if (day === undefined)
      throw new RowFault(
        'invalid-date',
        column.name,
        text,
        'this is not a day of the calendar such as 2026-11-21.',
        'Correct the date, or export the file again with API values.',
      )
    return formatDay(day)
  }
  return text
}
