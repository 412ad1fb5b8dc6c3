import { createHash } from 'node:crypto'
import {
  type ClusterFact,
  type Derivation,
  type Directory,
  type DirectoryFact,
  derive,
  directoryKeyOf,
  directoryOf,
  type Fact,
  type Instant,
  isDirectoryFact,
  type RuleId,
  type Rules,
} from '@throughline/core'
import { differenceOf, type Hashes, hashesOf } from './difference.ts'
import { type Explanation, explain } from './explanation.ts'
import type {
  BuildOptions,
  Claim,
  ClusterId,
  Mart,
  MartCheckpoint,
  Profile,
  Publication,
  Store,
  WorldDifference,
} from './ports.ts'
import { readRules } from './rules-document.ts'

export type EngineParts = Readonly<{
  store: Store
  mart: Mart
  /** The wall clock, in milliseconds since 1970. */
  clock: () => Instant
  /** Worker threads of a rebuild; 0 folds in this thread. */
  workers: number
  /** The sentence behind a rule's number. */
  ruleText: (id: RuleId) => string | undefined
}>

export type Received = Readonly<{ added: number; repeated: number }>

export type Rebuilt = Readonly<{
  facts: number
  clusters: number
  records: number
  asOf: Instant
  milliseconds: number
}>

export type Verification = Readonly<{
  /** Content hash of the mart: equal for equal results, wherever and however they came about. */
  digest: string
  tables: readonly Readonly<{ table: string; rows: number }>[]
  differences: readonly WorldDifference[]
  asOf: Instant
}>

type Progress = NonNullable<BuildOptions['onProgress']>

/** The directory as it was read last. */
type KnownDirectory = Readonly<{
  version: number
  directory: Directory
  /** Keys with facts that are recorded ahead of the clock, and the moment of the first of these. */
  ahead: ReadonlyMap<string, Instant>
  /** When it has to be read again although nothing arrived. */
  until: Instant
}>

/** Clusters derived in one go: enough to share a commit, few enough to be visible soon. */
const CLUSTERS_AT_A_TIME = 200

/** Clusters taken into the mart in one go, where so many wait: a transaction there costs more than most rows in it. */
const CLUSTERS_SHOWN_AT_A_TIME = 1000

/** How far the mart's moment may lag behind the clock while nothing happens. */
const AS_OF_STEP_MS = 60_000

/** The running system: takes facts in, keeps what follows from them up to date, and answers why. */
export type Engine = Readonly<{
  /** Adds facts and brings everybody they touch up to date, in the store and in the mart. */
  receive(facts: readonly Fact[], profiles?: readonly Profile[]): Promise<Received>
  /** Derives whatever is due: by new facts, or because its time has come. Gives how many clusters were. */
  settle(): Promise<number>
  /** Derives everything again, in parallel, and replaces what was there at once. */
  rebuild(onProgress?: Progress): Promise<Rebuilt>
  /** Brings the mart up to date however it was left: nothing to do, some clusters, or a rebuild. */
  catchUp(onProgress?: Progress): Promise<'current' | 'followed' | 'rebuilt'>
  /** What is derived now for the cluster of a record, such as `lead:…` or `opportunity:…`. */
  derivationOf(key: string): Promise<Derivation | undefined>
  /** Why a record, or a part of it such as `eng:…#stage-2`, is as it is or is not there, and what would change it. */
  explain(record: string): Promise<Explanation | undefined>
  /** Takes a parsed rules document as the rules in force. True when they differ from before: a rebuild is due. */
  useRules(parsed: unknown): Promise<boolean>
  /**
   * Derives everything again beside what is there, as of the same moment, and compares: whatever was live,
   * rebuilt, repeated or interrupted on the way must have come to the same.
   */
  verify(onProgress?: Progress): Promise<Verification>
  rules(): Promise<Readonly<{ version: number; rules: Rules }>>
  directory(): Promise<Directory>
}>

/** There is no mart to verify yet. */
export class NothingToVerifyError extends Error {
  readonly code = 'nothing-to-verify'
  override readonly name = 'NothingToVerifyError'
  constructor() {
    super('nothing has been derived yet; import something first, or run rebuild')
  }
}

