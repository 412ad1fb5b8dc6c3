import type { Baseline, ClusterId, OutboxEntry, Publication, Published } from '@throughline/engine'
import type { Memory } from './memory.ts'

/** See `Store.publish`. */
export function publishIn(memory: Memory, publications: readonly Publication[]): Published[] {
  const accepted = publications.filter(
    ({ cluster, version }, place) =>
      memory.work.get(cluster)?.version === version &&
      publications.findIndex((one) => one.cluster === cluster && one.version === version) === place,
  )
  if (accepted.length === 0) return []
  const version = ++memory.positions.version
  for (const { cluster, wakeAt, hashes, outbox } of accepted) {
    const seq = ++memory.positions.publication
    memory.published.set(cluster, { seq, hashes: { ...goneOf(memory, cluster, outbox), ...hashes }, partial: false })
    for (const [absorbed, row] of memory.absorbed) {
      if (row.survivor !== cluster || row.emptied) continue
      memory.absorbed.set(absorbed, { ...row, emptied: true })
      memory.published.set(absorbed, { seq, hashes: {}, partial: false })
    }
    const marked = memory.work.get(cluster)?.marked ?? 0
    memory.work.set(cluster, { version, marked, due: false, wakeAt, claimedUntil: 0 })
  }
  send(
    memory,
    accepted.flatMap(({ outbox }) => outbox),
  )
  return accepted.map(({ cluster }) => ({ cluster, seq: memory.published.get(cluster)?.seq ?? 0 }))
}

/** What was published once and may be gone now: the baseline may have published it too. */
function goneOf(memory: Memory, cluster: ClusterId, outbox: readonly OutboxEntry[]): Record<string, string> {
  const records = [
    ...Object.keys(memory.published.get(cluster)?.hashes ?? {}),
    ...outbox.filter(({ change }) => change === 'delete').map(({ record }) => record),
  ]
  return Object.fromEntries(records.map((record) => [record, '']))
}

/** The last change of a record is the one that counts. */
function send(memory: Memory, entries: readonly OutboxEntry[]): void {
  const last = new Map<string, OutboxEntry>()
  for (const entry of entries) {
    last.delete(entry.record)
    last.set(entry.record, entry)
  }
  for (const entry of last.values()) memory.outbox.set(entry.record, { ...entry, seq: ++memory.positions.outbox })
}

/** See `Store.publishBaseline`. */
export function publishBaselineIn(
  memory: Memory,
  baseline: Omit<Baseline, 'id'>,
  wakes: readonly Readonly<{ cluster: ClusterId; wakeAt: number }>[],
): Baseline {
  const version = ++memory.positions.version
  memory.published.clear()
  for (const [cluster, row] of memory.absorbed)
    if (row.stamp <= baseline.seq) memory.absorbed.delete(cluster)
    else memory.absorbed.set(cluster, { ...row, emptied: false })
  for (const [cluster, { marked }] of memory.work)
    if (marked <= baseline.seq) memory.work.delete(cluster)
    else memory.work.set(cluster, { version, marked, due: true, wakeAt: null, claimedUntil: 0 })
  for (const { cluster, wakeAt } of wakes) {
    const row = memory.work.get(cluster) ?? { version, marked: 0, due: false, claimedUntil: 0 }
    memory.work.set(cluster, { ...row, wakeAt })
  }
  for (const cluster of memory.absorbed.keys()) memory.work.delete(cluster)
  const saved = { id: (memory.baselines.at(-1)?.id ?? 0) + 1, ...baseline }
  memory.baselines.push(saved)
  return saved
}
