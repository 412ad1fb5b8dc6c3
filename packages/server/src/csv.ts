import { formatAmount } from '@throughline/core'
import type { Report, ReportCell, ReportColumn } from '@throughline/engine'

/** Tells spreadsheet programs that the file is UTF-8. */
const BYTE_ORDER_MARK = '\uFEFF'

/** What spreadsheet programs take for the start of a formula, full-width forms included. */
const FORMULA = /^\s*[=+\-@＝＋－＠]|^[\t\r\n]/

type Table = Pick<Report, 'columns' | 'rows' | 'currency'>

/** A report as CSV (RFC 4180, UTF-8 with byte order mark). Text that a spreadsheet would run gets a leading `'`. */
export function toCsv(report: Table): string {
  return csvHead(report) + csvRows(report)
}

/** The byte order mark and the line of headings. */
export function csvHead({ columns, currency }: Omit<Table, 'rows'>): string {
  return BYTE_ORDER_MARK + line(columns.map((column) => quote(header(column, currency))))
}

/** A report's rows, a line each. */
export function csvRows({ columns, rows, currency }: Table): string {
  return rows.map((row) => line(columns.map((column) => format(row[column.key] ?? null, column, currency)))).join('')
}

function line(cells: readonly string[]): string {
  return `${cells.join(',')}\r\n`
}

function header(column: ReportColumn, currency: string): string {
  return column.type === 'money' ? `${column.label} (${currency})` : column.label
}

function format(cell: ReportCell, column: ReportColumn, currency: string): string {
  if (cell === null) return ''
  if (typeof cell === 'number') return column.type === 'money' ? formatAmount(cell, currency) : String(cell)
  return quote(FORMULA.test(cell) ? `'${cell}` : cell)
}

function quote(text: string): string {
  return /[",\r\n]/.test(text) || text !== text.trim() ? `"${text.replaceAll('"', '""')}"` : text
}
