import { readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { DuckDBConnection } from '@duckdb/node-api'
import type { BuildOptions } from '@throughline/engine'
import { readCsvSql } from './csv-file.ts'
import { Queue, query, run, transaction } from './database.ts'
import { putDirectory } from './directory-tables.ts'
import { MartError } from './errors.ts'
import { foldShards } from './fold-pool.ts'
import { withFolder } from './folders.ts'
import { copyLog, directoryAt, type LogPosition } from './log.ts'
import type { Derive, FoldedShard, Shard } from './shard-fold.ts'
import { TABLES } from './tables/index.ts'
import { createSchema, pointWorld } from './worlds.ts'

export type BuildParts = Readonly<{
  connection: DuckDBConnection
  /** Where temporary folders are made. */
  temporary: string
  workerFile: URL | undefined
  workerMemoryMb: number
  factsPerShard: number
  derive: Derive
}>

export type Built = Readonly<{ schema: string; seq: number; clusters: number; facts: number; records: number }>

const MOST_SHARDS = 96

/** Rows waiting in files are loaded when there are this many bytes of them: few, large loads are the fastest. */
const LOAD_BYTES = 192 << 20

/**
 * Copies the log, splits it by cluster, folds the shards side by side and loads what they give into a new
 * schema; then, in one transaction, the world's name points there and its old schema is gone.
 */
export async function buildWorld(world: string, options: BuildOptions, parts: BuildParts): Promise<Built> {
  const { connection, temporary } = parts
  const say = options.onProgress ?? (() => undefined)
  return withFolder(temporary, async (folder) => {
    const log = await copyLog(connection, options.store, folder, (done, of) => say({ step: 'copy facts', done, of }))
    const { shards, facts: clusterFacts } = await split(connection, log, folder, parts.factsPerShard)
    say({ step: 'split', done: clusterFacts, of: clusterFacts })
    const directory = await directoryAt(connection, options.asOf)
    const schema = await createSchema(connection)
    try {
      const loader = loaderInto(connection, schema)
      let folded = 0
      await foldShards(
        shards,
        {
          workers: options.workers,
          workerFile: parts.workerFile,
          derive: parts.derive,
          context: {
            directory,
            rules: options.rules,
            asOf: options.asOf,
            memoryMb: parts.workerMemoryMb,
            temporary: join(folder, 'spill'),
          },
        },
        loader.take,
        (facts) => {
          folded += facts
          say({ step: 'fold', done: folded, of: clusterFacts })
        },
      )
      const totals = await loader.finish()
      if (totals.facts !== clusterFacts) {
        throw new MartError(
          'build-failed',
          `Of ${clusterFacts} facts only ${totals.facts} were folded. Run the rebuild again.`,
        )
      }
      say({ step: 'publish', done: 0, of: 1 })
      await putDirectory(connection, schema, directory, options.asOf)
      // A world that was just built follows no baseline until the engine says which.
      await transaction(connection, async () => {
        await pointWorld(connection, {
          name: world,
          schema,
          seq: log.seq,
          asOf: options.asOf,
          rulesVersion: null,
        })
      })
      // Frees the room of the old schema for the next build. Refused while somebody reads it: then it waits.
      await connection.run('checkpoint').catch(() => undefined)
      say({ step: 'publish', done: 1, of: 1 })
      return { schema, seq: log.seq, clusters: totals.clusters, facts: log.facts, records: totals.records }
    } catch (error) {
      await connection.run(`drop schema if exists ${schema} cascade`)
      throw error
    }
  })
}

async function split(
  connection: DuckDBConnection,
  log: LogPosition,
  folder: string,
  factsPerShard: number,
): Promise<{ shards: Shard[]; facts: number }> {
  const count = Math.min(MOST_SHARDS, Math.ceil(log.facts / factsPerShard))
  if (count === 0) return { shards: [], facts: 0 }
  const parted = join(folder, 'shards')
  // By ranges of cluster numbers, so that rows of neighbouring clusters lie together in the tables and a live
  // change finds its rows without reading all of them.
  const [range] = await query(connection, 'select min(cluster) as low, max(cluster) as high from log.links')
  const low = (range?.low as number | null) ?? 0
  const width = Math.floor((((range?.high as number | null) ?? 0) - low) / count) + 1
  const written = await connection.run(
    `copy (
       select links.cluster, facts.body, ((links.cluster - ${low}) // ${width})::INTEGER as shard
       from log.facts join log.links on links.key = facts.subject
     ) to '${parted.replaceAll("'", "''")}' (format parquet, compression lz4_raw, partition_by (shard))`,
  )
  const facts = written.rowsChanged
  const [expected] = await query(connection, 'select count(subject) as facts from log.facts')
  if (facts !== expected?.facts) await failOnMissingLink(connection)
  const shards = readdirSync(parted)
    .map((name) => ({ number: Number(name.slice('shard='.length)), folder: join(parted, name) }))
    .sort((a, b) => a.number - b.number)
    .map(({ number, folder: from }) => ({
      number,
      files: readdirSync(from).map((file) => join(from, file)),
      folder,
    }))
  return { shards, facts }
}

async function failOnMissingLink(connection: DuckDBConnection): Promise<never> {
  const [fact] = await query(
    connection,
    `select body->>'$.id' as id, subject from log.facts where subject is not null and subject not in (select key from log.links) limit 1`,
  )
  throw new MartError(
    'fact-without-cluster',
    `Fact ${fact?.id ?? '?'}: the store gave no cluster for its subject ${fact?.subject ?? '?'}, so it cannot be folded. ` +
      'Delete the mart file and rebuild; if it happens again the store’s links are damaged: restore it from a backup.',
  )
}

/** Collects the files of folded shards and loads them, many at a time, while others are still being folded. */
function loaderInto(connection: DuckDBConnection, schema: string) {
  const queue = new Queue()
  const totals = { facts: 0, clusters: 0, records: 0 }
  let waiting: FoldedShard[] = []
  let bytes = 0

  async function load(batch: readonly FoldedShard[]): Promise<void> {
    const longest = Math.max(0, ...batch.map((folded) => folded.longest))
    for (const table of TABLES) {
      const files = batch.flatMap((folded) => folded.files[table.name] ?? [])
      if (files.length === 0) continue
      await run(connection, `insert into ${schema}.${table.name} select * from ${readCsvSql(table.columns, longest)}`, {
        files,
      })
      for (const file of files) rmSync(file)
    }
  }

  function flush(): Promise<void> {
    const batch = waiting.sort((a, b) => a.number - b.number)
    waiting = []
    bytes = 0
    return queue.run(() => load(batch))
  }

  return {
    async take(folded: FoldedShard): Promise<void> {
      totals.facts += folded.facts
      totals.clusters += folded.clusters
      totals.records += folded.records
      waiting.push(folded)
      bytes += folded.bytes
      if (bytes >= LOAD_BYTES) await flush()
    },
    async finish() {
      await flush()
      return totals
    },
  }
}
