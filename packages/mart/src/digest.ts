import type { Ask } from './database.ts'
import { TABLES } from './tables/index.ts'

/** What a table holds, or a whole world, as a number of rows and a hash of their content. */
export type TableDigest = Readonly<{ table: string; rows: number; hash: string }>

export type Digest = Readonly<{
  /** Equal for two worlds exactly when all their tables are. */
  hash: string
  tables: readonly TableDigest[]
}>

/** Columns that say what was derived, rather than where the store filed it. */
export function contentColumns(table: (typeof TABLES)[number]): string[] {
  return table.columns.filter((column) => column.name !== 'cluster').map((column) => column.name)
}

/**
 * Digest of a world. Row hashes are added up, so that their order means nothing. Cluster numbers are left out,
 * and keys mentioned by several clusters count once: how the store numbers clusters is no part of the result.
 */
export async function digestOf(ask: Ask): Promise<Digest> {
  const tables: TableDigest[] = []
  for (const table of TABLES) {
    const columns = contentColumns(table).join(', ')
    const from = table.name === 'mentions' ? '(select distinct key from mentions)' : table.name
    const [row] = await ask(
      `select count(*) as rows, coalesce(sum(hash(${columns})::HUGEINT), 0)::VARCHAR as hash from ${from}`,
    )
    tables.push({ table: table.name, rows: row?.rows as number, hash: row?.hash as string })
  }
  const [whole] = await ask('select md5($content) as hash', { content: JSON.stringify(tables) })
  return { hash: whole?.hash as string, tables }
}
