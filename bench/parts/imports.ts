import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import { importPath } from '../../packages/cli/src/commands/import.ts'
import { inHouse, type Place, SILENT, type Taken, taking } from './measured.ts'

/** Imports an export into a fresh house, as `throughline import` does before it derives anything. */
export async function measureImport({ org, ...place }: Place & Readonly<{ org: string }>) {
  return inHouse(place, async (house) => {
    const { result, ...taken } = await taking(() => importPath(house, org, { dryRun: false }, SILENT))
    return { ...taken, facts: result.added, rejected: result.rejected }
  })
}

/** The anchor: DuckDB reading the same files into tables in memory, every value as text, in one thread. */
export async function measureCsvReading({ org }: Readonly<{ org: string }>): Promise<Taken> {
  const files = readdirSync(org).filter((name) => name.endsWith('.csv'))
  const connection = await (await DuckDBInstance.create(':memory:', { threads: '1' })).connect()
  const { result: _, ...taken } = await taking(async () => {
    for (const [number, file] of files.entries()) {
      const path = join(org, file).replaceAll("'", "''")
      await connection.run(`create table t${number} as select * from read_csv('${path}', all_varchar = true)`)
    }
  })
  return taken
}
