import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { sql } from 'kysely'
import Libsql from 'libsql'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openStore } from '../src/index.ts'
import { sqliteEngine } from '../src/sqlite.ts'
import { statusOf } from '../testing/facts.ts'
import { live } from '../testing/opened.ts'
import { type FreshPlace, freshFile } from '../testing/places.ts'

const SCHEMA = fileURLToPath(new URL('../schema.sql', import.meta.url))

describe('the SQLite file', () => {
  let here: FreshPlace
  let file: string
  beforeEach(async () => {
    here = await freshFile()
    file = 'file' in here.place ? here.place.file : ''
  })
  afterEach(() => here.drop())

  it('has the schema that schema.sql shows', async () => {
    await (await openStore(here.place)).close()
    const database = new Libsql(file)
    const rows = database
      .prepare(
        "select sql from sqlite_master where sql is not null and name not like 'sqlite_%' order by tbl_name, type desc, name",
      )
      .all() as { sql: string }[]
    database.close()
    const schema = `-- What the migrations make, for reading. A test holds it to them; to renew it, delete it and run that test.\n\n${rows.map(({ sql }) => `${sql};`).join('\n\n')}\n`
    const shown = await readFile(SCHEMA, 'utf8').catch(() => undefined)
    if (shown === undefined) await writeFile(SCHEMA, schema)
    expect(shown ?? `schema.sql was missing and has been written. Look at it, and run this again.`).toBe(schema)
  })

  it('can be read by its owner only', async () => {
    const store = await openStore(here.place)
    await live(store, statusOf('L1', 1))
    for (const name of await readdir(dirname(file)))
      expect((await stat(join(dirname(file), name))).mode & 0o077).toBe(0)
    await store.close()
  })

  it('is written through to the disk at each commit', async () => {
    const engine = await sqliteEngine(file, 1000)
    for (const session of [engine.reader, engine.writer]) {
      const modes = sql`select journal_mode, synchronous from pragma_journal_mode, pragma_synchronous`
      // 2 is `full`.
      expect((await modes.execute(session)).rows).toEqual([{ journal_mode: 'wal', synchronous: 2 }])
    }
    await engine.close()
  })

  it('says so when it is no database', async () => {
    await mkdir(dirname(file), { recursive: true })
    await writeFile(file, 'Id,Name\n00Q1,Ann\n'.repeat(100))
    const refused = openStore(here.place)
    await expect(refused).rejects.toMatchObject({ name: 'StoreError', code: 'store-unreachable' })
    await expect(refused).rejects.toThrow(file)
  })

  it('says so when its place is not a folder', async () => {
    await mkdir(dirname(file), { recursive: true })
    await writeFile(file, '')
    await expect(openStore({ file: join(file, 'store.sqlite') })).rejects.toMatchObject({ code: 'store-unreachable' })
  })

  it('waits for another writer, and says so when that takes too long', async () => {
    const store = await openStore({ ...here.place, patienceMs: 300 })
    const other = new Libsql(file)
    other.exec('begin immediate')
    const refused = live(store, statusOf('L1', 1))
    await expect(refused).rejects.toMatchObject({ name: 'StoreError', code: 'store-busy' })
    const waiting = live(store, statusOf('L1', 1))
    await new Promise((resolve) => setTimeout(resolve, 100))
    // Nobody who only asks has to wait.
    expect(await store.position()).toEqual({ seq: 0, facts: 0 })
    other.exec('rollback')
    expect(await waiting).toMatchObject({ added: 1 })
    other.close()
    await store.close()
  })
})

it('PostgreSQL that does not answer is named, without its password', async () => {
  const refused = openStore({ url: 'postgres://ann:secret@127.0.0.1:1/crm' })
  await expect(refused).rejects.toMatchObject({ name: 'StoreError', code: 'store-unreachable' })
  await expect(refused).rejects.toThrow('ann@127.0.0.1:1/crm')
  await expect(refused).rejects.not.toThrow('secret')
})
