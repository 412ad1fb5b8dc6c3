import type { PersonKey, TaskRecorded } from '@throughline/core'
import { type Context, NOTHING, type Translator } from './context.ts'
import { criteriaColumns } from './directory.ts'
import { type Draft, fieldsAt, flagAt, idAt, instantAt, requiredId, requiredInstant, textAt } from './values.ts'

const LEAD_PREFIX = '00Q'
const CONTACT_PREFIX = '003'

/** Rows of Task.csv about a lead or a contact: the task was logged, and perhaps completed later. */
export const taskTranslator: Translator = (find, context: Context) => {
  const id = find.required('Id')
  const who = find.required('WhoId')
  const ownerId = find.required('OwnerId')
  const createdDate = find.required('CreatedDate')
  const subject = find.optional('Subject')
  const type = find.optional('Type')
  const statusColumn = find.optional('Status')
  const isClosed = find.optional('IsClosed')
  const completedDate = find.optional('CompletedDateTime')
  const modifiedDate = find.optional('LastModifiedDate', 'SystemModstamp')
  const isDeleted = find.optional('IsDeleted')
  const fields = criteriaColumns(find, context.fields.task, ['TaskSubtype', 'CallType'])
  return (cells) => {
    const task = requiredId(cells, id)
    const createdAt = requiredInstant(cells, createdDate)
    const whoId = idAt(cells, who)
    const person: PersonKey | undefined = whoId?.startsWith(LEAD_PREFIX)
      ? `lead:${whoId}`
      : whoId?.startsWith(CONTACT_PREFIX)
        ? `contact:${whoId}`
        : undefined
    if (!person) {
      context.leftOut('tasks that are about no lead or contact')
      return NOTHING
    }
    if (flagAt(cells, isDeleted)) {
      context.leftOut('deleted tasks')
      return NOTHING
    }
    const status = textAt(cells, statusColumn)
    const modifiedAt = Math.max(createdAt, instantAt(cells, modifiedDate) ?? createdAt)
    const recorded: Draft<TaskRecorded> = {
      kind: 'task-recorded',
      id: `salesforce/Task/${task}/created`,
      occurredAt: createdAt,
      recordedAt: createdAt,
      task,
      person,
      owner: requiredId(cells, ownerId),
    }
    const subjectText = textAt(cells, subject)
    const typeText = textAt(cells, type)
    const values = fieldsAt(cells, fields)
    if (subjectText !== undefined) recorded.subject = subjectText
    if (typeText !== undefined) recorded.type = typeText
    if (values) recorded.fields = values

    const closed = isClosed.index >= 0 ? flagAt(cells, isClosed) : status === 'Completed'
    const completedAt = instantAt(cells, completedDate)
    // Logged as done: one fact. Done later: the status it had at first is not in the export.
    const doneAt = closed ? (completedAt ?? modifiedAt) : createdAt
    if (doneAt <= createdAt) {
      if (status !== undefined) recorded.status = status
      if (!closed && modifiedAt > createdAt) recorded.inferred = 'current-value'
      return { facts: [recorded] }
    }
    const completed: Draft<TaskRecorded> = {
      ...recorded,
      id: `salesforce/Task/${task}/completed`,
      occurredAt: doneAt,
      recordedAt: doneAt,
    }
    if (status !== undefined) completed.status = status
    if (completedAt === undefined) completed.inferred = 'last-modified'
    return { facts: [recorded, completed] }
  }
}
