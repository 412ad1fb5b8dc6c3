import { chmod, mkdir, open } from 'node:fs/promises'
import { dirname } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import type { DatabaseConnection, Driver, SqliteDialectConfig } from 'kysely'
import { CompiledQuery, Kysely, SqliteDialect, SqliteDriver, sql } from 'kysely'
import Libsql from 'libsql'
import type { ColumnKind, Engine } from './engine.ts'
import { StoreError } from './errors.ts'
import type { Tables } from './tables.ts'

/** How often a busy database is asked again, and how long after each refusal: half a minute in all. */
const ATTEMPTS = 600
const PAUSE_MS = 50

/**
 * Pages the write-ahead log may grow to (128 MiB) before it is folded into the file. Facts arrive in no
 * helpful order, and a page that ten batches touch is then written back once.
 */
const LOG_PAGES = 32_768

/** Opens the file, or makes it. Only its owner may read it: it holds names and addresses. */
export async function sqliteEngine(file: string): Promise<Engine> {
  const database = await openFile(file)
  const db = kyselyOver(database, 'immediate')
  return {
    name: 'sqlite',
    db,
    // `begin immediate` already has the only write lock there is.
    lock: async () => {},
    script: async (_, statements) => {
      database.exec(statements)
    },
    // Only `integer primary key` is the row's own number; any other spelling costs a second index.
    words: (migration) => migration.replace(/\bbigint primary key\b/g, 'integer primary key'),
    relation: (columns, rows, text = JSON.stringify(rows)) => {
      const names = Object.entries<ColumnKind>(columns)
      const picked = names.map(([name, kind]) =>
        sql.raw(`value ${kind === 'document' ? '->' : '->>'} '$.${name}' as ${name}`),
      )
      return sql`(select ${sql.join(picked)} from json_each(${text}))`
    },
    among: (column, values) => sql`${sql.ref(column)} in (select value from json_each(${JSON.stringify(values)}))`,
    skipLocked: sql``,
    snapshot: async () => {
      const reader = kyselyOver(await openFile(file), 'deferred')
      const session = await reader.startTransaction().execute()
      return {
        session,
        end: async () => {
          await session.rollback().execute()
          await reader.destroy()
        },
      }
    },
    close: () => db.destroy(),
  }
}

async function openFile(file: string): Promise<Libsql.Database> {
  try {
    await mkdir(dirname(file), { recursive: true })
    await (await open(file, 'a')).close()
    await chmod(file, 0o600)
  } catch (cause) {
    throw unreachable(file, cause)
  }
  const database = await patiently(file, () => new Libsql(file))
  await patiently(file, () => {
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
async function patiently<T>(file: string, step: () => T): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return step()
    } catch (cause) {
      if (!isBusy(cause)) throw unreachable(file, cause)
      if (attempt >= ATTEMPTS) throw busy(file, cause)
      await setTimeout(PAUSE_MS)
    }
  }
}

function isBusy(problem: unknown): boolean {
  return problem instanceof Error && 'code' in problem && String(problem.code).startsWith('SQLITE_BUSY')
}

function busy(file: string, cause: unknown): StoreError {
  return new StoreError(
    'store-busy',
    `Another process has kept ${file} locked for writing for ${(ATTEMPTS * PAUSE_MS) / 1000} seconds. Wait for it, end it, or use PostgreSQL for several writers.`,
    cause,
  )
}

type Beginning = 'immediate' | 'deferred'

function kyselyOver(database: Libsql.Database, beginning: Beginning): Kysely<Tables> {
  return new Kysely<Tables>({ dialect: new PatientDialect({ database }, database, beginning) })
}

class PatientDialect extends SqliteDialect {
  readonly #config: SqliteDialectConfig
  readonly #database: Libsql.Database
  readonly #beginning: Beginning

  constructor(config: SqliteDialectConfig, database: Libsql.Database, beginning: Beginning) {
    super(config)
    this.#config = config
    this.#database = database
    this.#beginning = beginning
  }

  override createDriver(): Driver {
    return new PatientDriver(this.#config, this.#database, this.#beginning)
  }
}

/**
 * Takes the write lock at the beginning of a transaction, where waiting for it is harmless: a transaction
 * that reads first and writes later fails if another process wrote in between. Waits between attempts
 * instead of inside SQLite, which would stop this whole process.
 */
class PatientDriver extends SqliteDriver {
  readonly #database: Libsql.Database
  readonly #beginning: Beginning

  constructor(config: SqliteDialectConfig, database: Libsql.Database, beginning: Beginning) {
    super(config)
    this.#database = database
    this.#beginning = beginning
  }

  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    if (this.#beginning === 'deferred') {
      await connection.executeQuery(CompiledQuery.raw('begin'))
      return
    }
    for (let attempt = 1; ; attempt++) {
      try {
        this.#database.exec('pragma busy_timeout = 0')
        this.#database.exec('begin immediate')
        return
      } catch (cause) {
        if (!isBusy(cause)) throw cause
        if (attempt >= ATTEMPTS) throw busy('the database', cause)
        await setTimeout(PAUSE_MS)
      } finally {
        this.#database.exec('pragma busy_timeout = 2000')
      }
    }
  }
}
