import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { sql } from 'kysely'
import type { Engine } from './engine.ts'
import { writing } from './engine.ts'
import { StoreError } from './errors.ts'

type Migration = Readonly<{ name: string; text: string; hash: string }>

/**
 * Brings the database to the shipped schema: the files of `folder` in the order of their numbers, each in
 * a transaction of its own, and recorded with a hash of its content. Any number of processes may do this
 * at once. A migration that was shipped is never edited: a database that has it would not get the change.
 *
 * The files are written once for both engines. Three words are exchanged (see `words` of each engine):
 * for SQLite `bigint primary key` becomes `integer primary key`; for PostgreSQL `text` compares by bytes,
 * and `without rowid` is left out.
 */
export async function migrate(engine: Engine, folder?: string): Promise<void> {
  const shipped = await readMigrations(folder)
  const applied = await appliedMigrations(engine)
  check(shipped, applied)
  for (const migration of shipped) {
    if (applied.has(migration.name)) continue
    await writing(engine, async (trx) => {
      await engine.script(
        trx,
        engine.words('create table if not exists migrations (name text not null primary key, hash text not null);'),
      )
      // Another process may have come first while this one waited for the lock.
      const known = await trx
        .selectFrom('migrations')
        .select('hash')
        .where('name', '=', migration.name)
        .executeTakeFirst()
      if (known) return check([migration], new Map([[migration.name, known.hash]]))
      await engine.script(trx, engine.words(migration.text))
      await trx.insertInto('migrations').values({ name: migration.name, hash: migration.hash }).execute()
    })
  }
}

/** Reads the `.sql` files: beside the bundle in a built product, beside `src` when run from source. */
async function readMigrations(folder: string | undefined): Promise<Migration[]> {
  const places = folder
    ? [folder]
    : ['./migrations/', '../migrations/'].map((place) => fileURLToPath(new URL(place, import.meta.url)))
  for (const place of places) {
    const names = (await readdir(place).catch(() => [])).filter((name) => /^\d{4}-.*\.sql$/.test(name)).sort()
    if (names.length === 0) continue
    return Promise.all(
      names.map(async (name) => {
        const text = (await readFile(`${place}/${name}`, 'utf8')).replaceAll('\r\n', '\n')
        return { name, text, hash: createHash('sha256').update(text).digest('hex') }
      }),
    )
  }
  throw new StoreError(
    'migrations-missing',
    `No migrations (0001-….sql and so on) in ${places.join(' or ')}. The installation is incomplete: build or install again.`,
  )
}

async function appliedMigrations(engine: Engine): Promise<Map<string, string>> {
  const exists =
    engine.name === 'sqlite'
      ? sql<{ name: string }>`select name from sqlite_master where type = 'table' and name = 'migrations'`
      : sql<{ name: string }>`select 'migrations' as name where to_regclass('migrations') is not null`
  if ((await exists.execute(engine.reader)).rows.length === 0) return new Map()
  const rows = await engine.reader.selectFrom('migrations').selectAll().execute()
  return new Map(rows.map((row) => [row.name, row.hash]))
}

function check(shipped: readonly Migration[], applied: ReadonlyMap<string, string>): void {
  const hashes = new Map(shipped.map((migration) => [migration.name, migration.hash]))
  for (const [name, hash] of applied) {
    const expected = hashes.get(name)
    if (expected === undefined)
      throw new StoreError(
        'migration-unknown',
        `The database has had migration ${name}, which this version of Throughline does not know. Use the version that made it, or a newer one.`,
      )
    if (expected !== hash)
      throw new StoreError(
        'migration-changed',
        `Migration ${name} was applied to this database with another content than it has now. Put the file back as it was, and make the change in a new migration.`,
      )
  }
}
