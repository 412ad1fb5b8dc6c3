import { availableParallelism } from 'node:os'
import { join, resolve } from 'node:path'
import { z } from 'zod'

/** The only place where the environment is read. From here on it travels as values. */
const Environment = z.object({
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  THROUGHLINE_DATA: z.string().min(1).optional(),
  THROUGHLINE_WORKERS: z.coerce.number().int().min(0).max(64).optional(),
})

/** What was set wrongly in the environment, and how it should be. */
export class InvalidEnvironmentError extends Error {
  readonly code = 'invalid-environment'
  override readonly name = 'InvalidEnvironmentError'
}

export type Config = Readonly<{
  /** Folder of everything that is kept on this machine. */
  data: string
  /** The SQLite file, unless a Postgres is named. */
  store: { file: string } | { url: string }
  mart: string
  imports: string
  /** Worker threads of a rebuild. */
  workers: number
}>

export type ConfigOptions = Readonly<{ data?: string | undefined; workers?: number | undefined }>

/**
 * Where things are and how much machine to use: options of the command first, then the environment, then defaults.
 * @throws InvalidEnvironmentError
 */
export function readConfig(env: Readonly<Record<string, string | undefined>>, options: ConfigOptions): Config {
  const read = Environment.safeParse(env)
  if (!read.success)
    throw new InvalidEnvironmentError(
      read.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; '),
    )
  const { DATABASE_URL: url, THROUGHLINE_DATA: fromEnv, THROUGHLINE_WORKERS: workers } = read.data
  const data = resolve(options.data ?? fromEnv ?? '.throughline')
  return {
    data,
    store: url === undefined ? { file: join(data, 'throughline.sqlite') } : { url },
    mart: join(data, 'mart.duckdb'),
    imports: join(data, 'imports'),
    workers: options.workers ?? workers ?? Math.max(1, Math.min(8, availableParallelism())),
  }
}
