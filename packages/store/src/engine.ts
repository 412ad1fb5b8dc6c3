import type { ControlledTransaction, Expression, Kysely, RawBuilder, SqlBool, Transaction } from 'kysely'
import { sql } from 'kysely'
import type { Positions, Tables } from './tables.ts'

/** A transaction, or anything else that runs statements. */
export type Session = Kysely<Tables>

export type Writing = Transaction<Tables>

/** `integer` and `text` are taken out of the row; `document` is a nested value kept as its JSON text. */
export type ColumnKind = 'integer' | 'text' | 'document'

/** What differs between SQLite and PostgreSQL. Everything else in this package is one SQL for both. */
export type Engine = Readonly<{
  name: 'sqlite' | 'postgres'
  /** For single questions. They never wait for a writer. */
  reader: Session
  /** For transactions that write. */
  writer: Session
  /** Makes this transaction the only one that writes, until it ends: the order of numbers is the order of commits. */
  lock: (trx: Writing) => Promise<void>
  /** Several statements at once, without parameters. */
  script: (trx: Writing, statements: string) => Promise<void>
  /** A migration in this engine's words. */
  words: (migration: string) => string
  /** Rows given as one JSON parameter: much faster than a parameter for each value. `text` is their JSON, if at hand. */
  relation: <R extends object>(
    columns: Readonly<Record<keyof R, ColumnKind>>,
    rows: readonly R[],
    text?: string,
  ) => RawBuilder<R>
  /** True where the column has one of the values, given as one parameter. */
  among: (column: string, values: readonly string[] | readonly number[]) => Expression<SqlBool>
  /** Put after a select: lock its rows and pass over those that others have locked. */
  skipLocked: RawBuilder<unknown>
  /** A transaction that only reads and sees the database as it is now, whatever is committed meanwhile. */
  snapshot: () => Promise<Snapshot>
  close: () => Promise<void>
}>

export type Snapshot = Readonly<{ session: ControlledTransaction<Tables>; end: () => Promise<void> }>

/**
 * Runs `work` as the only writer. It must not wait for anything but the database: on SQLite everybody else
 * in the process waits meanwhile.
 */
export async function writing<T>(engine: Engine, work: (trx: Writing) => Promise<T>): Promise<T> {
  return engine.writer.transaction().execute(async (trx) => {
    await engine.lock(trx)
    return work(trx)
  })
}

export async function positionsOf(session: Session): Promise<Positions> {
  return session.selectFrom('positions').selectAll().executeTakeFirstOrThrow()
}

export async function savePositions(trx: Writing, next: Partial<Omit<Positions, 'one'>>): Promise<void> {
  await trx.updateTable('positions').set(next).execute()
}

/** Names of columns come from this package's own source, never from outside. */
export function columnList(names: readonly string[]): RawBuilder<unknown> {
  return sql.join(names.map((name) => sql.ref(name)))
}
