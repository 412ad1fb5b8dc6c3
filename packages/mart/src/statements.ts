import type { DuckDBConnection, DuckDBPreparedStatement, DuckDBType, DuckDBValue } from '@duckdb/node-api'

/**
 * Statements of one connection that are prepared once and run again and again: on a few rows, parsing and planning
 * cost several times what the statement does.
 */
export class Statements {
  readonly #connection: DuckDBConnection
  readonly #prepared = new Map<string, DuckDBPreparedStatement>()

  constructor(connection: DuckDBConnection) {
    this.#connection = connection
  }

  /** Runs a statement that gives no rows, with values for its question marks and their types. */
  async run(sql: string, values: readonly DuckDBValue[] = [], types: readonly DuckDBType[] = []): Promise<void> {
    let statement = this.#prepared.get(sql)
    if (!statement) {
      statement = await this.#connection.prepare(sql)
      this.#prepared.set(sql, statement)
    }
    statement.bind([...values], [...types])
    await statement.run()
  }

  /** Lets go of all statements, such as those about tables that are gone. */
  forget(): void {
    for (const statement of this.#prepared.values()) statement.destroySync()
    this.#prepared.clear()
  }
}
