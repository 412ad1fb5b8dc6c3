import type { ReportColumn, ReportParameters, ReportRow } from '@throughline/engine'
import type { Ask } from '../database.ts'
import type { Answer } from './definition.ts'
import type { FilterField } from './filters.ts'
import type { Selection } from './selection.ts'

/** A column of a list, and what it is in SQL. */
export type ListColumn = ReportColumn & Readonly<{ sql: string }>

/** What a list takes besides its own parameters. */
export const LIST_TAKES = ['where', 'sort', 'descending', 'offset', 'limit'] as const

/** Columns as a report describes them. */
export function described(columns: readonly ListColumn[]): ReportColumn[] {
  return columns.map(({ sql: _, ...column }) => column)
}

/** Filters as a report describes them. */
export function offered(fields: readonly FilterField[]): Omit<FilterField, 'sql'>[] {
  return fields.map(({ sql: _, ...field }) => field)
}

type List = Readonly<{
  /** A table of the world, whose rows are found by the sorted column alone and only then read whole. */
  table: string
  columns: readonly ListColumn[]
  selection: Selection
  parameters: ReportParameters
  /** The column that puts rows of equal rank in a fixed order. */
  tie?: string
}>

/** One page of a list, and how many rows there are in all. */
export async function listPage(ask: Ask, list: List): Promise<Answer> {
  const { table, columns, selection, parameters, tie = 'id' } = list
  const { where } = selection
  const bindings = { ...selection.bindings, limit: parameters.limit ?? 100, offset: parameters.offset ?? 0 }
  const sort = columns.find(({ key }) => key === parameters.sort)?.sql ?? tie
  const order = `${sort} ${parameters.descending ? 'desc' : 'asc'} nulls last, ${tie}`
  const rows = await ask(
    `select ${columns.map((column) => `${column.sql} as "${column.key}"`).join(', ')}
     from ${table} where rowid in (select rowid from ${table} where ${where} order by ${order} limit $limit offset $offset)
     order by ${order}`,
    bindings,
  )
  const [all] = await ask(`select count(*) as total from ${table} where ${where}`, bindings)
  return { rows: rows as ReportRow[], total: all?.total as number }
}
