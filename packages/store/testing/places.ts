import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Store } from '@throughline/engine'
import pg from 'pg'
import { openStore, type StoreOptions, type StorePlace } from '../src/index.ts'
import { emptyMemory } from './memory.ts'
import { openMemoryStore } from './memory-store.ts'

/** Somewhere no store has been yet: how to open one there, any number of them, and how to clean it up. */
export type Fresh = Readonly<{ open: (options?: StoreOptions) => Promise<Store>; drop: () => Promise<void> }>

/** The same in a database. */
export type FreshPlace = Fresh & Readonly<{ place: StorePlace }>

/** Where the tests find a PostgreSQL server; `scripts/postgres.mjs` starts one. */
export const POSTGRES_URL = process.env.THROUGHLINE_TEST_POSTGRES

/** Why the PostgreSQL half of the suite is not running; shown as the title of what was skipped. */
export const NO_POSTGRES =
  'PostgreSQL: SKIPPED, because THROUGHLINE_TEST_POSTGRES names no server (npm test starts one)'

/** A SQLite file in a folder of its own. */
export async function freshFile(): Promise<FreshPlace> {
  const folder = await mkdtemp(join(tmpdir(), 'throughline-store-'))
  const place = { file: join(folder, 'data', 'throughline.sqlite') }
  return {
    place,
    open: (options) => openStore({ ...place, ...options }),
    drop: () => rm(folder, { recursive: true, force: true }),
  }
}

/** A memory of its own. */
export async function freshMemory(): Promise<Fresh> {
  const memory = emptyMemory()
  return { open: async (options) => openMemoryStore(memory, options), drop: async () => {} }
}

/** An empty database on the server. */
export async function freshDatabase(): Promise<FreshPlace> {
  const name = `throughline_${randomUUID().replaceAll('-', '')}`
  await administer(`create database ${name} template template0`)
  const url = new URL(POSTGRES_URL as string)
  url.pathname = `/${name}`
  const place = { url: url.toString() }
  return {
    place,
    open: (options) => openStore({ ...place, ...options }),
    drop: () => administer(`drop database if exists ${name} with (force)`),
  }
}

async function administer(statement: string): Promise<void> {
  const client = new pg.Client(POSTGRES_URL)
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}
