/** Why a row could not be used. */
export type RejectCode =
  | 'ragged-row'
  | 'stray-quote'
  | 'missing-value'
  | 'invalid-id'
  | 'invalid-date'
  | 'invalid-number'
  | 'invalid-boolean'
  | 'too-long'
  | 'duplicate-id'
  | 'merged-into-itself'
  | 'nobody-named'
  | 'unmapped-value'
  | 'unknown-lead'

/** A row that was left out, whole, and what to do about it. */
export type Reject = Readonly<{
  file: string
  /** Number of the row as a spreadsheet shows it: the header is row 1. */
  row: number
  /** Number of the line in the text. */
  line: number
  /** The column at fault; absent where the whole row is. */
  column?: string
  /** What was found there, shortened. */
  value?: string
  code: RejectCode
  reason: string
  remedy: string
  /** The row as it was, so that it can be corrected and imported again, under the file's column names. */
  columns: readonly string[]
  cells: readonly string[]
}>

/** Thrown while a row is read, and caught by whoever reads the rows: the row becomes a reject. */
export class RowFault extends Error {
  readonly code: RejectCode
  readonly column: string | undefined
  readonly value: string | undefined
  readonly remedy: string

  constructor(code: RejectCode, column: string | undefined, value: string | undefined, reason: string, remedy: string) {
    super(reason)
    this.name = 'RowFault'
    this.code = code
    this.column = column
    this.value = value
    this.remedy = remedy
  }
}

const SHOWN = 80

/** A value short enough for a message. Cuts between characters, never inside one. */
export function shortened(value: string): string {
  if (value.length <= SHOWN) return value
  return `${[...value.slice(0, SHOWN)].slice(0, SHOWN - 1).join('')}…`
}

/** Makes the reject of a row from what was wrong with it. */
export function rejectOf(
  header: Readonly<{ file: string; names: readonly string[] }>,
  row: Readonly<{ row: number; line: number; cells: readonly string[] }>,
  fault: RowFault,
): Reject {
  return {
    file: header.file,
    row: row.row,
    line: row.line,
    ...(fault.column === undefined ? {} : { column: fault.column }),
    ...(fault.value === undefined ? {} : { value: shortened(fault.value) }),
    code: fault.code,
    reason: fault.message,
    remedy: fault.remedy,
    columns: header.names,
    cells: row.cells,
  }
}
