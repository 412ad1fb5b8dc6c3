/**
 * What the engine needs from the world: a store that remembers, and a mart that answers questions.
 *
 * The store holds what must not be lost (facts, rules, people's details) and the book-keeping of work.
 * The mart holds projections; it can be thrown away and built again from the store at any time.
 */
import type { Derivation, Directory, Fact, Instant, PersonKey, Rules } from '@throughline/core'

/** A person's own details, kept beside the log and keyed by record, so that they can be erased. */
export type Profile = Readonly<{
  key: PersonKey
  firstName?: string
  lastName?: string
  email?: string
  company?: string
  title?: string
  phone?: string
  country?: string
}>

/** A connected component of the log: an integer the store gives out. Means nothing outside the store. */
export type ClusterId = number

/** A fact as the log keeps it. `seq` grows with every commit; `body` is the fact as JSON. */
export type LoggedFact = Readonly<{
  seq: number
  id: string
  kind: string
  occurredAt: Instant
  recordedAt: Instant
  /** The key it is filed under (`keysOf(fact)[0]`); null for directory facts. */
  subject: string | null
  body: string
}>

/**
 * Facts as delimited text, one a line: `seq`, `subject`, `body`. Texts stand between two characters U+0002, and one
 * inside is doubled; a null is nothing at all. A million facts as objects cost several times what their text does.
 */
export type LogText = Readonly<{
  text: string
  /** How many lines. */
  facts: number
  /** The last fact's; what was asked for where there is none. */
  seq: number
  /** The longest line, in bytes of UTF-8. */
  longest: number
}>

/** Which cluster a key belongs to now. `stamp` is the newest `seq` when that was last decided. */
export type Link = Readonly<{ key: string; cluster: ClusterId; stamp: number }>

/** How far a source has been read, saved in the same transaction as the facts it gave. */
export type ImportProgress = Readonly<{ id: string; state: unknown; finished: boolean }>

export type Batch = Readonly<{
  facts: readonly Fact[]
  profiles?: readonly Profile[]
  /** The wall clock, for the log's own book-keeping. */
  now: Instant
  /** `live` marks each touched cluster as due. `bulk` notes once that a rebuild is due: far cheaper. */
  mode: 'live' | 'bulk'
  progress?: ImportProgress
}>

export type Appended = Readonly<{
  /** Facts that were new. */
  added: number
  /** Facts whose id the log already had. */
  repeated: number
  /** Clusters the new facts touched (live mode only). */
  clusters: readonly ClusterId[]
}>

/** A cluster that is due. `version` changes whenever it gets facts or is marked, and when it is published. */
export type Claim = Readonly<{ cluster: ClusterId; version: number }>

/** A change of a derived record, for whoever keeps a copy elsewhere. Repeating it is harmless. */
export type OutboxEntry = Readonly<{
  /** The derived record's id, such as `eng:…`. A newer unsent change replaces an older one. */
  record: string
  kind: 'person' | 'engagement' | 'journey' | 'opportunity'
  change: 'upsert' | 'delete'
  /** Content hash of `body`; empty on delete. */
  hash: string
  /** The record as JSON; null on delete. */
  body: string | null
}>

export type Publication = Readonly<{
  cluster: ClusterId
  /** From the claim: refused if new facts arrived since, or another worker was first. */
  version: number
  wakeAt: Instant | null
  /** Record id → content hash of everything now derived. */
  hashes: Readonly<Record<string, string>>
  outbox: readonly OutboxEntry[]
}>

/** A published cluster, in the order of publication. */
export type Published = Readonly<{ cluster: ClusterId; seq: number }>

/** What a rebuild published at once: all clusters, from facts up to `seq`, as of `asOf`. */
export type Baseline = Readonly<{ id: number; seq: number; asOf: Instant; rulesVersion: number }>

export type StoredRules = Readonly<{ version: number; hash: string; document: string; savedAt: Instant }>

export interface Store {
  /** Adds facts and marks what they touch as due, in one transaction. Repeats change nothing. */
  append(batch: Batch): Promise<Appended>

  /** All facts of the clusters, by cluster, with `seq <= upTo` if given. Order within a cluster is not promised. */
  histories(clusters: readonly ClusterId[], upTo?: number): Promise<Map<ClusterId, Fact[]>>
  /** The cluster a key belongs to. */
  clusterOf(key: string): Promise<ClusterId | undefined>
  /** The cluster a fact is filed in; undefined for unknown and for directory facts. */
  clusterOfFact(id: string): Promise<ClusterId | undefined>
  directoryFacts(): Promise<Fact[]>
  /** Newest `seq` of a directory fact; 0 without any. Cheap: asked before every derivation. */
  directoryVersion(): Promise<number>
  /** The log in order of `seq`. */
  readFacts(after: number, limit: number): Promise<LoggedFact[]>
  /** The same facts for copying. Lines may come in any order. */
  readLogText(after: number, limit: number): Promise<LogText>
  /** Links decided after `stamp`, in no promised order. */
  readLinks(after: number): AsyncIterable<readonly Link[]>
  /** Newest `seq`, and how many facts there are. */
  position(): Promise<{ seq: number; facts: number }>