/** Puts the parts together. Nothing runs until it is asked to. */
export function createEngine({ store, mart, clock, workers, ruleText }: EngineParts): Engine {
  let inForce: { version: number; rules: Rules } | undefined
  let known: KnownDirectory | undefined
  /** What directory keys of `ahead` were last made due for, so that waiting for their moment costs nothing. */
  const madeDueFor = new Map<string, string>()
  let settledOnce = false
  /** What was derived and published, with its publication's number, until the mart has it. */
  const fresh = new Map<ClusterId, Readonly<{ seq: number; derivation: Derivation }>>()
  // The store and the mart each do one thing at a time: while the mart takes in what was published, the next facts
  // are stored and derived. Who needs both takes `alone` first.
  const alone = mutex()
  const aloneInMart = mutex()
  let nextFollowing: Promise<number> | undefined
  let waiting:
    | {
        facts: Fact[]
        profiles: Profile[]
        done: { resolve: (one: Received) => void; reject: (error: unknown) => void }[]
      }
    | undefined

  async function rules() {
    if (inForce) return inForce
    const stored = await store.activeRules()
    if (stored) inForce = { version: stored.version, rules: readRules(JSON.parse(stored.document)).rules }
    else {
      const read = readRules({})
      const saved = await store.saveRules(read.document, documentHash(read.document), clock())
      inForce = { version: saved.version, rules: read.rules }
    }
    return inForce
  }

  async function rulesOfVersion(version: number): Promise<Rules> {
    const current = await rules()
    if (current.version === version) return current.rules
    const stored = await store.rulesVersion(version)
    return stored ? readRules(JSON.parse(stored.document)).rules : current.rules
  }

  /** Users, campaigns and accounts, read again when a fact about them arrives, or one recorded ahead has its moment. */
  async function directory(): Promise<Directory> {
    return (await currentDirectory()).directory
  }

  async function currentDirectory(): Promise<KnownDirectory> {
    const [version, now] = [await store.directoryVersion(), clock()]
    if (known?.version !== version || now >= known.until) {
      const facts = (await store.directoryFacts()) as DirectoryFact[]
      const ahead = new Map<string, Instant>()
      for (const fact of facts) {
        const key = directoryKeyOf(fact)
        if (fact.recordedAt > now) ahead.set(key, Math.min(fact.recordedAt, ahead.get(key) ?? fact.recordedAt))
      }
      known = { version, directory: directoryOf(facts, now), ahead, until: Math.min(...ahead.values()) }
    }
    return known
  }

  async function deriveClusters(clusters: readonly ClusterId[], asOf: Instant): Promise<Map<ClusterId, Derivation>> {
    const [{ rules: inUse }, about, histories] = [await rules(), await directory(), await store.histories(clusters)]
    const derived = new Map<ClusterId, Derivation>()
    for (const cluster of clusters)
      derived.set(cluster, derive(clusterFacts(histories.get(cluster)), about, inUse, asOf))
    return derived
  }

  /**
   * What was last published of each cluster: the hashes the store holds, over what the baseline's facts and rules
   * give again where the store holds none, or only those of a part that has merged into the cluster since.
   */
  async function publishedHashes(clusters: readonly ClusterId[]): Promise<Map<ClusterId, Hashes>> {
    const hashes = new Map<ClusterId, Hashes>(await store.hashesOf(clusters))
    const partly = await store.partlyPublished(clusters)
    const missing = clusters.filter((cluster) => !hashes.has(cluster) || partly.has(cluster))
    const baseline = missing.length > 0 ? await store.baseline() : undefined
    if (!baseline) return hashes
    const then = await rulesOfVersion(baseline.rulesVersion)
    const about = await directory()
    const histories = await store.histories(missing, baseline.seq)
    for (const cluster of missing) {
      const facts = clusterFacts(histories.get(cluster))
      if (facts.length === 0) continue
      const merged: Record<string, string> = { ...hashesOf(derive(facts, about, then, baseline.asOf)) }
      for (const [record, hash] of Object.entries(hashes.get(cluster) ?? {})) {
        if (hash === '') delete merged[record]
        else merged[record] = hash
      }
      hashes.set(cluster, merged)
    }
    return hashes
  }

  async function settleClaims(claims: readonly Claim[], now: Instant): Promise<void> {
    const clusters = claims.map(({ cluster }) => cluster)
    const derived = await deriveClusters(clusters, now)
    const before = await publishedHashes(clusters)
    const publications: Publication[] = claims.map(({ cluster, version }) => {
      const derivation = derived.get(cluster) as Derivation
      const { hashes, outbox } = differenceOf(before.get(cluster) ?? {}, derivation)
      return { cluster, version, wakeAt: derivation.wakeAt, hashes, outbox }
    })
    for (const { cluster, seq } of await store.publish(publications, now))
      fresh.set(cluster, { seq, derivation: derived.get(cluster) as Derivation })
  }

  /**
   * Directory entries that changed make due whoever looked them up. One with a fact recorded ahead stays due until
   * that fact has its moment: nobody else would ask for it then. [W4]
   */
  async function settleDirectory(): Promise<void> {
    const changed = await store.directoryDue()
    if (changed.length === 0) return
    const { version, ahead } = await currentDirectory()
    const state = (key: string) => `${version}, ${ahead.get(key) ?? 'settled'}`
    const keys = changed.filter((key) => madeDueFor.get(key) !== state(key))
    if (keys.length === 0) return
    // Who was derived just now may have looked them up too; the mart must know.
    await follow()
    const clusters = await mart.mentioning(keys)
    if (clusters.length > 0) await store.markDue(clusters)
    await store.clearDirectoryDue(keys.filter((key) => !ahead.has(key)))
    for (const key of keys)
      if (ahead.has(key)) madeDueFor.set(key, state(key))
      else madeDueFor.delete(key)
  }

  /**
   * Takes published clusters into the mart, once those before are taken: whatever is published until then shares
   * the turn, and whoever asks until then waits for the same one. Gives how many clusters there were.
   */
  function follow(): Promise<number> {
    nextFollowing ??= aloneInMart(() => {
      nextFollowing = undefined
      return followNow()
    })
    return nextFollowing
  }

  /** In the order of publication; what was just derived is not derived again. */
  async function followNow(): Promise<number> {
    let checkpoint = await mart.checkpoint()
    if (!checkpoint) {
      fresh.clear()
      return 0
    }
    let taken = 0
    for (;;) {
      const published = await store.publishedAfter(checkpoint.publishedSeq, CLUSTERS_SHOWN_AT_A_TIME)
      const last = published.at(-1)
      if (!last) return taken
      const now = clock()
      // A cluster that merged into another since it was derived has another number: nothing is left of it.
      const known = new Map<ClusterId, Derivation>()
      for (const { cluster, seq } of published) {
        const one = fresh.get(cluster)
        if (one?.seq === seq) known.set(cluster, one.derivation)
      }
      const clusters = [...new Set(published.map(({ cluster }) => cluster))]
      const stale = clusters.filter((cluster) => !known.has(cluster))
      const derived = stale.length > 0 ? await deriveClusters(stale, now) : known
      const next: MartCheckpoint = { ...checkpoint, publishedSeq: last.seq, asOf: now }
      await mart.replace(
        clusters.map((cluster) => ({
          cluster,
          derivation: (known.get(cluster) ?? derived.get(cluster)) as Derivation,
        })),
        next,
        { rules: (await rules()).rules, directory: await directory() },
      )
      for (const [cluster, { seq }] of fresh) if (seq <= last.seq) fresh.delete(cluster)
      checkpoint = next
      taken += clusters.length
    }
  }

  /** Derives whatever is due, and waits until the mart shows it. */
  async function settleAndFollow(): Promise<number> {
    const settled = await alone(settleAll)
    if (settled > 0) await follow()
    return settled
  }

  async function settleAll(): Promise<number> {
    let settled = 0
    await settleDirectory()
    for (;;) {
      const now = clock()
      const claims = await store.claim(now, CLUSTERS_AT_A_TIME)
      if (claims.length === 0) break
      await settleClaims(claims, now)
      settled += claims.length
      // A short claim took everything that was due; newer work comes with its own call.
      if (claims.length < CLUSTERS_AT_A_TIME) break
    }
    return settled
  }

  const rebuildAll = (onProgress: Progress | undefined) => aloneInMart(() => rebuildNow(onProgress))

  async function rebuildNow(onProgress: Progress | undefined): Promise<Rebuilt> {
    fresh.clear()
    const started = clock()
    const { version, rules: inUse } = await rules()
    const built = await mart.build('live', {
      store,
      rules: inUse,
      asOf: started,
      workers,
      ...(onProgress && { onProgress }),
    })
    const baseline = await store.publishBaseline(
      { seq: built.seq, asOf: started, rulesVersion: version },
      built.wakes,
      clock(),
    )
    await mart.setCheckpoint({ baselineId: baseline.id, publishedSeq: 0, asOf: started, rulesVersion: version })
    settledOnce = true
    return {
      facts: built.facts,
      clusters: built.clusters,
      records: built.records,
      asOf: started,
      milliseconds: clock() - started,
    }
  }

  /** Builds the mart anew for a store whose publications stand: the mart was lost, or another process rebuilt. */
  async function projectAll(baselineId: number, onProgress: Progress | undefined): Promise<void> {
    const asOf = clock()
    const { version, rules: inUse } = await rules()
    await aloneInMart(async () => {
      await mart.build('live', { store, rules: inUse, asOf, workers, ...(onProgress && { onProgress }) })
      await mart.setCheckpoint({ baselineId, publishedSeq: 0, asOf, rulesVersion: version })
    })
  }

  async function bringUpToDate(onProgress: Progress | undefined): Promise<'current' | 'followed' | 'rebuilt'> {
    const [checkpoint, baseline, { version }] = [await mart.checkpoint(), await store.baseline(), await rules()]
    if (!baseline || baseline.rulesVersion !== version || (await store.rebuildDue())) {
      await rebuildAll(onProgress)
      return 'rebuilt'
    }
    settledOnce = true
    if (checkpoint?.baselineId !== baseline.id) {
      await projectAll(baseline.id, onProgress)
      await settleAll()
      await follow()
      return 'rebuilt'
    }
    const followed = await follow()
    const settled = await settleAll()
    await follow()
    if (followed + settled > 0) return 'followed'
    // Nothing was due: what the mart shows is true of this moment too, and it should say so.
    const now = clock()
    const latest = (await mart.checkpoint()) ?? checkpoint
    if (now - latest.asOf >= AS_OF_STEP_MS) await mart.setCheckpoint({ ...latest, asOf: now })
    return 'current'
  }

  const engine: Engine = {
    rules,
    directory,

    // The first facts of a house that has never derived anything need a world to go to.
    receive(facts, profiles = []) {
      return new Promise<Received>((resolve, reject) => {
        if (waiting) {
          waiting.facts.push(...facts)
          waiting.profiles.push(...profiles)
          waiting.done.push({ resolve, reject })
          return
        }
        const batch = { facts: [...facts], profiles: [...profiles], done: [{ resolve, reject }] }
        waiting = batch
        // Whatever else arrives before its turn comes shares the commit.
        alone(async () => {
          waiting = undefined
          const appended = await store.append({
            facts: batch.facts,
            profiles: batch.profiles,
            now: clock(),
            mode: 'live',
          })
          if (settledOnce) await settleAll()
          else await bringUpToDate(undefined)
          return appended
        })
          .then(async ({ added, repeated }) => {
            await follow()
            for (const one of batch.done) one.resolve({ added, repeated })
          })
          .catch((error: unknown) => {
            for (const one of batch.done) one.reject(error)
          })
      })
    },

    settle: settleAndFollow,

    rebuild: (onProgress) => alone(() => rebuildAll(onProgress)),

    catchUp: (onProgress) => alone(() => bringUpToDate(onProgress)),

    verify: (onProgress) =>
      alone(async () => {
        await follow()
        await settleAll()
        await follow()
        const checkpoint = await mart.checkpoint()
        if (!checkpoint) throw new NothingToVerifyError()
        const { rules: inUse } = await rules()
        const { asOf } = checkpoint
        await mart.build('verify', { store, rules: inUse, asOf, workers, ...(onProgress && { onProgress }) })
        try {
          const differences = await mart.difference('live', 'verify', 5)
          const { hash, tables } = await mart.digest('live')
          return { digest: hash, tables: tables.map(({ table, rows }) => ({ table, rows })), differences, asOf }
        } finally {
          await mart.dropWorld('verify')
        }
      }),

    async derivationOf(key) {
      const cluster = await store.clusterOf(key)
      if (cluster === undefined) return undefined
      return (await deriveClusters([cluster], clock())).get(cluster)
    },

    async explain(record) {
      const [id = ''] = record.split('#', 1)
      // Engagements and interactions have the id of the fact that made them, or could have.
      const named = id.startsWith('eng:') || id.startsWith('int:')
      const cluster = named ? await store.clusterOfFact(id.slice(4)) : await store.clusterOf(id)
      if (cluster === undefined) return undefined
      const facts = clusterFacts((await store.histories([cluster])).get(cluster))
      return explain(record, facts, await directory(), (await rules()).rules, clock(), ruleText)
    },

    async useRules(parsed) {
      const read = readRules(parsed)
      const active = await store.activeRules()
      if (active?.hash === documentHash(read.document)) {
        inForce = { version: active.version, rules: read.rules }
        return false
      }
      const saved = await store.saveRules(read.document, documentHash(read.document), clock())
      inForce = { version: saved.version, rules: read.rules }
      return true
    },
  }
  return engine
}

const clusterFacts = (facts: readonly Fact[] | undefined): ClusterFact[] =>
  (facts ?? []).filter((fact): fact is ClusterFact => !isDirectoryFact(fact))

/** What tells one rules document from another. */
const documentHash = (document: string): string => createHash('sha256').update(document).digest('hex')

/** Lets one piece of work run at a time, in the order they were asked for. */
function mutex(): <T>(work: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve()
  return <T>(work: () => Promise<T>): Promise<T> => {
    const turn = last.then(work, work)
    last = turn.catch(() => undefined)
    return turn
  }
}
