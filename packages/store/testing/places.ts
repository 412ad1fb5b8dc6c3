import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import type { StorePlace } from '../src/index.ts'

/** A place where no store has been yet, and how to clean it up. */
export type FreshPlace = Readonly<{ place: StorePlace; drop: () => Promise<void> }>

/** Where the tests find a PostgreSQL server; `scripts/postgres.mjs` starts one. */
export const POSTGRES_URL = process.env.THROUGHLINE_TEST_POSTGRES

/** Why the PostgreSQL half of the suite is not running; shown as the title of what was skipped. */
export const NO_POSTGRES =
  'PostgreSQL: SKIPPED, because THROUGHLINE_TEST_POSTGRES names no server (npm test starts one)'

/** A SQLite file in a folder of its own. */
export async function freshFile(): Promise<FreshPlace> {
  const folder = await mkdtemp(join(tmpdir(), 'throughline-store-'))
  return {
    place: { file: join(folder, 'data', 'throughline.sqlite') },
    drop: () => rm(folder, { recursive: true, force: true }),
  }
}

/** An empty database on the server. */
export async function freshDatabase(): Promise<FreshPlace> {
  const name = `throughline_${randomUUID().replaceAll('-', '')}`
  await administer(`create database ${name} template template0`)
  const url = new URL(POSTGRES_URL as string)
  url.pathname = `/${name}`
  return { place: { url: url.toString() }, drop: () => administer(`drop database if exists ${name} with (force)`) }
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