  /** Up to `limit` clusters that are due or whose time to wake has come, leased to this worker for a while. */
  claim(now: Instant, limit: number): Promise<Claim[]>
  /** Marks clusters as due, for instance because a directory entry they mention changed. */
  markDue(clusters: readonly ClusterId[]): Promise<void>
  /** Directory keys that changed in live mode and whose mentions have not been marked due yet. */
  directoryDue(): Promise<string[]>
  clearDirectoryDue(keys: readonly string[]): Promise<void>
  /**
   * In one transaction: hashes, wake-up, outbox, and the due mark cleared. A publication whose cluster
   * got facts since its claim is refused, and stays due. Gives the clusters that were accepted, each with the
   * number of its publication.
   */
  publish(publications: readonly Publication[], now: Instant): Promise<Published[]>
  /** Last published hashes; a cluster not published since the baseline is absent. */
  hashesOf(clusters: readonly ClusterId[]): Promise<Map<ClusterId, Record<string, string>>>
  /**
   * Of these, the clusters that merged from parts of which only some were published since the baseline. What
   * `hashesOf` gives for them lies over what the baseline published: it replaces that record by record, and
   * an empty hash stands for a record that has gone since.
   */
  partlyPublished(clusters: readonly ClusterId[]): Promise<Set<ClusterId>>
  /** In order of `seq`. Clusters that share one changed at once and come together, even beyond `limit`. */
  publishedAfter(seq: number, limit: number): Promise<Published[]>

  /** True when a bulk import has added facts that no rebuild has covered. */
  rebuildDue(): Promise<boolean>
  baseline(): Promise<Baseline | undefined>
  /**
   * Replaces all publications by a new baseline and its wake-ups; clusters with facts newer than
   * `seq` stay due. Gives the new baseline.
   */
  publishBaseline(
    baseline: Omit<Baseline, 'id'>,
    wakes: AsyncIterable<readonly Readonly<{ cluster: ClusterId; wakeAt: Instant }>[]>,
    now: Instant,
  ): Promise<Baseline>

  readOutbox(limit: number): Promise<(OutboxEntry & Readonly<{ seq: number }>)[]>
  /** Removes entries that were delivered, unless a newer change has replaced them since. */
  confirmOutbox(delivered: readonly Readonly<{ record: string; seq: number }>[]): Promise<void>

  saveRules(document: string, hash: string, now: Instant): Promise<StoredRules>
  activeRules(): Promise<StoredRules | undefined>
  rulesVersion(version: number): Promise<StoredRules | undefined>

  importProgress(id: string): Promise<ImportProgress | undefined>

  profiles(keys: readonly PersonKey[]): Promise<Map<PersonKey, Profile>>
  /** Keys whose name, e-mail address or company contains the text, without regard to case. */
  searchProfiles(text: string, limit: number): Promise<PersonKey[]>

  /** Secret with which e-mail addresses are hashed; made on first use, the same ever after. */
  pseudonymKey(): Promise<Uint8Array>

  close(): Promise<void>
}

/** How far a mart has come: the baseline it was built on and the last publication it has taken in. */
export type MartCheckpoint = Readonly<{ baselineId: number; publishedSeq: number; asOf: Instant; rulesVersion: number }>

export type BuildResult = Readonly<{
  /** Newest fact the build has read. */
  seq: number
  clusters: number
  facts: number
  records: number
  wakes: AsyncIterable<readonly Readonly<{ cluster: ClusterId; wakeAt: Instant }>[]>
}>

export type BuildOptions = Readonly<{
  store: Pick<Store, 'readFacts' | 'readLogText' | 'readLinks' | 'position'>
  rules: Rules
  asOf: Instant
  /** Worker threads; 0 folds in this thread. */
  workers: number
  onProgress?: (done: Readonly<{ step: string; done: number; of: number }>) => void
}>

/** Rows of one table that only one of two worlds has, with examples. A row that changed counts on both sides. */
export type WorldDifference = Readonly<{
  table: string
  onlyA: number
  onlyB: number
  examplesA: readonly Readonly<Record<string, unknown>>[]
  examplesB: readonly Readonly<Record<string, unknown>>[]
}>

/** Projections for reports. One process writes a mart. */
export interface Mart {
  checkpoint(): Promise<MartCheckpoint | undefined>
  /**
   * Copies new facts, derives every cluster in parallel and puts the result in the place of `world` at
   * once. Stopped anywhere, the world stays as it was.
   */
  build(world: string, options: BuildOptions): Promise<BuildResult>
  setCheckpoint(checkpoint: MartCheckpoint): Promise<void>
  /** Puts what was derived in the place of what the clusters had, with the checkpoint, at once. An empty derivation removes. */
  replace(
    derived: readonly Readonly<{ cluster: ClusterId; derivation: Derivation }>[],
    checkpoint: MartCheckpoint,
    context: Readonly<{ rules: Rules; directory: Directory }>,
  ): Promise<void>
  /** Clusters whose derivation looked these directory keys up. */
  mentioning(keys: readonly string[]): Promise<ClusterId[]>
  /** What two worlds do not share, with up to `limit` examples for each table and side. */
  difference(worldA: string, worldB: string, limit: number): Promise<readonly WorldDifference[]>
  /** A hash of a world's content: equal for two worlds exactly when all their tables are. */
  digest(
    world: string,
  ): Promise<Readonly<{ hash: string; tables: readonly Readonly<{ table: string; rows: number; hash: string }>[] }>>
  dropWorld(name: string): Promise<void>
  close(): Promise<void>
}
