import type { DuckDBConnection } from '@duckdb/node-api'
import type { Instant } from '@throughline/core'
import type { MartCheckpoint } from '@throughline/engine'
import { type Cell, query, run } from './database.ts'
import { DIRECTORY_TABLES } from './directory-tables.ts'
import { MartError } from './errors.ts'
import { TABLES } from './tables/index.ts'

/** The world that follows the log. */
export const LIVE = 'live'

/** One complete set of derived tables: `live`, a plan, a past moment. */
export type World = Readonly<{
  name: string
  /** Newest fact it was built from. */
  seq: number
  asOf: Instant
  /** Null until it is known which saved version the rules were. */
  rulesVersion: number | null
}>

/** A world, and the schema its tables are in now. */
export type LocatedWorld = World & Readonly<{ schema: string }>

/** Creates the table of worlds. A world that follows the log has its checkpoint in its row. */
export async function createWorlds(connection: DuckDBConnection): Promise<void> {
  await connection.run(
    `create table if not exists worlds (
       name VARCHAR, schema_name VARCHAR, seq BIGINT, as_of BIGINT, rules_version BIGINT,
       baseline_id BIGINT, published_seq BIGINT)`,
  )
}

/** How far a world follows the log; undefined where it was built and not yet told. */
export async function readCheckpoint(connection: DuckDBConnection, name: string): Promise<MartCheckpoint | undefined> {
  const [row] = await query(connection, 'select * from worlds where name = $name and baseline_id is not null', { name })
  if (!row) return undefined
  return {
    baselineId: row.baseline_id as number,
    publishedSeq: row.published_seq as number,
    asOf: row.as_of as number,
    rulesVersion: row.rules_version as number,
  }
}

export async function findWorld(connection: DuckDBConnection, name: string): Promise<LocatedWorld | undefined> {
  const [row] = await query(connection, 'select * from main.worlds where name = $name', { name })
  return row && worldOf(row)
}

/** The world of that name, or the error that says what to do. */
export async function requireWorld(connection: DuckDBConnection, name: string): Promise<LocatedWorld> {
  const world = await findWorld(connection, name)
  if (world) return world
  throw new MartError(
    'no-such-world',
    `The mart has no world called "${name}". Run \`throughline rebuild\` to build the live one.`,
  )
}

export async function listWorlds(connection: DuckDBConnection): Promise<World[]> {
  return (await query(connection, 'select * from main.worlds order by name')).map(worldOf)
}

function worldOf(row: Readonly<Record<string, Cell>>): LocatedWorld {
  return {
    name: row.name as string,
    schema: row.schema_name as string,
    seq: row.seq as number,
    asOf: row.as_of as number,
    rulesVersion: row.rules_version as number | null,
  }
}

/** Creates the empty tables of a new world in a schema of its own, which no name points at yet. */
export async function createSchema(connection: DuckDBConnection): Promise<string> {
  const numbers = (await schemas(connection)).map((schema) => Number(schema.slice(1)))
  const schema = `w${Math.max(0, ...numbers) + 1}`
  await connection.run(`create schema ${schema}`)
  for (const table of [...TABLES, ...DIRECTORY_TABLES]) {
    const columns = table.columns.map((column) => `"${column.name}" ${column.type}`)
    await connection.run(`create table ${schema}.${table.name} (${columns.join(', ')})`)
  }
  await connection.run(
    `create view ${schema}.sources as
     select department, medium_category, medium, source, campaign, engagement_type_category, engagement_type,
            count(*) as engagements,
            count(*) filter (record_type = 'Activation') as activations,
            min(occurred_on) as first_on, max(occurred_on) as last_on
     from ${schema}.engagements where not voided group by all`,
  )
  return schema
}

/** Points a name at a new schema and removes the one it pointed at. To be called inside a transaction. */
export async function pointWorld(connection: DuckDBConnection, world: LocatedWorld): Promise<void> {
  const old = await findWorld(connection, world.name)
  if (old) await removeWorld(connection, old)
  await run(
    connection,
    'insert into main.worlds values ($name, $schema, $seq::BIGINT, $asOf::BIGINT, $version::BIGINT, null, null)',
    {
      name: world.name,
      schema: world.schema,
      seq: world.seq,
      asOf: world.asOf,
      version: world.rulesVersion,
    },
  )
}

export async function removeWorld(connection: DuckDBConnection, world: LocatedWorld): Promise<void> {
  await run(connection, 'delete from main.worlds where name = $name', { name: world.name })
  await connection.run(`drop schema ${world.schema} cascade`)
}

/** Removes schemas that no name points at: what a build that was stopped has left. */
export async function removeUnnamed(connection: DuckDBConnection): Promise<void> {
  const named = new Set((await query(connection, 'select schema_name from main.worlds')).map((row) => row.schema_name))
  for (const schema of await schemas(connection)) {
    if (!named.has(schema)) await connection.run(`drop schema ${schema} cascade`)
  }
}

async function schemas(connection: DuckDBConnection): Promise<string[]> {
  const rows = await query(
    connection,
    `select schema_name from information_schema.schemata
     where catalog_name = current_database() and regexp_full_match(schema_name, 'w[0-9]+')`,
  )
  return rows.map((row) => row.schema_name as string)
}
