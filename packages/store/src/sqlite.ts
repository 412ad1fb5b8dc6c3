import { chmod, mkdir, open } from 'node:fs/promises'
import { dirname } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import type { Driver } from 'kysely'
import { Kysely, SqliteDialect, SqliteDriver, sql } from 'kysely'
import Libsql from 'libsql'
import type { ColumnKind, Engine } from './engine.ts'
import { StoreError } from './errors.ts'
import type { Tables } from './tables.ts'

/** How long after each refusal a busy database is asked again. */
const PAUSE_MS = 50

/**
 * Pages the write-ahead log may grow to (128 MiB) before it is folded into the file. Facts arrive in no
 * helpful order, and a page that ten batches touch is then written back once.
 */
const LOG_PAGES = 32_768

/**
 * Opens the file, or makes it. Only its owner may read it: it holds names and addresses. Waits up to
 * `patienceMs` while another process keeps the file locked.
 */
export async function sqliteEngine(file: string, patienceMs: number): Promise<Engine> {
  const waiting: Waiting = { file, attempts: Math.ceil(patienceMs / PAUSE_MS) }
  const database = await openFile(waiting)
  const writer = kyselyOver(database, waiting)
  // A connection of their own for readers: a question does not wait until a transaction has the write lock.
  const reader = kyselyOver(await openFile(waiting))
  return {
    name: 'sqlite',
    reader,
    writer,
    // `begin immediate` already has the only write lock there is.
    lock: async () => {},
    script: async (_, statements) => {
      database.exec(statements)
    },
    // Only `integer primary key` is the row's own number; any other spelling costs a second index.
    words: (migration) => migration.replace(/\bbigint primary key\b/g, 'integer primary key'),
    relation: (columns, rows, text = JSON.stringify(rows)) => {
      const picked = Object.entries<ColumnKind>(columns).map(([name, kind]) =>
        sql.raw(`row_ ${kind === 'document' ? '->' : '->>'} '$.${name}' as ${name}`),
      )
      // `jsonb` parses each row once instead of once a column, but only if the planner cannot fold it back
      // into the columns, which a limit keeps it from doing. Twice as fast for rows of seven columns.
      return sql`(select ${sql.join(picked)} from (select jsonb(value) as row_ from json_each(${text}) limit -1))`
    },
    among: (column, values) => sql`${sql.ref(column)} in (select value from json_each(${JSON.stringify(values)}))`,
    skipLocked: sql``,
    snapshot: async () => {
      const connection = kyselyOver(await openFile(waiting))
      const session = await connection.startTransaction().execute()
      return {
        session,
        end: async () => {
          await session.rollback().execute()
          await connection.destroy()
        },
      }
    },
    close: async () => {
      await reader.destroy()
      await writer.destroy()
    },
  }
}

type Waiting = Readonly<{ file: string; attempts: number }>

async function openFile(waiting: Waiting): Promise<Libsql.Database> {
  const { file } = waiting
  try {
    await mkdir(dirname(file), { recursive: true })
    await (await open(file, 'a')).close()
    await chmod(file, 0o600)
  } catch (cause) {
    throw unreachable(file, cause)
  }
  const database = await patiently(waiting, () => new Libsql(file))
  await patiently(waiting, () => {
    database.exec('pragma busy_timeout = 2000')
    database.exec('pragma journal_mode = wal')
    database.exec('pragma synchronous = full')
    database.exec('pragma cache_size = -65536')
    database.exec(`pragma wal_autocheckpoint = ${LOG_PAGES}`)
    database.prepare('select count(*) as tables from sqlite_master').all()
  })
  return database
}

function unreachable(file: string, cause: unknown): StoreError {
  const reason = cause instanceof Error ? cause.message : String(cause)
  return new StoreError(
    'store-unreachable',
    `Cannot open ${file} as a SQLite database: ${reason}. Check that the path is right, that its folder can be written to, and that the file is a Throughline database.`,
    cause,
  )
}

/** Runs a step that another process may be holding up, again and again, without holding up this process. */
async function patiently<T>(waiting: Waiting, step: () => T): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return step()
    } catch (cause) {
      if (!isBusy(cause)) throw unreachable(waiting.file, cause)
      if (attempt >= waiting.attempts) throw busy(waiting, cause)
      await setTimeout(PAUSE_MS)
    }
  }
}

function isBusy(problem: unknown): boolean {
  return problem instanceof Error && 'code' in problem && String(problem.code).startsWith('SQLITE_BUSY')
}

function busy({ file, attempts }: Waiting, cause: unknown): StoreError {
  return new StoreError(
    'store-busy',
    `Another process has kept ${file} locked for writing for ${(attempts * PAUSE_MS) / 1000} seconds. Wait for it, end it, or use PostgreSQL for several writers.`,
    cause,
  )
}

/** With `waiting` transactions take the write lock when they begin; without, they only read. */
function kyselyOver(database: Libsql.Database, waiting?: Waiting): Kysely<Tables> {
  return new Kysely<Tables>({
    dialect: waiting ? new PatientDialect(database, waiting) : new SqliteDialect({ database }),
  })
}

class PatientDialect extends SqliteDialect {
  readonly #database: Libsql.Database
  readonly #waiting: Waiting

  constructor(database: Libsql.Database, waiting: Waiting) {
    super({ database })
    this.#database = database
    this.#waiting = waiting
  }

  override createDriver(): Driver {
    return new PatientDriver(this.#database, this.#waiting)
  }
}

/**
 * Takes the write lock at the beginning of a transaction, where waiting for it is harmless: a transaction
 * that reads first and writes later fails if another process wrote in between. Waits between attempts
 * instead of inside SQLite, which would stop this whole process.
 */
class PatientDriver extends SqliteDriver {
  readonly #database: Libsql.Database
  readonly #waiting: Waiting

  constructor(database: Libsql.Database, waiting: Waiting) {
    super({ database })
    this.#database = database
    this.#waiting = waiting
  }

  override async beginTransaction(): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      try {
        this.#database.exec('pragma busy_timeout = 0')
        this.#database.exec('begin immediate')
        return
      } catch (cause) {
        if (!isBusy(cause)) throw cause
        if (attempt >= this.#waiting.attempts) throw busy(this.#waiting, cause)
        await setTimeout(PAUSE_MS)
      } finally {
        this.#database.exec('pragma busy_timeout = 2000')
      }
    }
  }
}
