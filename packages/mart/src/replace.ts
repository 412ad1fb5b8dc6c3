import type { DuckDBConnection } from '@duckdb/node-api'
import type { Derivation, Directory, Rules } from '@throughline/core'
import type { ClusterId, MartCheckpoint } from '@throughline/engine'
import { ChunkSink } from './chunk-sink.ts'
import { contextOf } from './cluster-context.ts'
import { run, transaction } from './database.ts'
import { putDirectory } from './directory-tables.ts'
import { TABLES } from './tables.ts'
import type { LocatedWorld } from './worlds.ts'

export type Replacement = Readonly<{ cluster: ClusterId; derivation: Derivation }>

/** Puts derivations in the place of what their clusters had, with the checkpoint, in one transaction. */
export async function replaceClusters(
  connection: DuckDBConnection,
  world: LocatedWorld,
  replacements: readonly Replacement[],
  checkpoint: MartCheckpoint,
  context: Readonly<{ rules: Rules; directory: Directory }>,
  directoryChanged: boolean,
): Promise<void> {
  await transaction(connection, async () => {
    if (replacements.length > 0) {
      const clusters = replacements.map(({ cluster }) => String(cluster))
      for (const table of TABLES)
        await replaceRows(connection, world.schema, table, clusters, replacements, context.rules)
    }
    if (directoryChanged) await putDirectory(connection, world.schema, context.directory, checkpoint.asOf)
    await putCheckpoint(connection, checkpoint)
    await run(
      connection,
      'update worlds set as_of = $asOf::BIGINT, rules_version = $version::BIGINT where name = $name',
      {
        name: world.name,
        asOf: checkpoint.asOf,
        version: checkpoint.rulesVersion,
      },
    )
  })
}

async function replaceRows(
  connection: DuckDBConnection,
  schema: string,
  table: (typeof TABLES)[number],
  clusters: readonly string[],
  replacements: readonly Replacement[],
  rules: Rules,
): Promise<void> {
  await run(connection, `delete from ${schema}.${table.name} where cluster in (select unnest($clusters)::BIGINT)`, {
    clusters,
  })
  const sink = await ChunkSink.open(connection, schema, table.name, table.columns)
  for (const { cluster, derivation } of replacements) {
    table.write(derivation, contextOf(cluster, derivation, rules.organisation.zone), sink)
  }
  sink.close()
}

/** Writes the checkpoint. To be called inside a transaction. */
export async function putCheckpoint(connection: DuckDBConnection, checkpoint: MartCheckpoint): Promise<void> {
  await connection.run('delete from checkpoint')
  await run(
    connection,
    'insert into checkpoint values ($baseline::BIGINT, $published::BIGINT, $asOf::BIGINT, $version::BIGINT)',
    {
      baseline: checkpoint.baselineId,
      published: checkpoint.publishedSeq,
      asOf: checkpoint.asOf,
      version: checkpoint.rulesVersion,
    },
  )
}
