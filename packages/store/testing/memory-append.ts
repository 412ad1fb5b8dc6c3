import { directoryKeyOf, type Fact, isDirectoryFact, keysOf } from '@throughline/core'
import type { Appended, Batch, ClusterId, ImportProgress, LoggedFact, Profile } from '@throughline/engine'
import { componentsOf } from '../src/components.ts'
import { refuseUnstorable } from '../src/text.ts'
import { type Memory, type PublishedRow, rowsOf } from './memory.ts'

/** See `Store.append`. What is refused is refused before anything is changed. */
export function appendTo(memory: Memory, batch: Batch): Appended {
  const { positions } = memory
  const added = newOf(memory, batch.facts)
  refuseUnstorable(JSON.stringify(added), added)
  const profiles = batch.profiles ?? []
  refuseUnstorable(JSON.stringify(profiles), profiles)

  const before = positions.seq
  for (const fact of added) log(memory, fact)
  if (added.length > 0) positions.version++
  const clusters = link(memory, added)
  const directory = added.findLastIndex(isDirectoryFact)
  if (directory >= 0) positions.directory = before + 1 + directory
  if (batch.mode === 'live') {
    markIn(memory, clusters, positions.seq, positions.version)
    for (const fact of added) if (isDirectoryFact(fact)) memory.directoryDue.add(directoryKeyOf(fact))
  } else {
    if (added.length > 0) positions.bulk = positions.seq
    for (const [cluster, work] of rowsOf(memory.work, clusters))
      if (work.claimedUntil > 0) memory.work.set(cluster, { ...work, version: positions.version, claimedUntil: 0 })
  }
  for (const profile of profiles)
    memory.profiles.set(profile.key, given({ ...memory.profiles.get(profile.key), ...profile }))
  if (batch.progress) memory.imports.set(batch.progress.id, progressText(batch.progress))
  return {
    added: added.length,
    repeated: batch.facts.length - added.length,
    clusters: batch.mode === 'live' ? clusters : [],
  }
}

/** Makes clusters due; what somebody is deriving of them will be refused. */
export function markIn(memory: Memory, clusters: Iterable<ClusterId>, marked: number, version: number): void {
  for (const cluster of clusters) {
    const wakeAt = memory.work.get(cluster)?.wakeAt ?? null
    memory.work.set(cluster, { version, marked, due: true, wakeAt, claimedUntil: 0 })
  }
}

function newOf(memory: Memory, facts: readonly Fact[]): Fact[] {
  const ids = new Set<string>()
  return facts.filter(({ id }) => {
    if (ids.has(id) || memory.ids.has(id)) return false
    ids.add(id)
    return true
  })
}

function log(memory: Memory, fact: Fact): void {
  const logged: LoggedFact = {
    seq: ++memory.positions.seq,
    id: fact.id,
    kind: fact.kind,
    occurredAt: fact.occurredAt,
    recordedAt: fact.recordedAt,
    subject: isDirectoryFact(fact) ? null : keysOf(fact)[0],
    body: JSON.stringify(fact),
  }
  memory.facts.push(logged)
  memory.ids.set(fact.id, logged)
  if (logged.subject !== null) memory.filed.set(logged.subject, [...(memory.filed.get(logged.subject) ?? []), logged])
}

/** Puts the keys of new facts into clusters; where a fact ties several together, the one with most keys lives on. */
function link(memory: Memory, facts: readonly Fact[]): ClusterId[] {
  const keys = facts.flatMap((fact) => (isDirectoryFact(fact) ? [] : [keysOf(fact)]))
  const known = new Map<string, ClusterId>()
  for (const key of keys.flat()) {
    const cluster = memory.links.get(key)?.cluster
    if (cluster !== undefined) known.set(key, cluster)
  }
  return componentsOf(keys, known).map((component) => {
    const [largest, ...others] = [...component.clusters].sort((a, b) => sizeOf(memory, b) - sizeOf(memory, a) || a - b)
    const cluster = largest ?? ++memory.positions.cluster
    if (others.length > 0) absorb(memory, cluster, others)
    for (const key of component.keys) file(memory, key, cluster)
    return cluster
  })
}

const sizeOf = (memory: Memory, cluster: ClusterId): number => memory.keys.get(cluster)?.size ?? 0

function file(memory: Memory, key: string, cluster: ClusterId): void {
  memory.links.set(key, { cluster, stamp: memory.positions.seq })
  const keys = memory.keys.get(cluster)
  if (keys) keys.add(key)
  else memory.keys.set(cluster, new Set([key]))
}

/** Moves keys, due marks and published hashes of absorbed clusters to the one that survives. */
function absorb(memory: Memory, survivor: ClusterId, others: readonly ClusterId[]): void {
  const { seq, version } = memory.positions
  for (const absorbed of others) {
    for (const key of memory.keys.get(absorbed) ?? []) file(memory, key, survivor)
    memory.keys.delete(absorbed)
    for (const [cluster, row] of memory.absorbed)
      if (row.survivor === absorbed) memory.absorbed.set(cluster, { ...row, survivor })
    memory.absorbed.set(absorbed, { survivor, stamp: seq, emptied: false })
    const work = memory.work.get(absorbed)
    memory.work.delete(absorbed)
    if (work?.due) markIn(memory, [survivor], seq, version)
  }
  const parts = [survivor, ...others]
  const rows = rowsOf(memory.published, parts)
  if (rows.length === 0) return
  for (const [cluster, row] of rows) memory.published.set(cluster, { ...row, hashes: {}, partial: false })
  const joined: PublishedRow = {
    seq: rows.find(([cluster]) => cluster === survivor)?.[1].seq ?? 0,
    hashes: Object.assign({}, ...rows.map(([, { hashes }]) => hashes)),
    partial: rows.length < parts.length || rows.some(([, { partial }]) => partial),
  }
  memory.published.set(survivor, joined)
}

/** Without the fields that hold nothing. */
function given(profile: Profile): Profile {
  return Object.fromEntries(Object.entries(profile).filter(([, value]) => value !== undefined)) as Profile
}

function progressText({ id, state, finished }: ImportProgress): string {
  return JSON.stringify({ id, state: state ?? null, finished })
}
