import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openStore } from '../../src/index.ts'
import { statusOf } from '../facts.ts'
import { live } from '../opened.ts'
import type { FreshPlace } from '../places.ts'

const SHIPPED = new URL('../../migrations/', import.meta.url)

export function migrationTests(fresh: () => Promise<FreshPlace>): void {
  describe('migrations', () => {
    let here: FreshPlace
    let folder: string

    beforeEach(async () => {
      here = await fresh()
      folder = await mkdtemp(join(tmpdir(), 'throughline-migrations-'))
      await cp(SHIPPED, folder, { recursive: true })
    })
    afterEach(async () => {
      await here.drop()
      await rm(folder, { recursive: true, force: true })
    })

    async function openOnce(): Promise<void> {
      await (await openStore({ ...here.place, migrationsDir: folder })).close()
    }

    it('by twenty at once end with one schema', async () => {
      const stores = await Promise.all(Array.from({ length: 20 }, () => openStore(here.place)))
      await Promise.all(stores.map((store, n) => live(store, statusOf(`L${n}`, 1))))
      expect(await stores[0]?.position()).toEqual({ seq: 20, facts: 20 })
      await Promise.all(stores.map((store) => store.close()))
    })

    it('are applied once, and only the new ones later', async () => {
      await openOnce()
      await writeFile(
        join(folder, '0999-later.sql'),
        'create table later (key text not null primary key) without rowid;',
      )
      await openOnce()
      await openOnce()
    })

    it('do not mind how lines end', async () => {
      await openOnce()
      const file = join(folder, '0001-log.sql')
      await writeFile(file, (await readFile(file, 'utf8')).replaceAll('\n', '\r\n'))
      await openOnce()
    })

    it('refuse a shipped file that changed', async () => {
      await openOnce()
      const file = join(folder, '0002-work.sql')
      await writeFile(file, `${await readFile(file, 'utf8')}\n-- better`)
      const refused = openOnce()
      await expect(refused).rejects.toMatchObject({ name: 'StoreError', code: 'migration-changed' })
      await expect(refused).rejects.toThrow('0002-work.sql')
    })

    it('refuse a database of a newer version', async () => {
      await writeFile(join(folder, '0999-newer.sql'), 'create table newer (n bigint primary key);')
      await openOnce()
      await rm(join(folder, '0999-newer.sql'))
      await expect(openOnce()).rejects.toMatchObject({ code: 'migration-unknown' })
    })

    it('that fail leave nothing of themselves behind', async () => {
      const broken = join(folder, '0999-broken.sql')
      await writeFile(broken, 'create table half (n bigint primary key); create table half (n bigint primary key);')
      await expect(openOnce()).rejects.toThrow('half')
      await writeFile(broken, 'create table half (n bigint primary key);')
      await openOnce()
    })

    it('that are not there are missed by name', async () => {
      const nowhere = join(folder, 'nowhere')
      const missed = openStore({ ...here.place, migrationsDir: nowhere })
      await expect(missed).rejects.toMatchObject({ code: 'migrations-missing' })
      await expect(missed).rejects.toThrow(nowhere)
    })
  })
}
