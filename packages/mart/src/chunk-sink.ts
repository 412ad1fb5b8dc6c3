import {
  BIGINT,
  BOOLEAN,
  DATE,
  DOUBLE,
  type DuckDBAppender,
  type DuckDBConnection,
  DuckDBDataChunk,
  DuckDBDateValue,
  type DuckDBType,
  type DuckDBValue,
  INTEGER,
  VARCHAR,
} from '@duckdb/node-api'
import { withoutNul } from './csv-file.ts'
import type { ColumnType, RowSink } from './row-sink.ts'

const CHUNK_ROWS = 2048

const TYPES: Readonly<Record<ColumnType, DuckDBType>> = { VARCHAR, BIGINT, INTEGER, DOUBLE, BOOLEAN, DATE }

/**
 * Appends rows to a table inside the connection's transaction. For a few rows at a time, where writing and
 * reading a file would cost more than the rows (see `CsvFile` for many).
 */
export class ChunkSink implements RowSink {
  readonly #appender: DuckDBAppender
  readonly #types: readonly DuckDBType[]
  readonly #columns: DuckDBValue[][]
  #column = 0

  private constructor(appender: DuckDBAppender, columns: readonly Readonly<{ type: ColumnType }>[]) {
    this.#appender = appender
    this.#types = columns.map((column) => TYPES[column.type])
    this.#columns = columns.map(() => [])
  }

  /** Opens a table for appending. Its columns must be those of the table, in order. */
  static async open(
    connection: DuckDBConnection,
    schema: string,
    table: string,
    columns: readonly Readonly<{ type: ColumnType }>[],
  ): Promise<ChunkSink> {
    return new ChunkSink(await connection.createAppender(table, schema), columns)
  }

  text(value: string | null): void {
    this.#put(value === null ? null : withoutNul(value))
  }

  integer(value: number | null): void {
    this.#put(value !== null && this.#types[this.#column] === BIGINT ? BigInt(value) : value)
  }

  decimal(value: number | null): void {
    this.#put(value)
  }

  flag(value: boolean | null): void {
    this.#put(value)
  }

  day(value: number | null): void {
    this.#put(value === null ? null : new DuckDBDateValue(value))
  }

  endRow(): void {
    this.#column = 0
    if ((this.#columns[0]?.length ?? 0) >= CHUNK_ROWS) this.#append()
  }

  /** Appends what is left and closes the table. */
  close(): void {
    if (this.#columns[0]?.length) this.#append()
    this.#appender.closeSync()
  }

  #put(value: DuckDBValue): void {
    const column = this.#columns[this.#column++]
    if (!column) throw new Error('A row has more values than its table has columns.')
    column.push(value)
  }

  #append(): void {
    const chunk = DuckDBDataChunk.create(this.#types, this.#columns[0]?.length ?? 0)
    chunk.setColumns(this.#columns)
    this.#appender.appendDataChunk(chunk)
    for (const column of this.#columns) column.length = 0
  }
}
