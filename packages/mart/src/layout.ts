import { rmSync } from 'node:fs'
import type { DuckDBConnection, DuckDBInstance } from '@duckdb/node-api'
import { type DatabaseOptions, openDatabase, query, run } from './database.ts'
import { DIRECTORY_TABLES } from './directory-tables.ts'
import { FACT_COLUMNS } from './log.ts'
import { TABLES } from './tables/index.ts'

/** Changes when the book-keeping around the tables does; the tables speak for themselves. */
const BOOKKEEPING = 1

/** What a mart file of this program looks like inside. */
function layout(): string {
  const described = [{ name: 'log.facts', columns: FACT_COLUMNS }, ...TABLES, ...DIRECTORY_TABLES].map((table) => [
    table.name,
    table.columns.map(({ name, type }) => `${name} ${type}`),
  ])
  return JSON.stringify([BOOKKEEPING, described])
}

/**
 * Opens a mart file. One that another version of this program made, with other tables, is not converted: it is
 * thrown away, and built again from the store.
 */
export async function openOurs(options: DatabaseOptions): Promise<DuckDBInstance> {
  const database = await openDatabase(options)
  const connection = await database.connect()
  const ours = await isOurs(connection)
  connection.closeSync()
  if (ours) return database
  database.closeSync()
  for (const file of [options.file, `${options.file}.wal`]) rmSync(file, { force: true })
  return openOurs(options)
}

/** Whether the file holds the tables that this program knows. A new file does, and is marked so. */
async function isOurs(connection: DuckDBConnection): Promise<boolean> {
  const tables = await query(
    connection,
    'select table_name from duckdb_tables() where database_name = current_database()',
  )
  if (tables.length > 0) {
    if (!tables.some((table) => table.table_name === 'layout')) return false
    const [row] = await query(connection, 'select definition from layout')
    return row?.definition === layout()
  }
  await connection.run('create table layout (definition VARCHAR)')
  await run(connection, 'insert into layout values ($definition)', { definition: layout() })
  return true
}
