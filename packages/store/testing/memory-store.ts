import { randomBytes } from 'node:crypto'
import { type Fact, isDirectoryFact, type PersonKey } from '@throughline/core'
import type {
  Baseline,
  Claim,
  ClusterId,
  ImportProgress,
  Link,
  Profile,
  Published,
  Store,
  StoredRules,
} from '@throughline/engine'
import { type Memory, rowsOf, type Work } from './memory.ts'
import { appendTo, markIn } from './memory-append.ts'
import { publishBaselineIn, publishIn } from './memory-publishing.ts'

/** Links given at a time. */
const PAGE = 20_000

/** How long a claimed cluster stays with its worker before another may take it. */
const LEASE_MS = 30_000

/**
 * A store over a memory that outlives it: opening another one over the same memory is what opening a database
 * again is. Each call does all it does before anything else happens, as a transaction would.
 *
 * It serves tests only. A company's log must not be lost with a process, so no command can be started on it.
 */
export function openMemoryStore(memory: Memory, { leaseMs = LEASE_MS }: { leaseMs?: number } = {}): Store {
  return {
    append: async (batch) => appendTo(memory, batch),

    async histories(clusters, upTo = Number.POSITIVE_INFINITY) {
      return new Map(
        clusters.map((cluster) => [
          cluster,
          [...(memory.keys.get(cluster) ?? [])]
            .flatMap((key) => memory.filed.get(key) ?? [])
            .filter(({ seq }) => seq <= upTo)
            .sort((a, b) => a.seq - b.seq)
            .map(({ body }) => JSON.parse(body) as Fact),
        ]),
      )
    },
    clusterOf: async (key) => memory.links.get(key)?.cluster,
    async clusterOfFact(id) {
      const subject = memory.ids.get(id)?.subject
      return subject === undefined || subject === null ? undefined : memory.links.get(subject)?.cluster
    },
    directoryFacts: async () =>
      memory.facts.map(({ body }) => JSON.parse(body) as Fact).filter((fact) => isDirectoryFact(fact)),
    directoryVersion: async () => memory.positions.directory,
    readFacts: async (after, limit) => memory.facts.slice(after, after + limit),
    async readLogText(after, limit) {
      const facts = memory.facts.slice(after, after + limit)
      const quoted = (text: string) => `\u0002${text.replaceAll('\u0002', '\u0002\u0002')}\u0002`
      const lines = facts.map(
        ({ seq, subject, body }) => `${seq},${subject === null ? '' : quoted(subject)},${quoted(body)}\n`,
      )
      const longest = Math.max(0, ...lines.map((line) => Buffer.byteLength(line)))
      return { text: lines.join(''), facts: facts.length, seq: facts.at(-1)?.seq ?? after, longest }
    },
    async *readLinks(after) {
      const links: Link[] = [...memory.links]
        .map(([key, link]) => ({ key, ...link }))
        .filter((one) => one.stamp > after)
      for (let at = 0; at < links.length; at += PAGE) yield links.slice(at, at + PAGE)
    },
    position: async () => ({ seq: memory.positions.seq, facts: memory.facts.length }),

    claim: async (now, limit) => claimIn(memory, now, limit, leaseMs),
    async markDue(clusters) {
      if (clusters.length === 0) return
      const living = new Set(
        clusters
          .map((cluster) => memory.absorbed.get(cluster)?.survivor ?? cluster)
          .filter((cluster) => memory.keys.has(cluster)),
      )
      markIn(memory, living, memory.positions.seq, ++memory.positions.version)
    },
    directoryDue: async () => [...memory.directoryDue].sort(),
    async clearDirectoryDue(keys) {
      for (const key of keys) memory.directoryDue.delete(key)
    },
    publish: async (publications) => publishIn(memory, publications),
    async hashesOf(clusters) {
      return new Map(
        rowsOf(memory.published, clusters).map(([cluster, { hashes, partial }]) => [
          cluster,
          Object.fromEntries(Object.entries(hashes).filter(([, hash]) => partial || hash !== '')),
        ]),
      )
    },
    async partlyPublished(clusters) {
      return new Set(rowsOf(memory.published, clusters).flatMap(([cluster, { partial }]) => (partial ? [cluster] : [])))
    },
    publishedAfter: async (seq, limit) => publishedIn(memory, seq, limit),

    rebuildDue: async () => memory.positions.bulk > (memory.baselines.at(-1)?.seq ?? 0),
    baseline: async () => copyOf(memory.baselines.at(-1)),
    async publishBaseline(baseline, wakes) {
      const all: { cluster: ClusterId; wakeAt: number }[] = []
      for await (const some of wakes) all.push(...some)
      return { ...publishBaselineIn(memory, baseline, all) }
    },

    readOutbox: async (limit) =>
      [...memory.outbox.values()]
        .sort((a, b) => a.seq - b.seq)
        .slice(0, limit)
        .map((entry) => ({ ...entry })),
    async confirmOutbox(delivered) {
      for (const { record, seq } of delivered) if (memory.outbox.get(record)?.seq === seq) memory.outbox.delete(record)
    },

    async saveRules(document, hash, now) {
      const active = memory.rules.at(-1)
      if (active?.hash === hash) return { ...active }
      const saved: StoredRules = { version: (active?.version ?? 0) + 1, hash, document, savedAt: now }
      memory.rules.push(saved)
      return { ...saved }
    },
    activeRules: async () => copyOf(memory.rules.at(-1)),
    rulesVersion: async (version) => copyOf(memory.rules.find((one) => one.version === version)),

    async importProgress(id) {
      const progress = memory.imports.get(id)
      return progress === undefined ? undefined : (JSON.parse(progress) as ImportProgress)
    },

    async profiles(keys) {
      const found = new Map<PersonKey, Profile>()
      for (const key of keys) {
        const profile = memory.profiles.get(key)
        if (profile) found.set(key, { ...profile })
      }
      return found
    },
    async searchProfiles(text, limit) {
      const wanted = searchable(text)
      return [...memory.profiles.values()]
        .filter(({ firstName, lastName, email, company }) => {
          const name = [firstName, lastName].filter(Boolean).join(' ')
          return searchable([name, email ?? '', company ?? ''].join('\n')).includes(wanted)
        })
        .map(({ key }) => key)
        .sort()
        .slice(0, limit)
    },
    async pseudonymKey() {
      memory.secret ??= randomBytes(32)
      return new Uint8Array(memory.secret)
    },
    async close() {},
  }
}

