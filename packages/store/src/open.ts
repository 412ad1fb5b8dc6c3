import type { Store } from '@throughline/engine'
import { append } from './append.ts'
import { baselineOf, publishBaseline, rebuildDue } from './baselines.ts'
import type { Engine } from './engine.ts'
import { importProgress } from './imports.ts'
import {
  clusterOf,
  clusterOfFact,
  directoryFacts,
  directoryVersion,
  histories,
  position,
  readFacts,
  readLinks,
  readLogText,
} from './log.ts'
import { migrate } from './migrations.ts'
import { postgresEngine } from './postgres.ts'
import { profiles, searchProfiles } from './profiles.ts'
import { confirmOutbox, hashesOf, partlyPublished, publish, publishedAfter, readOutbox } from './publishing.ts'
import { activeRules, rulesVersion, saveRules } from './rules.ts'
import { pseudonymKey } from './secrets.ts'
import { sqliteEngine } from './sqlite.ts'
import { claim, clearDirectoryDue, directoryDue, markDue } from './work.ts'

/** How long a claimed cluster stays with its worker before another may take it. */
const LEASE_MS = 30_000

/** How long to wait for another process that keeps a SQLite file locked. */
const PATIENCE_MS = 30_000

export type StoreOptions = Readonly<{
  /** Where the numbered `.sql` files are; found beside the program if absent. */
  migrationsDir?: string
  /** How long a claimed cluster stays with its worker before another may take it. 30 seconds if absent. */
  leaseMs?: number
  /** How long to wait while another process keeps a SQLite file locked. 30 seconds if absent. */
  patienceMs?: number
}>

/** A PostgreSQL server by its URL, or a SQLite file by its path. */
export type StorePlace = Readonly<{ url: string } | { file: string }>

/**
 * Opens the store, makes it where there is none, and brings its schema up to date.
 *
 * Throws a `StoreError` where it cannot be reached, is kept busy, or has another schema history.
 */
export async function openStore(options: StorePlace & StoreOptions): Promise<Store> {
  const engine =
    'url' in options
      ? await postgresEngine(options.url)
      : await sqliteEngine(options.file, options.patienceMs ?? PATIENCE_MS)
  try {
    await migrate(engine, options.migrationsDir)
  } catch (problem) {
    await engine.close()
    throw problem
  }
  return storeOver(engine, options.leaseMs ?? LEASE_MS)
}

function storeOver(engine: Engine, leaseMs: number): Store {
  const { reader } = engine
  return {
    append: (batch) => append(engine, batch),
    histories: (clusters, upTo) => histories(engine, clusters, upTo),
    clusterOf: (key) => clusterOf(engine, key),
    clusterOfFact: (id) => clusterOfFact(engine, id),
    directoryVersion: () => directoryVersion(engine),
    directoryFacts: () => directoryFacts(engine),
    readFacts: (after, limit) => readFacts(engine, after, limit),
    readLogText: (after, limit) => readLogText(engine, after, limit),
    readLinks: (after) => readLinks(engine, after),
    position: () => position(engine),
    claim: (now, limit) => claim(engine, now, limit, leaseMs),
    markDue: (clusters) => markDue(engine, clusters),
    directoryDue: () => directoryDue(engine),
    clearDirectoryDue: (keys) => clearDirectoryDue(engine, keys),
    publish: (publications) => publish(engine, publications),
    hashesOf: (clusters) => hashesOf(engine, clusters),
    partlyPublished: (clusters) => partlyPublished(engine, clusters),
    publishedAfter: (seq, limit) => publishedAfter(engine, seq, limit),
    rebuildDue: () => rebuildDue(engine),
    baseline: () => baselineOf(reader),
    publishBaseline: (baseline, wakes, now) => publishBaseline(engine, baseline, wakes, now),
    readOutbox: (limit) => readOutbox(engine, limit),
    confirmOutbox: (delivered) => confirmOutbox(engine, delivered),
    saveRules: (document, hash, now) => saveRules(engine, document, hash, now),
    activeRules: () => activeRules(reader),
    rulesVersion: (version) => rulesVersion(reader, version),
    importProgress: (id) => importProgress(engine, id),
    profiles: (keys) => profiles(engine, reader, keys),
    searchProfiles: (text, limit) => searchProfiles(engine, text, limit),
    pseudonymKey: () => pseudonymKey(engine),
    close: () => engine.close(),
  }
}
