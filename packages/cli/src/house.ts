import { mkdirSync, readFileSync } from 'node:fs'
import { createEngine, type Engine, type Store } from '@throughline/engine'
import { type DuckMart, openMart } from '@throughline/mart'
import { openStore } from '@throughline/store'
import { parse, YAMLParseError } from 'yaml'
import { clock } from './clock.ts'
import type { Config } from './config.ts'
import { ruleText } from './rule-texts.ts'

/** Everything a command needs, put together. */
export type House = Readonly<{ config: Config; store: Store; mart: DuckMart; engine: Engine; close(): Promise<void> }>

/** The folder that everything is kept in cannot be made. */
export class DataFolderError extends Error {
  readonly code = 'invalid-data-folder'
  override readonly name = 'DataFolderError'
}

/** A rules file that is not YAML. */
export class UnreadableRulesError extends Error {
  readonly code = 'invalid-rules'
  override readonly name = 'UnreadableRulesError'
}

/** Opens the store and the mart of a data folder, making them where they do not exist. */
export async function openHouse(config: Config): Promise<House> {
  // Whatever is written from here on is its owner's alone: it tells of people.
  process.umask(0o077)
  try {
    mkdirSync(config.data, { recursive: true, mode: 0o700 })
  } catch (cause) {
    throw new DataFolderError(
      `${config.data} cannot be used as the data folder (${cause instanceof Error ? cause.message : cause}). Name one that can be written to with --data or THROUGHLINE_DATA.`,
      { cause },
    )
  }
  const store = await openStore(config.store)
  try {
    const mart = await openMart({ file: config.mart, workerFile: new URL('./rebuild-worker.mjs', import.meta.url) })
    const engine = createEngine({ store, mart, clock, workers: config.workers, ruleText })
    return {
      config,
      store,
      mart,
      engine,
      async close() {
        await mart.close()
        await store.close()
      },
    }
  } catch (error) {
    await store.close()
    throw error
  }
}

/** Opens the house for one piece of work, and closes it whatever happens. */
export async function withHouse<T>(config: Config, work: (house: House) => Promise<T>): Promise<T> {
  const house = await openHouse(config)
  try {
    return await work(house)
  } finally {
    await house.close()
  }
}

/** Takes a rules file (YAML or JSON) as the rules in force. True when they differ from before. */
export async function useRulesFile(house: House, file: string | undefined): Promise<boolean> {
  if (file === undefined) return false
  const text = readFileSync(file, 'utf8')
  let document: unknown
  try {
    document = parse(text)
  } catch (error) {
    if (!(error instanceof YAMLParseError)) throw error
    const [what] = error.message.split('\n')
    throw new UnreadableRulesError(
      `${file} is not YAML: ${what?.replace(/:$/, '')}. Put a text that holds ": " into quotes, and indent with spaces.`,
      { cause: error },
    )
  }
  return house.engine.useRules(document ?? {})
}
