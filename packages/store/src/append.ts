import { directoryKeyOf, type Fact, isDirectoryFact, keysOf } from '@throughline/core'
import type { Appended, Batch, ClusterId } from '@throughline/engine'
import { sql } from 'kysely'
import { componentsOf } from './components.ts'
import { type Engine, positionsOf, savePositions, type Writing, writing } from './engine.ts'
import { saveProgress } from './imports.ts'
import { largestOf, type Merge, merge } from './merging.ts'
import { saveProfiles } from './profiles.ts'
import { refuseUnstorable } from './text.ts'
import { mark, unsettle } from './work.ts'

/** Adds a batch in one transaction; see `Store.append`. */
export async function append(engine: Engine, batch: Batch): Promise<Appended> {
  const facts = firstOfEach(batch.facts)
  return writing(engine, async (trx) => {
    const before = await positionsOf(trx)
    const added = await addFacts(engine, trx, facts, before.seq, batch.now)
    const seq = before.seq + added.length
    const version = before.version + 1
    const { clusters, nextCluster } = await link(engine, trx, added, { seq, version, cluster: before.cluster })
    const directory = added.findLastIndex(isDirectoryFact)
    if (batch.mode === 'live') {
      await mark(engine, trx, clusters, { marked: seq, version })
      await noteDirectory(engine, trx, added.filter(isDirectoryFact).map(directoryKeyOf))
    } else {
      await unsettle(engine, trx, clusters, version)
    }
    await saveProfiles(engine, trx, batch.profiles ?? [])
    if (batch.progress) await saveProgress(trx, batch.progress, batch.now)
    if (added.length > 0)
      await savePositions(trx, {
        seq,
        facts: before.facts + added.length,
        cluster: nextCluster,
        version,
        ...(directory < 0 ? {} : { directory: before.seq + 1 + directory }),
        ...(batch.mode === 'bulk' ? { bulk: seq } : {}),
      })
    return {
      added: added.length,
      repeated: batch.facts.length - added.length,
      clusters: batch.mode === 'live' ? clusters : [],
    }
  })
}

function firstOfEach(facts: readonly Fact[]): readonly Fact[] {
  const ids = new Set<string>()
  return facts.filter((fact) => {
    if (ids.has(fact.id)) return false
    ids.add(fact.id)
    return true
  })
}

const FACT_COLUMNS = {
  seq: 'integer',
  id: 'text',
  kind: 'text',
  occurred_at: 'integer',
  recorded_at: 'integer',
  subject: 'text',
  body: 'document',
} as const

/** Adds the facts whose ids are new, numbered from `after` on without a gap, and gives those. */
async function addFacts(
  engine: Engine,
  trx: Writing,
  facts: readonly Fact[],
  after: number,
  now: number,
): Promise<readonly Fact[]> {
  if (facts.length === 0) return []
  const inserted = await insertFacts(engine, trx, facts, after, now)
  if (inserted === facts.length) return facts
  // Some were known, which is rare: find out which were not, and number those without gaps.
  const rows = await trx.selectFrom('facts').select('id').where('seq', '>', after).execute()
  if (rows.length === 0) return []
  const fresh = new Set(rows.map((row) => row.id))
  const added = facts.filter((fact) => fresh.has(fact.id))
  await trx.deleteFrom('facts').where('seq', '>', after).execute()
  await insertFacts(engine, trx, added, after, now)
  return added
}

async function insertFacts(
  engine: Engine,
  trx: Writing,
  facts: readonly Fact[],
  after: number,
  now: number,
): Promise<number> {
  const rows = facts.map((fact, index) => ({
    seq: after + 1 + index,
    id: fact.id,
    kind: fact.kind,
    occurred_at: fact.occurredAt,
    recorded_at: fact.recordedAt,
    subject: isDirectoryFact(fact) ? null : keysOf(fact)[0],
    body: fact,
  }))
  const text = JSON.stringify(rows)
  refuseUnstorable(text, rows)
  const result = await sql`
    insert into facts (seq, id, kind, occurred_at, recorded_at, subject, body, logged_at)
    select seq, id, kind, occurred_at, recorded_at, subject, body, ${sql.lit(now)}
    from ${engine.relation(FACT_COLUMNS, rows, text)} as given
    where true
    on conflict (id) do nothing`.execute(trx)
  return Number(result.numAffectedRows ?? 0n)
}

/** Puts the keys of new facts into clusters, joining clusters where a fact ties them together. */
async function link(
  engine: Engine,
  trx: Writing,
  facts: readonly Fact[],
  at: Readonly<{ seq: number; version: number; cluster: ClusterId }>,
): Promise<{ clusters: ClusterId[]; nextCluster: ClusterId }> {
  const keys: (readonly string[])[] = []
  for (const fact of facts) if (!isDirectoryFact(fact)) keys.push(keysOf(fact))
  if (keys.length === 0) return { clusters: [], nextCluster: at.cluster }
  const known = await clustersOf(engine, trx, [...new Set(keys.flat())])
  const components = componentsOf(keys, known)
  const survivors = await largestOf(
    engine,
    trx,
    components.filter((component) => component.clusters.length > 1).map((component) => component.clusters),
  )
  let nextCluster = at.cluster
  const clusters: ClusterId[] = []
  const links: { key: string; cluster: ClusterId }[] = []
  const merges: Merge[] = []
  for (const component of components) {
    let cluster = component.clusters[0]
    if (component.clusters.length > 1) {
      cluster = component.clusters.find((one) => survivors.has(one)) as ClusterId
      for (const absorbed of component.clusters) if (absorbed !== cluster) merges.push({ absorbed, survivor: cluster })
    }
    cluster ??= ++nextCluster
    clusters.push(cluster)
    for (const key of component.keys) links.push({ key, cluster })
  }
  await merge(engine, trx, merges, at)
  if (links.length > 0)
    await sql`
      insert into links (key, cluster, stamp)
      select key, cluster, ${sql.lit(at.seq)}
      from ${engine.relation({ key: 'text', cluster: 'integer' }, links)} as given`.execute(trx)
  return { clusters, nextCluster }
}

async function clustersOf(engine: Engine, trx: Writing, keys: readonly string[]): Promise<Map<string, ClusterId>> {
  const rows = await trx.selectFrom('links').select(['key', 'cluster']).where(engine.among('key', keys)).execute()
  return new Map(rows.map((row) => [row.key, row.cluster]))
}

async function noteDirectory(engine: Engine, trx: Writing, keys: readonly string[]): Promise<void> {
  if (keys.length === 0) return
  const rows = [...new Set(keys)].map((key) => ({ key }))
  await sql`
    insert into directory_due (key)
    select key from ${engine.relation({ key: 'text' }, rows)} as given
    where true
    on conflict (key) do nothing`.execute(trx)
}
