import { mkdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { DuckDBConnection } from '@duckdb/node-api'
import { type Directory, derive } from '@throughline/core'
import type { BuildOptions, BuildResult, ClusterId, Mart, MartCheckpoint } from '@throughline/engine'
import { buildWorld } from './build.ts'
import { type Ask, Queue, query, transaction } from './database.ts'
import { type Difference, differenceOf } from './difference.ts'
import { type Digest, digestOf } from './digest.ts'
import { removeTemporary, temporaryFolder } from './folders.ts'
import { openOurs } from './layout.ts'
import { createLog, type LogPosition, logPosition } from './log.ts'
import { putCheckpoint, replaceClusters } from './replace.ts'
import type { Derive } from './shard-fold.ts'
import { Statements } from './statements.ts'
import {
  createWorlds,
  findWorld,
  LIVE,
  type LocatedWorld,
  listWorlds,
  readCheckpoint,
  removeUnnamed,
  removeWorld,
  requireWorld,
  type World,
} from './worlds.ts'

export type MartOptions = Readonly<{
  /** The DuckDB file; made where it does not exist. */
  file: string
  /** Bundled `rebuild-worker`; needed only for builds with worker threads. */
  workerFile?: URL
  /** Threads for loading and reports. */
  threads?: number
  /** What the database itself may use, in MB; it spills to disk beyond. Default 600. */
  memoryMb?: number
  /** What each rebuild thread's database may use, in MB. Default 200. */
  workerMemoryMb?: number
  /** How many facts a rebuild folds as one piece. Default 150 000: grouped in memory, yet few files. */
  factsPerShard?: number
  /** Stands in for the core's fold where builds run without worker threads. */
  derive?: Derive
}>

/** The mart, with what `cli` and the reports need beyond the engine's port. */
export interface DuckMart extends Mart {
  worlds(): Promise<World[]>
  /** Removes a world that is no longer needed, such as a plan's. */
  dropWorld(name: string): Promise<void>
  /** How far the columnar copy of the log has come. */
  logPosition(): Promise<LogPosition>
  /** Asks a world: every statement sees the same moment, whatever is written meanwhile. */
  read<T>(world: string, work: (ask: Ask, world: World) => Promise<T>): Promise<T>
  /** Content of a world as hashes, whatever the order of rows and the numbers of clusters. */
  digest(world: string): Promise<Digest>
  /** Rows that only one of two worlds has, with up to `limit` examples for each table and side. */
  difference(worldA: string, worldB: string, limit: number): Promise<Difference[]>
}

/** Opens a mart, and cleans up after a process that was stopped while it built one. */
export async function openMart(options: MartOptions): Promise<DuckMart> {
  mkdirSync(dirname(options.file), { recursive: true })
  const temporary = temporaryFolder(options.file)
  const database = await openOurs({
    file: options.file,
    threads: options.threads ?? 2,
    memoryMb: options.memoryMb ?? 600,
    temporary: join(temporary, 'spill'),
  })
  const builder = await database.connect()
  const writer = await database.connect()
  await createLog(builder)
  await createWorlds(builder)
  // Only now is it sure that no other process has this mart open.
  removeTemporary(options.file)
  await removeUnnamed(builder)
  const builds = new Queue()
  const writes = new Queue()
  const statements = new Statements(writer)
  let live: LocatedWorld | undefined
  /** How far the live world follows the log, once read or written: it is asked for with every live change. */
  let followed: MartCheckpoint | undefined
  /** The directory that the live world's tables show. */
  let known: Directory | undefined

  /** The live world is another one now: what names its old schema must not be used again. */
  const forgetLive = () =>
    writes.run(async () => {
      live = known = followed = undefined
      statements.forget()
    })

  async function withConnection<T>(work: (connection: DuckDBConnection) => Promise<T>): Promise<T> {
    const connection = await database.connect()
    try {
      return await work(connection)
    } finally {
      connection.closeSync()
    }
  }

  const read = <T>(name: string, work: (ask: Ask, world: LocatedWorld) => Promise<T>) =>
    withConnection((connection) =>
      transaction(connection, async () => {
        const world = await requireWorld(connection, name)
        await connection.run(`set schema = '${world.schema}'`)
        return work((sql, bindings) => query(connection, sql, bindings), world)
      }),
    )

  return {
    read,

    async checkpoint() {
      followed ??= await withConnection((connection) => readCheckpoint(connection, LIVE))
      return followed
    },

    build(world: string, build: BuildOptions): Promise<BuildResult> {
      return builds.run(async () => {
        const built = await buildWorld(world, build, {
          connection: builder,
          temporary,
          workerFile: options.workerFile,
          workerMemoryMb: options.workerMemoryMb ?? 200,
          factsPerShard: options.factsPerShard ?? 150_000,
          derive: options.derive ?? derive,
        })
        if (world === LIVE) await forgetLive()
        const { schema, ...result } = built
        return { ...result, wakes: { [Symbol.asyncIterator]: () => wakesOf(schema) } }
      })
    },

    setCheckpoint: (checkpoint) =>
      writes.run(async () => {
        await putCheckpoint(statements, LIVE, checkpoint)
        followed = checkpoint
      }),

    replace(derived, checkpoint, context) {
      return writes.run(async () => {
        live ??= await requireWorld(writer, LIVE)
        const to = { connection: writer, statements }
        await replaceClusters(to, live, derived, checkpoint, context, known !== context.directory)
        known = context.directory
        followed = checkpoint
      })
    },

    mentioning: (keys) =>
      read(LIVE, async (ask) => {
        if (keys.length === 0) return []
        const rows = await ask(
          'select distinct cluster from mentions where key in (select unnest($keys)) order by cluster',
          { keys },
        )
        return rows.map((row) => row.cluster as ClusterId)
      }),

    worlds: () => withConnection(listWorlds),

    async dropWorld(name) {
      await writes.run(() =>
        transaction(writer, async () => {
          const world = await findWorld(writer, name)
          if (world) await removeWorld(writer, world)
        }),
      )
      if (name === LIVE) await forgetLive()
    },

    logPosition: () => withConnection(logPosition),
    digest: (world) => read(world, (ask) => digestOf(ask)),

    difference: (worldA, worldB, limit) =>
      withConnection((connection) =>
        transaction(connection, async () => {
          const a = await requireWorld(connection, worldA)
          const b = await requireWorld(connection, worldB)
          return differenceOf((sql, bindings) => query(connection, sql, bindings), a.schema, b.schema, limit)
        }),
      ),

    async close() {
      await builds.run(async () => undefined)
      await writes.run(async () => undefined)
      builder.closeSync()
      statements.forget()
      writer.closeSync()
      database.closeSync()
      removeTemporary(options.file)
    },
  }

  async function* wakesOf(schema: string) {
    const connection = await database.connect()
    try {
      const result = await connection.stream(`select cluster, wake_at from ${schema}.wakes`)
      for (;;) {
        const chunk = await result.fetchChunk()
        if (!chunk || chunk.rowCount === 0) return
        const [clusters = [], wakes = []] = chunk.getColumns()
        yield clusters.map((cluster, i) => ({ cluster: Number(cluster), wakeAt: Number(wakes[i]) }))
      }
    } finally {
      connection.closeSync()
    }
  }
}
