import { type Day, type Fields, formatDay, type Instant, instantOf, type UserId, type Zone } from '@throughline/core'
import type { Column } from '../csv/columns.ts'
import { parseDayNumber, parseInstant } from '../instants.ts'
import { RowFault } from '../rejects.ts'
import { toId18 } from './ids.ts'

/** A fact or another read-only record while it is being put together. */
export type Draft<T> = { -readonly [K in keyof T]: T[K] }

const LONGEST_TEXT = 4000

/** The text of a cell without blanks around it; undefined where it is blank or there is no such column. */
export function textAt(cells: readonly string[], column: Column): string | undefined {
  const text = cells[column.index]?.trim()
  if (text === undefined || text === '') return undefined
  if (text.length > LONGEST_TEXT)
    throw new RowFault(
      'too-long',
      column.name,
      text,
      `the value has ${text.length} characters; at most ${LONGEST_TEXT} are kept.`,
      'Shorten the value.',
    )
  return text
}

export function requiredText(cells: readonly string[], column: Column): string {
  return textAt(cells, column) ?? missing(column)
}

/** A Salesforce id in its 18-character form. */
export function idAt(cells: readonly string[], column: Column): string | undefined {
  const text = cells[column.index]?.trim()
  if (text === undefined || text === '') return undefined
  return (
    toId18(text) ??
    fault(
      'invalid-id',
      column,
      text,
      'this is not a Salesforce id: one has 15 letters and digits, or 18 of which the last three fit the others.',
      'Export the file again; do not let a spreadsheet rewrite ids.',
    )
  )
}

export function requiredId(cells: readonly string[], column: Column): string {
  return idAt(cells, column) ?? missing(column)
}

export function instantAt(cells: readonly string[], column: Column): Instant | undefined {
  const text = cells[column.index]?.trim()
  if (text === undefined || text === '') return undefined
  return (
    parseInstant(text) ??
    fault(
      'invalid-date',
      column,
      text,
      'this is not a date and time such as 2026-11-21T12:00:00.000+0000 or 2026-11-21 12:00:00 (UTC).',
      'Export the file again with API values, not as a report with local formats.',
    )
  )
}

export function requiredInstant(cells: readonly string[], column: Column): Instant {
  return instantAt(cells, column) ?? missing(column)
}

/** A day as a day number, from `2026-11-21` or a date and time. */
export function dayNumberAt(cells: readonly string[], column: Column): number | undefined {
  const text = cells[column.index]?.trim()
  if (text === undefined || text === '') return undefined
  return (
    parseDayNumber(text) ??
    fault(
      'invalid-date',
      column,
      text,
      'this is not a day of the calendar such as 2026-11-21.',
      'Correct the date, or export the file again with API values.',
    )
  )
}

/** A day as `YYYY-MM-DD`. */
export function dayAt(cells: readonly string[], column: Column): Day | undefined {
  const number = dayNumberAt(cells, column)
  return number === undefined ? undefined : formatDay(number)
}

/** A moment, or a day of which the first minute in the zone stands in. */
export function momentAt(
  cells: readonly string[],
  column: Column,
  zone: Zone,
): Readonly<{ at: Instant; dayOnly: boolean }> | undefined {
  const text = cells[column.index]?.trim()
  if (text === undefined || text === '') return undefined
  if (text.length > 10) return { at: instantAt(cells, column) as Instant, dayOnly: false }
  return { at: instantOf(zone, dayNumberAt(cells, column) as number), dayOnly: true }
}

/** `true`, `1`, `yes` and their opposites; blank is false. */
export function flagAt(cells: readonly string[], column: Column): boolean {
  const text = cells[column.index]?.trim()
  if (text === undefined || text === '') return false
  switch (text.toLowerCase()) {
    case 'true':
    case '1':
    case 'yes':
      return true
    case 'false':
    case '0':
    case 'no':
      return false
  }
  return fault('invalid-boolean', column, text, 'this is neither true nor false.', 'Write true or false.')
}

export function numberAt(cells: readonly string[], column: Column): number | undefined {
  const text = cells[column.index]?.trim()
  if (text === undefined || text === '') return undefined
  return numberOf(text) ?? notANumber(column, text)
}

/** A decimal number such as `12.5`; undefined for anything else. */
export function numberOf(text: string): number | undefined {
  return /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,3})?$/.test(text) ? Number(text) : undefined
}

export function notANumber(column: Column, text: string): never {
  return fault(
    'invalid-number',
    column,
    text,
    'this is not a number such as 1234.5.',
    'Write digits with a decimal point, without currency sign or separators.',
  )
}

/** A user's or queue's id. */
export const userAt: (cells: readonly string[], column: Column) => UserId | undefined = idAt

/** Values for the company's criteria: numbers and true/false where the text is one, null where it is blank. */
export function fieldsAt(cells: readonly string[], columns: readonly Column[]): Fields | undefined {
  if (columns.length === 0) return undefined
  const fields: Record<string, string | number | boolean | null> = {}
  for (const column of columns) fields[column.name] = fieldValue(textAt(cells, column))
  return fields
}

export function fieldValue(text: string | undefined): string | number | boolean | null {
  if (text === undefined || text === '') return null
  if (text === 'true' || text === 'false') return text === 'true'
  // A leading zero means a code, not a number.
  return /^-?(?:0|[1-9]\d{0,14})(?:\.\d{1,10})?$/.test(text) ? Number(text) : text
}

function missing(column: Column): never {
  throw new RowFault(
    'missing-value',
    column.name,
    '',
    'the cell is empty.',
    `Fill in ${column.name}, or leave the row out.`,
  )
}

function fault(
  code: 'invalid-id' | 'invalid-date' | 'invalid-boolean' | 'invalid-number',
  column: Column,
  value: string,
  reason: string,
  remedy: string,
): never {
  throw new RowFault(code, column.name, value, reason, remedy)
}
