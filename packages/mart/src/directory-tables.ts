import type { DuckDBConnection } from '@duckdb/node-api'
import { type Directory, entryAt, type Instant } from '@throughline/core'
import { ChunkSink } from './chunk-sink.ts'
import { query, run } from './database.ts'
import type { ColumnDescription } from './table.ts'

/** A table of directory entries as they are at the world's `asOf`. */
export type DirectoryTable = Readonly<{
  name: string
  comment: string
  columns: readonly ColumnDescription[]
  rows(directory: Directory, asOf: Instant): DirectoryRow[]
}>

type DirectoryRow = readonly [id: string, ...rest: (string | boolean | null)[]]

const text = (name: string, comment: string): ColumnDescription => ({ name, type: 'VARCHAR', comment })

/** Users and queues, campaigns, accounts. */
export const DIRECTORY_TABLES: readonly DirectoryTable[] = [
  {
    name: 'users',
    comment: 'Users, and queues that own records until somebody does.',
    columns: [
      text('id', 'Source id.'),
      text('name', 'Name.'),
      text('role', 'Role, such as BDR.'),
      { name: 'queue', type: 'BOOLEAN', comment: 'It is a queue.' },
    ],
    rows: ({ users }, asOf) => entries(users, asOf, (user) => [user.id, user.name, user.role, user.queue]),
  },
  {
    name: 'campaigns',
    comment: 'Campaigns as configured in the source.',
    columns: [
      text('id', 'Source id.'),
      text('name', 'Name.'),
      text('type', 'Type.'),
      text('fields', 'Its own fields, as JSON.'),
    ],
    rows: ({ campaigns }, asOf) =>
      entries(campaigns, asOf, (campaign) => [campaign.id, campaign.name, campaign.type, sortedJson(campaign.fields)]),
  },
  {
    name: 'accounts',
    comment: 'Companies.',
    columns: [
      text('id', 'Source id.'),
      text('name', 'Name.'),
      text('owner', 'User who owns it.'),
      text('industry', 'Industry.'),
    ],
    rows: ({ accounts }, asOf) =>
      entries(accounts, asOf, (account) => [account.id, account.name, account.owner, account.industry]),
  },
]

function entries<T>(
  all: Parameters<typeof entryAt<T>>[0],
  asOf: Instant,
  rowOf: (entry: T) => DirectoryRow,
): DirectoryRow[] {
  return [...all.keys()].map((id) => rowOf(entryAt(all, id, asOf) as T))
}

function sortedJson(fields: Readonly<Record<string, unknown>>): string {
  return JSON.stringify(Object.fromEntries(Object.entries(fields).sort(([a], [b]) => (a < b ? -1 : 1))))
}

/**
 * Brings a world's directory tables up to date: writes what is new or different, removes what is gone. Most
 * facts do not touch the directory, so that most of the time this only compares.
 */
export async function putDirectory(
  connection: DuckDBConnection,
  schema: string,
  directory: Directory,
  asOf: Instant,
): Promise<void> {
  for (const table of DIRECTORY_TABLES) {
    const stored = await query(connection, `select * from ${schema}.${table.name}`)
    const before = new Map(stored.map((row) => [row.id as string, JSON.stringify(Object.values(row))]))
    const changed: DirectoryRow[] = []
    for (const row of table.rows(directory, asOf)) {
      if (before.get(row[0]) !== JSON.stringify(row)) changed.push(row)
      else before.delete(row[0])
    }
    const stale = [...before.keys()]
    if (stale.length > 0) {
      await run(connection, `delete from ${schema}.${table.name} where id in (select unnest($ids))`, { ids: stale })
    }
    if (changed.length === 0) continue
    const sink = new ChunkSink(connection, { schema, ...table })
    for (const row of changed) {
      for (const value of row) {
        if (typeof value === 'boolean') sink.flag(value)
        else sink.text(value)
      }
      sink.endRow()
    }
    await sink.finish()
  }
}
