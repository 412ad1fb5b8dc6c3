import { type Day, formatDay } from '@throughline/core'

/** Types of the mart's columns. Instants are BIGINT milliseconds, money is BIGINT minor units. */
export type ColumnType = 'VARCHAR' | 'BIGINT' | 'INTEGER' | 'DOUBLE' | 'BOOLEAN' | 'DATE'

/** Takes the values of a table's rows, column by column from left to right, each row ended by `endRow`. */
export interface RowSink {
  text(value: string | null): void
  /** A safe integer. */
  integer(value: number | null): void
  decimal(value: number | null): void
  flag(value: boolean | null): void
  /** Days since 1970-01-01. */
  day(value: number | null): void
  endRow(): void
}

const written = new Map<number, Day>()

/** A day number as text; the same few thousand days come up again and again. */
export function dayText(number: number): Day {
  let text = written.get(number)
  if (text === undefined) {
    text = formatDay(number)
    written.set(number, text)
  }
  return text
}
