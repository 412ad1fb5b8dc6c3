import { csvLine } from '@throughline/connectors'
import { type Day, formatAmount } from '@throughline/core'
import Table from 'cli-table3'

export type Format = 'table' | 'json' | 'csv'

type Cell = string | number | boolean | null | undefined
type Column = Readonly<{ key: string; label: string; type: string }>

/** A report as the command line shows it. */
export type Tabular = Readonly<{
  title: string
  columns: readonly Column[]
  rows: readonly Readonly<Record<string, Cell>>[]
  currency: string
  asOf: Day
  rulesVersion: number | null
  notes?: readonly string[]
}>

/** Prints a report: as a table to read, as JSON, or as CSV that is safe to open in a spreadsheet. */
export function printReport(report: Tabular, format: Format, out: (text: string) => void): void {
  if (format === 'json') return out(`${JSON.stringify(report, null, 2)}\n`)
  if (format === 'csv') {
    out(csvLine(report.columns.map((column) => column.label)))
    for (const row of report.rows)
      out(csvLine(report.columns.map((column) => machineText(row[column.key], column, report.currency))))
    return
  }
  const table = new Table({
    head: report.columns.map((column) => column.label),
    colAligns: report.columns.map((column) => (isNumeric(column.type) ? 'right' : 'left')),
    style: { head: [], border: [], compact: true },
  })
  for (const row of report.rows)
    table.push(report.columns.map((column) => personText(row[column.key], column, report.currency)))
  out(`${report.title}\n${table.toString()}\n`)
  out(`As of ${report.asOf} · rules version ${report.rulesVersion ?? '–'} · amounts in ${report.currency}\n`)
  for (const note of report.notes ?? []) out(`Note: ${note}\n`)
}

const isNumeric = (type: string): boolean => type === 'count' || type === 'ratio' || type === 'days' || type === 'money'

function personText(value: Cell, column: Column, currency: string): string {
  if (value === null || value === undefined) return '–'
  if (typeof value !== 'number') return String(value)
  switch (column.type) {
    case 'money':
      return formatAmount(value, currency).replace(/\B(?=(\d{3})+(?!\d))/g, ',')
    case 'ratio':
      return `${(value * 100).toFixed(1)} %`
    case 'days':
      return value.toFixed(1)
    default:
      return value.toLocaleString('en')
  }
}

function machineText(value: Cell, column: Column, currency: string): string {
  if (value === null || value === undefined) return ''
  return typeof value === 'number' && column.type === 'money' ? formatAmount(value, currency) : String(value)
}
