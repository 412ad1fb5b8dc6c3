import type { PersonKey } from '@throughline/core'
import type { Baseline, ClusterId, LoggedFact, OutboxEntry, Profile, StoredRules } from '@throughline/engine'

/** A cluster's book-keeping, as the table of that name has it. */
export type Work = Readonly<{
  version: number
  marked: number
  due: boolean
  wakeAt: number | null
  claimedUntil: number
}>

export type PublishedRow = Readonly<{ seq: number; hashes: Readonly<Record<string, string>>; partial: boolean }>

/** What a database would hold, by the names of its tables. */
export type Memory = {
  readonly facts: LoggedFact[]
  readonly ids: Map<string, LoggedFact>
  /** Facts by the key they are filed under. */
  readonly filed: Map<string, LoggedFact[]>
  readonly links: Map<string, Readonly<{ cluster: ClusterId; stamp: number }>>
  /** The same the other way round. */
  readonly keys: Map<ClusterId, Set<string>>
  readonly positions: {
    seq: number
    bulk: number
    directory: number
    cluster: number
    version: number
    publication: number
    outbox: number
  }
  readonly work: Map<ClusterId, Work>
  readonly published: Map<ClusterId, PublishedRow>
  readonly absorbed: Map<ClusterId, Readonly<{ survivor: ClusterId; stamp: number; emptied: boolean }>>
  readonly baselines: Baseline[]
  readonly outbox: Map<string, OutboxEntry & Readonly<{ seq: number }>>
  readonly directoryDue: Set<string>
  readonly rules: StoredRules[]
  readonly profiles: Map<PersonKey, Profile>
  /** Progress of imports as JSON. */
  readonly imports: Map<string, string>
  secret: Uint8Array | undefined
}

export function emptyMemory(): Memory {
  return {
    facts: [],
    ids: new Map(),
    filed: new Map(),
    links: new Map(),
    keys: new Map(),
    positions: { seq: 0, bulk: 0, directory: 0, cluster: 0, version: 0, publication: 0, outbox: 0 },
    work: new Map(),
    published: new Map(),
    absorbed: new Map(),
    baselines: [],
    outbox: new Map(),
    directoryDue: new Set(),
    rules: [],
    profiles: new Map(),
    imports: new Map(),
    secret: undefined,
  }
}

/** The rows of those clusters that have one. */
export function rowsOf<T>(table: ReadonlyMap<ClusterId, T>, clusters: readonly ClusterId[]): [ClusterId, T][] {
  return [...new Set(clusters)].flatMap((cluster): [ClusterId, T][] => {
    const row = table.get(cluster)
    return row === undefined ? [] : [[cluster, row]]
  })
}
