import {
  BIGINT,
  BOOLEAN,
  DATE,
  DOUBLE,
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
import type { Statements } from './statements.ts'

const CHUNK_ROWS = 2048

/** Up to so many rows are inserted by a statement. */
const FEW_ROWS = 4

const TYPES: Readonly<Record<ColumnType, DuckDBType>> = { VARCHAR, BIGINT, INTEGER, DOUBLE, BOOLEAN, DATE }

/** A table to add rows to, with its columns in order. */
export type Target = Readonly<{ schema: string; name: string; columns: readonly Readonly<{ type: ColumnType }>[] }>

/**
 * Collects rows for a table and adds them inside the connection's transaction. For so few rows that writing and
 * reading a file would cost more than the rows (see `CsvFile` for many). With `statements` a handful of rows goes
 * in by a prepared statement: opening an appender costs about as much again as such rows themselves.
 */
export class ChunkSink implements RowSink {
  readonly #connection: DuckDBConnection
  readonly #target: Target
  readonly #statements: Statements | undefined
  readonly #types: readonly DuckDBType[]
  readonly #columns: DuckDBValue[][]
  #column = 0

  constructor(connection: DuckDBConnection, target: Target, statements?: Statements) {
    this.#connection = connection
    this.#target = target
    this.#statements = statements
    this.#types = target.columns.map((column) => TYPES[column.type])
    this.#columns = target.columns.map(() => [])
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
  }

  /** Adds the rows to the table. */
  async finish(): Promise<void> {
    const rows = this.#columns[0]?.length ?? 0
    if (rows === 0) return
    if (this.#statements && rows <= FEW_ROWS) await this.#insert(this.#statements, rows)
    else await this.#append(rows)
  }

  #put(value: DuckDBValue): void {
    const column = this.#columns[this.#column++]
    if (!column) throw new Error('A row has more values than its table has columns.')
    column.push(value)
  }

  async #insert(statements: Statements, rows: number): Promise<void> {
    const { schema, name } = this.#target
    const row = `(${this.#types.map(() => '?').join(', ')})`
    const values: DuckDBValue[] = []
    for (let i = 0; i < rows; i++) for (const column of this.#columns) values.push(column[i] ?? null)
    await statements.run(
      `insert into ${schema}.${name} values ${Array(rows).fill(row).join(', ')}`,
      values,
      Array(rows).fill(this.#types).flat(),
    )
  }

  async #append(rows: number): Promise<void> {
    const appender = await this.#connection.createAppender(this.#target.name, this.#target.schema)
    for (let start = 0; start < rows; start += CHUNK_ROWS) {
      const end = Math.min(rows, start + CHUNK_ROWS)
      const chunk = DuckDBDataChunk.create(this.#types, end - start)
      chunk.setColumns(this.#columns.map((column) => column.slice(start, end)))
      appender.appendDataChunk(chunk)
    }
    appender.closeSync()
  }
}
