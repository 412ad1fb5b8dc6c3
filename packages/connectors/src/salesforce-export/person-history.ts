import type { PersonKey } from '@throughline/core'
import { RowFault } from '../rejects.ts'
import { NOTHING, type Translator } from './context.ts'
import { historyReader, trackedFields } from './history.ts'
import { fieldValue } from './values.ts'

/** Rows of LeadHistory.csv or ContactHistory.csv. */
function personHistoryTranslator(object: 'Lead' | 'Contact'): Translator {
  return (find, context) => {
    const lead = object === 'Lead'
    const read = historyReader(find, lead ? 'LeadId' : 'ContactId', trackedFields(lead ? 'lead' : 'contact', context))
    return (cells) => {
      const row = read(cells)
      // A conversion is told by the lead's own row, which knows what the lead became.
      if (!row || row.field.role === 'created' || row.field.role === 'converted') {
        if (!row) context.leftOut('history rows of fields that are not followed, and of owners by name')
        return NOTHING
      }
      const key: PersonKey = lead ? `lead:${row.record}` : `contact:${row.record}`
      const base = {
        id: `salesforce/${object}History/${row.id}`,
        occurredAt: row.at,
        recordedAt: row.at,
        record: key,
        ...(row.by === undefined ? {} : { by: row.by }),
      }
      switch (row.field.role) {
        case 'owner':
          return { facts: [{ kind: 'owner-changed', ...base, to: row.newValue }] }
        case 'status':
          if (row.newValue === '')
            throw new RowFault(
              'missing-value',
              'NewValue',
              '',
              `the row says that ${row.field.name} was set to nothing; a status has a name.`,
              'Write the status, or leave the row out.',
            )
          return {
            facts: [
              {
                kind: 'status-changed',
                ...base,
                ...(row.oldValue === '' ? {} : { from: row.oldValue }),
                to: row.newValue,
              },
            ],
          }
        case 'score':
          if (row.newValue === '') {
            context.leftOut('history rows that cleared a score')
            return NOTHING
          }
          return {
            facts: [
              {
                kind: 'score-changed',
                id: base.id,
                occurredAt: row.at,
                recordedAt: row.at,
                record: key,
                to: Number(row.newValue),
              },
            ],
          }
        default:
          return {
            facts: [{ kind: 'fields-changed', ...base, fields: { [row.field.name]: fieldValue(row.newValue) } }],
          }
      }
    }
  }
}

export const leadHistoryTranslator: Translator = personHistoryTranslator('Lead')
export const contactHistoryTranslator: Translator = personHistoryTranslator('Contact')
