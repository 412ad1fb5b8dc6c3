import { CompiledQuery, Kysely, PostgresDialect, sql } from 'kysely'
import pg from 'pg'
import type { ColumnKind, Engine } from './engine.ts'
import { StoreError } from './errors.ts'
import type { Tables } from './tables.ts'

/** Names the one advisory lock that writers of a Throughline database take. Any constant would do. */
const WRITER_LOCK = 7_468_726_975

const TYPES: Record<ColumnKind, string> = { integer: 'bigint', text: 'text', document: 'text' }

/**
 * Every query here follows an index from a few keys. Without statistics, right after an import, the planner
 * would rather read whole tables.
 */
const PLANNER = [
  'enable_hashjoin = off',
  'enable_mergejoin = off',
  'enable_seqscan = off',
  'jit = off',
  'max_parallel_workers_per_gather = 0',
  'random_page_cost = 1.1',
]

/** Connects to a PostgreSQL server (15 or later) by its URL. */
export async function postgresEngine(url: string): Promise<Engine> {
  const pool = new pg.Pool({
    connectionString: url,
    max: 10,
    types: {
      // int8 and count(*) arrive as text, because they may exceed 2^53; ours are times and counts, which do not.
      getTypeParser: (oid: number, format?: 'text' | 'binary') =>
        oid === pg.types.builtins.INT8 && format !== 'binary' ? Number : pg.types.getTypeParser(oid, format as 'text'),
    } as pg.CustomTypesConfig,
  })
  // A connection that breaks while idle is replaced by the pool; whoever uses a broken one gets its error.
  pool.on('error', () => {})
  try {
    await pool.query('select 1')
  } catch (cause) {
    await pool.end()
    throw new StoreError(
      'store-unreachable',
      `Cannot reach PostgreSQL at ${withoutPassword(url)}: ${reasonOf(cause)}. Check that the server runs, and the host, port, database, user and password in the URL.`,
      cause,
    )
  }
  const db = new Kysely<Tables>({
    dialect: new PostgresDialect({
      pool,
      onCreateConnection: async (connection) => {
        for (const setting of PLANNER) await connection.executeQuery(CompiledQuery.raw(`set ${setting}`))
      },
    }),
  })
  return {
    name: 'postgres',
    reader: db,
    writer: db,
    lock: async (trx) => {
      await sql`select pg_advisory_xact_lock(${sql.lit(WRITER_LOCK)})`.execute(trx)
    },
    script: async (trx, statements) => {
      await sql.raw(statements).execute(trx)
    },
    // Text compares byte by byte, as in SQLite: the same order everywhere, and faster indexes.
    words: (migration) => migration.replace(/\btext\b/g, 'text collate "C"').replace(/\) without rowid;/g, ');'),
    relation: (columns, rows, text = JSON.stringify(rows)) => {
      const typed = Object.entries<ColumnKind>(columns).map(([name, kind]) => sql.raw(`${name} ${TYPES[kind]}`))
      return sql`(select * from json_to_recordset(${text}::json) as given(${sql.join(typed)}))`
    },
    among: (column, values) =>
      sql`${sql.ref(column)} = any(${values}::${sql.raw(typeof values[0] === 'string' ? 'text[]' : 'bigint[]')})`,
    skipLocked: sql`for update skip locked`,
    snapshot: async () => {
      const session = await db.startTransaction().setIsolationLevel('repeatable read').execute()
      return {
        session,
        end: async () => {
          await session.rollback().execute()
        },
      }
    },
    close: () => db.destroy(),
  }
}

function withoutPassword(url: string): string {
  try {
    const shown = new URL(url)
    shown.password = ''
    return shown.toString()
  } catch {
    return 'the given URL'
  }
}

function reasonOf(problem: unknown): string {
  if (problem instanceof AggregateError) return problem.errors.map(reasonOf).join('; ')
  return problem instanceof Error ? problem.message : String(problem)
}
