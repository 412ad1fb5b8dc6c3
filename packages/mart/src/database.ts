import {
  type DuckDBConnection,
  type DuckDBDateValue,
  DuckDBInstance,
  DuckDBTypeId,
  type DuckDBValue,
  LIST,
  listValue,
  VARCHAR,
} from '@duckdb/node-api'
import { MartError } from './errors.ts'
import { dayText } from './row-sink.ts'

/** A value as reports and pages see it. Days are `YYYY-MM-DD`; integers beyond 2⁵³ are decimal text. */
export type Cell = string | number | boolean | null
export type Row = Readonly<Record<string, Cell>>

/** Bound parameters of a statement, by name. A list of texts is a list in SQL. */
export type Bindings = Readonly<Record<string, Cell | readonly string[]>>

export type DatabaseOptions = Readonly<{
  /** `:memory:` for none. */
  file: string
  threads: number
  memoryMb: number
  /** Where sorting and grouping may spill to. */
  temporary: string
}>

/** Opens a DuckDB file that loads nothing from elsewhere. */
export async function openDatabase(options: DatabaseOptions): Promise<DuckDBInstance> {
  try {
    return await DuckDBInstance.create(options.file, {
      threads: String(options.threads),
      memory_limit: `${options.memoryMb}MB`,
      temp_directory: options.temporary,
      // Rows carry their order where it matters; giving it up lets loads run in parallel and in bounded memory.
      preserve_insertion_order: 'false',
      autoinstall_known_extensions: 'false',
      autoload_known_extensions: 'false',
      checkpoint_threshold: '128MB',
    })
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    const holder = /Could not set lock.*?(?:\(PID (\d+)\)|$)/s.exec(reason)
    if (holder)
      throw new MartError(
        'mart-busy',
        `${options.file} is in use by another process${holder[1] ? ` (${holder[1]})` : ''}, perhaps a server. ` +
          'Stop that first, or name another data folder with --data.',
        { cause },
      )
    throw new MartError(
      'mart-unreadable',
      `${options.file}: cannot be opened as a mart (${reason}). ` +
        'Check that it can be written to; if it is damaged, delete it: it is built again from the store.',
      { cause },
    )
  }
}

/** Runs one statement against a world's tables, by their plain names. */
export type Ask = (sql: string, bindings?: Bindings) => Promise<Row[]>

/** Runs statements that give no rows. */
export async function run(connection: DuckDBConnection, sql: string, bindings: Bindings = {}): Promise<void> {
  const used = usedIn(sql, bindings)
  await connection.run(sql, valuesOf(used), typesOf(used))
}

/** Runs one statement and gives its rows. */
export async function query(connection: DuckDBConnection, sql: string, bindings: Bindings = {}): Promise<Row[]> {
  const used = usedIn(sql, bindings)
  const result = await connection.run(sql, valuesOf(used), typesOf(used))
  const names = result.columnNames()
  const days = result.columnTypes().map((type) => type.typeId === DuckDBTypeId.DATE)
  const rows: Row[] = []
  for (const chunk of await result.fetchAllChunks()) {
    const columns = chunk.getColumns()
    for (let i = 0; i < chunk.rowCount; i++) {
      const row: Record<string, Cell> = {}
      for (const [k, name] of names.entries()) row[name] = cellOf(columns[k]?.[i] ?? null, days[k] === true)
      rows.push(row)
    }
  }
  return rows
}

/** Runs `work` in a transaction: all of it or nothing. */
export async function transaction<T>(connection: DuckDBConnection, work: () => Promise<T>): Promise<T> {
  await connection.run('begin transaction')
  try {
    const result = await work()
    await connection.run('commit')
    return result
  } catch (error) {
    // A failed commit has rolled back already; there is then nothing left to undo.
    await connection.run('rollback').catch(() => undefined)
    throw error
  }
}

/** Runs one task after another, in the order they were given. */
export class Queue {
  #last: Promise<unknown> = Promise.resolve()

  run<T>(task: () => Promise<T>): Promise<T> {
    const result = this.#last.then(task, task)
    this.#last = result.catch(() => undefined)
    return result
  }
}

function cellOf(value: DuckDBValue, day: boolean): Cell {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value
  if (typeof value === 'number') return Number.isFinite(value) ? value : null
  if (typeof value === 'bigint') {
    const number = Number(value)
    return Number.isSafeInteger(number) ? number : value.toString()
  }
  if (day) return dayText((value as DuckDBDateValue).days)
  return String(value)
}

/** DuckDB refuses values that a statement does not name; a report's conditions come and go. */
function usedIn(sql: string, bindings: Bindings): Bindings {
  const named = new Set(Array.from(sql.matchAll(/\$([a-zA-Z]\w*)/g), (match) => match[1]))
  return Object.fromEntries(Object.entries(bindings).filter(([name]) => named.has(name)))
}

function valuesOf(bindings: Bindings): Record<string, DuckDBValue> {
  return Object.fromEntries(
    Object.entries(bindings).map(([name, value]) => [
      name,
      typeof value === 'number' && Number.isInteger(value)
        ? BigInt(value)
        : Array.isArray(value)
          ? listValue(value)
          : (value as DuckDBValue),
    ]),
  )
}

function typesOf(bindings: Bindings) {
  return Object.fromEntries(
    Object.entries(bindings)
      .filter(([, value]) => Array.isArray(value))
      .map(([name]) => [name, LIST(VARCHAR)]),
  )
}