const copyOf = <T extends StoredRules | Baseline>(row: T | undefined): T | undefined => row && { ...row }

const searchable = (text: string): string => text.normalize('NFC').toLowerCase()

/** Half of the places are for those whose time has come. */
function claimIn(memory: Memory, now: number, limit: number, leaseMs: number): Claim[] {
  if (limit < 1) return []
  const free = [...memory.work].filter(([, { claimedUntil }]) => claimedUntil <= now)
  const inOrder = (of: (work: Work) => number) => (a: [ClusterId, Work], b: [ClusterId, Work]) =>
    of(a[1]) - of(b[1]) || a[0] - b[0]
  const due = free
    .filter(([, work]) => work.due)
    .sort(inOrder(({ marked }) => marked))
    .slice(0, limit)
  const woken = free
    .filter(([, { due, wakeAt }]) => !due && wakeAt !== null && wakeAt <= now)
    .sort(inOrder(({ wakeAt }) => wakeAt ?? 0))
    .slice(0, Math.max(Math.ceil(limit / 2), limit - due.length))
  const chosen = [...woken, ...due.slice(0, limit - woken.length)]
  for (const [cluster, work] of chosen) memory.work.set(cluster, { ...work, claimedUntil: now + leaseMs })
  return chosen.map(([cluster, { version }]) => ({ cluster, version }))
}

/** What shares a number stays on one page. */
function publishedIn(memory: Memory, after: number, limit: number): Published[] {
  const all = [...memory.published]
    .map(([cluster, { seq }]) => ({ cluster, seq }))
    .filter(({ seq }) => seq > after)
    .sort((a, b) => a.seq - b.seq || a.cluster - b.cluster)
  const last = all[Math.min(limit, all.length) - 1]
  return last ? all.filter(({ seq }) => seq <= last.seq) : []
}
