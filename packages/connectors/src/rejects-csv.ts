import type { Reject } from './rejects.ts'

/**
 * Makes a cell safe to open in a spreadsheet: text a spreadsheet would run as a formula (it starts, after
 * blanks, with `=`, `+`, `-`, `@` or their full-width forms, or has a tab, line break or zero byte in front)
 * gets an apostrophe before it. OWASP: CSV injection. Plain negative numbers stay as they are.
 */
export function safeCell(value: string): string {
  if (/^-\d+(?:\.\d+)?$/.test(value)) return value
  return /^[\t\r\n\0]|^[\s\uFEFF\0]*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20]/.test(value) ? `'${value}` : value
}

/** One line of CSV, every cell quoted and safe, with CRLF. */
export function csvLine(cells: readonly string[]): string {
  return `${cells.map((cell) => `"${safeCell(cell).replaceAll('"', '""')}"`).join(',')}\r\n`
}

const OWN_COLUMNS = ['_file', '_row', '_column', '_value', '_code', '_reason', '_remedy'] as const

/** The header line of a rejects file for rows with these columns. */
export function rejectsHeader(columns: readonly string[]): string {
  return csvLine([...columns, ...OWN_COLUMNS])
}

/** One reject as a line: the row's own cells, padded or cut to `columns`, then place, reason and remedy. */
export function rejectLine(reject: Reject, columns: readonly string[]): string {
  const cells = columns.map((_, index) => reject.cells[index] ?? '')
  // A row with too many cells: nothing of it may be lost.
  if (reject.cells.length > columns.length && columns.length > 0)
    cells[columns.length - 1] = reject.cells.slice(columns.length - 1).join(',')
  return csvLine([
    ...cells,
    reject.file,
    String(reject.row),
    reject.column ?? '',
    reject.value ?? '',
    reject.code,
    reject.reason,
    reject.remedy,
  ])
}
