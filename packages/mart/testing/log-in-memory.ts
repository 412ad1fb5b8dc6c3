import { type ClusterFact, type Fact, isDirectoryFact, keysOf } from '@throughline/core'
import type { Link, LoggedFact, Store } from '@throughline/engine'

type LogStore = Pick<Store, 'readFacts' | 'readLogText' | 'readLinks' | 'position'>

/** A log held in memory that gives out clusters as a store does. */
export type LogInMemory = LogStore &
  Readonly<{
    append(facts: readonly Fact[]): void
    size(): number
    clusterOf(key: string): number | undefined
    factsOf(cluster: number): ClusterFact[]
  }>

export function logInMemory(facts: readonly Fact[] = []): LogInMemory {
  const log: LoggedFact[] = []
  const known = new Set<string>()
  const links = new Map<string, { cluster: number; stamp: number }>()
  let clusters = 0

  function link(fact: ClusterFact, seq: number): void {
    const keys = keysOf(fact)
    const found = [...new Set(keys.flatMap((key) => links.get(key)?.cluster ?? []))].sort((a, b) => a - b)
    const into = found[0] ?? ++clusters
    const joined = new Set(found.slice(1))
    if (joined.size > 0) {
      for (const [key, { cluster }] of links) if (joined.has(cluster)) links.set(key, { cluster: into, stamp: seq })
    }
    for (const key of keys) if (links.get(key)?.cluster !== into) links.set(key, { cluster: into, stamp: seq })
  }

  function append(more: readonly Fact[]): void {
    for (const fact of more) {
      if (known.has(fact.id)) continue
      known.add(fact.id)
      const seq = log.length + 1
      log.push({
        seq,
        id: fact.id,
        kind: fact.kind,
        occurredAt: fact.occurredAt,
        recordedAt: fact.recordedAt,
        subject: isDirectoryFact(fact) ? null : keysOf(fact)[0],
        body: JSON.stringify(fact),
      })
      if (!isDirectoryFact(fact)) link(fact, seq)
    }
  }

  append(facts)
  return {
    append,
    size: () => log.length,
    clusterOf: (key) => links.get(key)?.cluster,
    factsOf: (cluster) =>
      log
        .filter((logged) => logged.subject !== null && links.get(logged.subject)?.cluster === cluster)
        .map((logged) => JSON.parse(logged.body) as ClusterFact),
    readFacts: async (after, limit) => log.slice(after, after + limit),
    async readLogText(after, limit) {
      const facts = log.slice(after, after + limit)
      const quoted = (text: string) => `\u0002${text.replaceAll('\u0002', '\u0002\u0002')}\u0002`
      const lines = facts.map(
        ({ seq, subject, body }) => `${seq},${subject === null ? '' : quoted(subject)},${quoted(body)}\n`,
      )
      return {
        text: lines.join(''),
        facts: facts.length,
        seq: facts.at(-1)?.seq ?? after,
        longest: Math.max(0, ...lines.map((line) => Buffer.byteLength(line))),
      }
    },
    async *readLinks(after) {
      const page: Link[] = []
      for (const [key, { cluster, stamp }] of links) if (stamp > after) page.push({ key, cluster, stamp })
      yield page
    },
    position: async () => ({ seq: log.length, facts: log.length }),
  }
}
