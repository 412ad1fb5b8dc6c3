import { createHash } from 'node:crypto'
import {
  type ClusterFact,
  type Derivation,
  derive,
  directoryOf,
  type Fact,
  type Instant,
  isDirectoryFact,
  keysOf,
} from '@throughline/core'
import type { BuildOptions, ClusterId, Mart, MartCheckpoint } from '@throughline/engine'

type World = { derivations: Map<ClusterId, Derivation>; checkpoint: MartCheckpoint | undefined; asOf: Instant }

/** What a mart's file would hold; it outlives the mart that is opened over it. */
export type MartMemory = Map<string, World>

/** Facts read from the store at a time: few, so that reading a small log takes several steps. */
const PAGE = 20

/** A mart of whole derivations, without tables and reports: for tests of what the engine does with one. */
export function openMartInMemory(worlds: MartMemory): Mart {
  const live = () => worlds.get('live')
  return {
    checkpoint: async () => live()?.checkpoint,
    async build(world, options) {
      const { derivations, seq, facts } = await built(options)
      worlds.set(world, { derivations, checkpoint: undefined, asOf: options.asOf })
      return {
        seq,
        facts,
        clusters: derivations.size,
        records: recordsOf(derivations).length,
        wakes: wakesOf(derivations),
      }
    },
    async setCheckpoint(checkpoint) {
      const world = live()
      if (world) world.checkpoint = checkpoint
    },
    async replace(derived, checkpoint) {
      const world = live()
      if (!world) throw new Error('There is no live world.')
      for (const { cluster, derivation } of derived) world.derivations.set(cluster, derivation)
      world.checkpoint = checkpoint
      world.asOf = checkpoint.asOf
    },
    async mentioning(keys) {
      return [...(live()?.derivations ?? [])].flatMap(([cluster, { mentions }]) =>
        mentions.some((key) => keys.includes(key)) ? [cluster] : [],
      )
    },
    async difference(worldA, worldB, limit) {
      const [a, b] = [worldA, worldB].map((name) => recordsOf(worlds.get(name)?.derivations ?? new Map()))
      const [onlyA, onlyB] = [without(a ?? [], b ?? []), without(b ?? [], a ?? [])]
      if (onlyA.length + onlyB.length === 0) return []
      const examples = (rows: string[]) => rows.slice(0, limit).map((row) => ({ row }))
      return [
        {
          table: 'records',
          onlyA: onlyA.length,
          onlyB: onlyB.length,
          examplesA: examples(onlyA),
          examplesB: examples(onlyB),
        },
      ]
    },
    async digest(world) {
      const records = recordsOf(worlds.get(world)?.derivations ?? new Map())
      const hash = createHash('sha1').update(records.join('\n')).digest('hex')
      return { hash, tables: [{ table: 'records', rows: records.length, hash }] }
    },
    async dropWorld(name) {
      worlds.delete(name)
    },
    async close() {},
  }
}

/** Derives every cluster of the log, as its links say what belongs together. */
async function built({ store, rules, asOf }: BuildOptions) {
  const facts: Fact[] = []
  let seq = 0
  for (;;) {
    const page = await store.readFacts(seq, PAGE)
    const last = page.at(-1)
    if (!last) break
    facts.push(...page.map(({ body }) => JSON.parse(body) as Fact))
    seq = last.seq
  }
  const clusters = new Map<string, ClusterId>()
  for await (const links of store.readLinks(0)) for (const { key, cluster } of links) clusters.set(key, cluster)
  const directory = directoryOf(facts.filter(isDirectoryFact), asOf)
  const histories = new Map<ClusterId, ClusterFact[]>()
  for (const fact of facts) {
    if (isDirectoryFact(fact)) continue
    const cluster = clusters.get(keysOf(fact)[0]) as ClusterId
    histories.set(cluster, [...(histories.get(cluster) ?? []), fact])
  }
  const derivations = new Map<ClusterId, Derivation>()
  for (const [cluster, history] of histories) derivations.set(cluster, derive(history, directory, rules, asOf))
  return { derivations, seq, facts: facts.length }
}

/** Every record with its kind, as text, in one order whatever the clusters; keys that several mention come once. */
function recordsOf(derivations: ReadonlyMap<ClusterId, Derivation>): string[] {
  const records: string[] = []
  const mentions = new Set<string>()
  for (const { wakeAt: _, mentions: mentioned, ...lists } of derivations.values()) {
    for (const [kind, list] of Object.entries(lists))
      for (const one of list) records.push(`${kind} ${JSON.stringify(one)}`)
    for (const key of mentioned) mentions.add(`mentions ${key}`)
  }
  return [...records, ...mentions].sort()
}

function without(rows: readonly string[], others: readonly string[]): string[] {
  const there = new Set(others)
  return rows.filter((row) => !there.has(row))
}

async function* wakesOf(derivations: ReadonlyMap<ClusterId, Derivation>) {
  for (const [cluster, { wakeAt }] of derivations) if (wakeAt !== null) yield [{ cluster, wakeAt }]
}
