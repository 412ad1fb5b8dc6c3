import type { Tags, Zone } from '@throughline/core'
import type { Column, ColumnFinder } from '../csv/columns.ts'
import { RowFault } from '../rejects.ts'
import { type Draft, numberOf, textAt } from '../salesforce-export/values.ts'
import type { FlagFrom, TagsFrom, TextFrom, TimeFrom } from './mapping.ts'
import { type Moment, patternOf } from './time-format.ts'

type Cells = readonly string[]
type Reader<T> = (cells: Cells) => T

const LONGEST_ID = 255

/** Binds a text of the mapping to the columns of a file. */
export function textReader(find: ColumnFinder, from: TextFrom): Reader<string | undefined>
export function textReader(find: ColumnFinder, from: TextFrom | undefined): Reader<string | undefined>
export function textReader(find: ColumnFinder, from: TextFrom | undefined): Reader<string | undefined> {
  if (from === undefined) return () => undefined
  if (typeof from === 'string') {
    const column = find.required(from)
    return (cells) => textAt(cells, column)
  }
  if ('constant' in from) return () => from.constant
  const column = find.required(from.column)
  const values = new Map(Object.entries(from.values ?? {}).map(([value, to]) => [value.trim().toLowerCase(), to]))
  return (cells) => {
    const text = textAt(cells, column)
    if (text === undefined) return from.blank
    const mapped = values.get(text.toLowerCase())
    if (mapped !== undefined) return mapped ?? undefined
    if (from.others === 'keep') return text
    throw new RowFault(
      'unmapped-value',
      column.name,
      text,
      'the mapping says nothing about this value and rejects others.',
      `Add it to the mapping's values of ${column.name}, or correct the cell.`,
    )
  }
}

/** A text that a row must have. */
export function neededText(find: ColumnFinder, from: TextFrom, what: string): Reader<string> {
  const read = textReader(find, from)
  const column = typeof from === 'string' ? from : 'column' in from ? from.column : what
  return (cells) => read(cells) ?? blank(column)
}

/** An id of at most 255 characters that a row must have. */
export function idReader(find: ColumnFinder, name: string): Reader<string> {
  const column = find.required(name)
  return (cells) => {
    const text = textAt(cells, column)
    if (text === undefined) return blank(column.name)
    if (text.length <= LONGEST_ID) return text
    throw new RowFault(
      'too-long',
      column.name,
      text,
      `the id has ${text.length} characters; at most ${LONGEST_ID} are possible.`,
      'Choose another column as the id.',
    )
  }
}

/** Binds a time of the mapping. */
export function timeReader(find: ColumnFinder, from: TimeFrom | undefined, zone: Zone): Reader<Moment | undefined> {
  if (from === undefined) return () => undefined
  const { column: name, format } = typeof from === 'string' ? { column: from, format: 'iso' } : from
  const column = find.required(name)
  const pattern = patternOf(format)
  if (!pattern) throw new Error(`the mapping's format ${format} was not checked`)
  return (cells) => {
    const text = textAt(cells, column)
    if (text === undefined) return undefined
    const moment = pattern(text, zone)
    if (moment) return moment
    throw new RowFault(
      'invalid-date',
      column.name,
      text,
      `this is not a date written as ${format === 'iso' ? '2026-11-21 or 2026-11-21T12:00:00Z' : format}.`,
      "Correct the cell, or the column's format in the mapping.",
    )
  }
}

/** Binds a yes or no of the mapping. */
export function flagReader(find: ColumnFinder, from: FlagFrom): Reader<boolean | undefined> {
  if (typeof from === 'boolean') return () => from
  const column = find.required(from.column)
  const values = new Map(Object.entries(from.values).map(([value, to]) => [value.trim().toLowerCase(), to]))
  return (cells) => {
    const text = textAt(cells, column)
    if (text === undefined) return undefined
    const value = values.get(text.toLowerCase())
    if (value !== undefined) return value
    throw new RowFault(
      'unmapped-value',
      column.name,
      text,
      'the mapping does not say whether this means yes or no.',
      `Add it to the mapping's values of ${column.name}.`,
    )
  }
}

/** Binds a column of decimal numbers. */
export function numberReader(find: ColumnFinder, name: string | undefined): Reader<string | undefined> {
  if (name === undefined) return () => undefined
  const column = find.required(name)
  return (cells) => {
    const text = textAt(cells, column)
    if (text !== undefined && numberOf(text) === undefined) return notNumber(column, text)
    return text
  }
}

/** Binds the tags of a click. */
export function tagsReader(find: ColumnFinder, from: TagsFrom | undefined): Reader<Tags | undefined> {
  const readers = (['medium', 'source', 'campaign', 'content', 'term'] as const)
    .filter((tag) => from?.[tag] !== undefined)
    .map((tag) => [tag, textReader(find, from?.[tag])] as const)
  return (cells) => {
    let tags: Draft<Tags> | undefined
    for (const [tag, read] of readers) {
      const text = read(cells)
      if (text === undefined) continue
      tags ??= {}
      tags[tag] = text
    }
    return tags
  }
}

function blank(column: string): never {
  throw new RowFault('missing-value', column, '', 'the cell is empty.', `Fill in ${column}, or leave the row out.`)
}

function notNumber(column: Column, text: string): never {
  throw new RowFault(
    'invalid-number',
    column.name,
    text,
    'this is not a number such as 1234.5.',
    'Write digits with a decimal point, without currency sign or separators.',
  )
}
