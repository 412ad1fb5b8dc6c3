import { BIGINT, type DuckDBConnection, LIST, listValue, VARCHAR } from '@duckdb/node-api'
import type { Derivation, Directory, Rules } from '@throughline/core'
import type { ClusterId, MartCheckpoint } from '@throughline/engine'
import { ChunkSink } from './chunk-sink.ts'
import { type ClusterContext, contextOf } from './cluster-context.ts'
import { transaction } from './database.ts'
import { putDirectory } from './directory-tables.ts'
import type { Statements } from './statements.ts'
import { TABLES } from './tables/index.ts'
import type { LocatedWorld } from './worlds.ts'

export type Replacement = Readonly<{ cluster: ClusterId; derivation: Derivation }>

/** The connection that writes, with what it has prepared. */
export type Writer = Readonly<{ connection: DuckDBConnection; statements: Statements }>

/** Up to so many clusters are listed one by one: a short list lets the database skip most of a table. */
const FEW_CLUSTERS = 64

/** Puts derivations in the place of what their clusters had, with the checkpoint, in one transaction. */
export async function replaceClusters(
  { connection, statements }: Writer,
  world: LocatedWorld,
  replacements: readonly Replacement[],
  checkpoint: MartCheckpoint,
  context: Readonly<{ rules: Rules; directory: Directory }>,
  directoryChanged: boolean,
): Promise<void> {
  const { schema } = world
  const { zone } = context.rules.organisation
  const clusters = replacements.map(({ cluster }) => BigInt(cluster))
  const contexts = replacements.map(({ cluster, derivation }) => contextOf(cluster, derivation, zone))
  await transaction(connection, async () => {
    for (const table of TABLES) {
      await removeRows(statements, `${schema}.${table.name}`, clusters)
      const sink = new ChunkSink(connection, { schema, ...table }, statements)
      for (const [i, { derivation }] of replacements.entries()) {
        table.write(derivation, contexts[i] as ClusterContext, sink)
      }
      await sink.finish()
    }
    if (directoryChanged) await putDirectory(connection, schema, context.directory, checkpoint.asOf)
    await putCheckpoint(statements, world.name, checkpoint)
  })
}

/** Removes the rows of clusters, in one statement: of many, four statements took four times as long as one join. */
async function removeRows(statements: Statements, table: string, clusters: readonly bigint[]): Promise<void> {
  if (clusters.length === 0) return
  if (clusters.length > FEW_CLUSTERS)
    return statements.run(
      `delete from ${table} where cluster in (select unnest(?))`,
      [listValue(clusters)],
      [LIST(BIGINT)],
    )
  const listed = padded(clusters)
  await statements.run(
    `delete from ${table} where cluster in (${listed.map(() => '?').join(', ')})`,
    listed,
    listed.map(() => BIGINT),
  )
}

/** Says how far a world follows the log. */
export function putCheckpoint(statements: Statements, world: string, checkpoint: MartCheckpoint): Promise<void> {
  const { asOf, rulesVersion, baselineId, publishedSeq } = checkpoint
  return statements.run(
    'update main.worlds set as_of = ?, rules_version = ?, baseline_id = ?, published_seq = ? where name = ?',
    [BigInt(asOf), BigInt(rulesVersion), BigInt(baselineId), BigInt(publishedSeq), world],
    [BIGINT, BIGINT, BIGINT, BIGINT, VARCHAR],
  )
}

/** The same clusters, filled up to a power of two with the last one, so that few different statements are prepared. */
function padded(clusters: readonly bigint[]): bigint[] {
  const size = 2 ** Math.ceil(Math.log2(clusters.length))
  const last = clusters.at(-1) ?? 0n
  return [...clusters, ...Array<bigint>(size - clusters.length).fill(last)]
}
