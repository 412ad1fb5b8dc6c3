import { closeSync, openSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { DuckDBConnection } from '@duckdb/node-api'
import { type DirectoryFact, directoryOf, type Instant } from '@throughline/core'
import type { BuildOptions } from '@throughline/engine'
import { CsvFile, readCsvSql } from './csv-file.ts'
import { query, run, transaction } from './database.ts'
import type { ColumnDescription } from './table.ts'

type Source = BuildOptions['store']

export const FACT_COLUMNS: readonly ColumnDescription[] = [
  { name: 'seq', type: 'BIGINT', comment: 'Position in the log.' },
  { name: 'subject', type: 'VARCHAR', comment: 'Key it is filed under; null for users, campaigns and accounts.' },
  { name: 'body', type: 'VARCHAR', comment: 'The fact as JSON.' },
]

const LINK_COLUMNS: readonly ColumnDescription[] = [
  { name: 'key', type: 'VARCHAR', comment: 'Record or address.' },
  { name: 'cluster', type: 'BIGINT', comment: 'Cluster it belongs to now.' },
  { name: 'stamp', type: 'BIGINT', comment: 'Newest position in the log when that was decided.' },
]

/** Facts fetched from the store at once, and pages written to the mart in one transaction. */
const PAGE = 20_000
const PAGES_A_COMMIT = 50

/** Creates the columnar copy of the log where it does not exist. */
export async function createLog(connection: DuckDBConnection): Promise<void> {
  await connection.run('create schema if not exists log')
  await connection.run(`create table if not exists log.facts (${declare(FACT_COLUMNS)})`)
  await connection.run('create table if not exists log.links (key VARCHAR, cluster BIGINT)')
  await connection.run('create table if not exists log.progress (seq BIGINT, fact VARCHAR, link_stamp BIGINT)')
}

/** How far the copy of the log has come. */
export type LogPosition = Readonly<{ seq: number; facts: number; linkStamp: number }>

export async function logPosition(connection: DuckDBConnection): Promise<LogPosition> {
  const [progress] = await query(connection, 'select seq, link_stamp from log.progress')
  const [count] = await query(connection, 'select count(*) as facts from log.facts')
  return {
    seq: (progress?.seq as number | undefined) ?? 0,
    facts: count?.facts as number,
    linkStamp: (progress?.link_stamp as number | undefined) ?? 0,
  }
}

/**
 * Copies what the store has learned since the last time: facts first, links after, so that every copied fact
 * has its link. Starts over where the store is not the one the copy was made of, such as a restored backup.
 */
export async function copyLog(
  connection: DuckDBConnection,
  store: Source,
  folder: string,
  onProgress: (done: number, of: number) => void,
): Promise<LogPosition> {
  if (await isForeign(connection, store)) {
    await transaction(connection, async () => {
      for (const table of ['facts', 'links', 'progress']) await connection.run(`delete from log.${table}`)
    })
  }
  await copyFacts(connection, store, folder, onProgress)
  await copyLinks(connection, store, folder)
  return logPosition(connection)
}

async function isForeign(connection: DuckDBConnection, store: Source): Promise<boolean> {
  const [last] = await query(connection, 'select seq, fact from log.progress')
  if (!last?.seq) return false
  const [found] = await store.readFacts((last.seq as number) - 1, 1)
  return found?.id !== last.fact
}

async function copyFacts(
  connection: DuckDBConnection,
  store: Source,
  folder: string,
  onProgress: (done: number, of: number) => void,
): Promise<void> {
  const path = join(folder, 'facts.csv')
  const total = (await store.position()).facts
  let { seq, facts: done } = await logPosition(connection)
  for (let more = true; more; ) {
    const from = seq
    let longest = 0
    const file = openSync(path, 'w')
    try {
      for (let page = 0; page < PAGES_A_COMMIT && more; page++) {
        const lines = await store.readLogText(seq, PAGE)
        writeFileSync(file, lines.text)
        seq = lines.seq
        if (lines.longest > longest) longest = lines.longest
        more = lines.facts === PAGE
        done += lines.facts
        onProgress(done, Math.max(done, total))
      }
    } finally {
      closeSync(file)
    }
    if (seq === from) break
    const [last] = await store.readFacts(seq - 1, 1)
    await transaction(connection, async () => {
      await run(connection, `insert into log.facts select * from ${readCsvSql(FACT_COLUMNS, longest)}`, {
        files: [path],
      })
      const [progress] = await query(connection, 'select link_stamp from log.progress')
      await connection.run('delete from log.progress')
      await run(connection, 'insert into log.progress values ($seq::BIGINT, $fact, $stamp::BIGINT)', {
        seq,
        fact: last?.id ?? null,
        stamp: (progress?.link_stamp as number | undefined) ?? 0,
      })
    })
  }
  rmSync(path, { force: true })
}

async function copyLinks(connection: DuckDBConnection, store: Source, folder: string): Promise<void> {
  const { linkStamp } = await logPosition(connection)
  // A link decided while they are being read may be missed by the reading although a newer one was seen:
  // what is stamped later than this position is asked for again next time.
  const safe = (await store.position()).seq
  const path = join(folder, 'links.csv')
  const file = new CsvFile(path)
  let newest = linkStamp
  try {
    for await (const links of store.readLinks(linkStamp)) {
      for (const link of links) {
        file.text(link.key)
        file.integer(link.cluster)
        file.integer(link.stamp)
        file.endRow()
        if (link.stamp > newest) newest = link.stamp
      }
    }
  } finally {
    file.close()
  }
  if (file.rows > 0) {
    await transaction(connection, async () => {
      await run(
        connection,
        `create or replace temp table new_links as
         select key, arg_max(cluster, stamp) as cluster from ${readCsvSql(LINK_COLUMNS, file.longest)} group by key`,
        { files: [path] },
      )
      await connection.run('delete from log.links where key in (select key from new_links)')
      await connection.run('insert into log.links select key, cluster from new_links')
      await connection.run('drop table new_links')
      await run(connection, 'update log.progress set link_stamp = $stamp::BIGINT', { stamp: Math.min(newest, safe) })
    })
  }
  rmSync(path, { force: true })
}

/** Users, campaigns and accounts as known at `asOf`, from the copy of the log up to `seq`. */
export async function directoryAt(connection: DuckDBConnection, asOf: Instant) {
  const rows = await query(connection, 'select body from log.facts where subject is null order by seq')
  return directoryOf(
    rows.map((row) => JSON.parse(row.body as string) as DirectoryFact),
    asOf,
  )
}

function declare(columns: readonly ColumnDescription[]): string {
  return columns.map((column) => `${column.name} ${column.type}`).join(', ')
}
