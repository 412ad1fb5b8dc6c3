import type { ClusterId } from '@throughline/engine'
import { sql } from 'kysely'
import type { Engine, Writing } from './engine.ts'
import { mark } from './work.ts'

/** One cluster turned out to be part of another. */
export type Merge = Readonly<{ absorbed: ClusterId; survivor: ClusterId }>

/** Keys counted at first when clusters are compared, and how many times more each further round. */
const FIRST_LOOK = 64
const LOOK_FURTHER = 8

/**
 * Of each group of clusters the one with most keys, the oldest of equals. A key that moves does so into a
 * cluster at least twice the size its own had, so it moves rarely. Counting stops once all but one of a
 * group are known to be smaller: it costs what the second largest costs.
 */
export async function largestOf(
  engine: Engine,
  trx: Writing,
  groups: readonly (readonly ClusterId[])[],
): Promise<Set<ClusterId>> {
  const largest = new Set<ClusterId>()
  let open = groups
  for (let limit = FIRST_LOOK; open.length > 0; limit *= LOOK_FURTHER) {
    const rows = open.flat().map((cluster) => ({ cluster }))
    const counted = await sql<{ cluster: ClusterId; keys: number }>`
      select given.cluster, (
        select count(*) from (select 1 from links where links.cluster = given.cluster limit ${sql.lit(limit)}) as counted
      ) as keys
      from ${engine.relation({ cluster: 'integer' }, rows)} as given`.execute(trx)
    const sizes = new Map(counted.rows.map((row) => [row.cluster, row.keys]))
    const next: ClusterId[][] = []
    for (const group of open) {
      const inOrder = [...group].sort((a, b) => (sizes.get(b) ?? 0) - (sizes.get(a) ?? 0) || a - b)
      const large = inOrder.filter((cluster) => (sizes.get(cluster) ?? 0) >= limit)
      if (large.length > 1) next.push(large)
      else largest.add(inOrder[0] as ClusterId)
    }
    open = next
  }
  return largest
}

/** Moves keys, due marks and published hashes of absorbed clusters to the ones that survive. */
export async function merge(
  engine: Engine,
  trx: Writing,
  merges: readonly Merge[],
  at: Readonly<{ seq: number; version: number }>,
): Promise<void> {
  if (merges.length === 0) return
  const given = engine.relation<Merge>({ absorbed: 'integer', survivor: 'integer' }, merges)
  await sql`
    update links set cluster = given.survivor, stamp = ${sql.lit(at.seq)}
    from ${given} as given where links.cluster = given.absorbed`.execute(trx)
  await sql`
    update absorbed set survivor = given.survivor
    from ${given} as given where absorbed.survivor = given.absorbed`.execute(trx)
  await sql`
    insert into absorbed (cluster, survivor, stamp, emptied)
    select absorbed, survivor, ${sql.lit(at.seq)}, 0 from ${given} as given`.execute(trx)
  await moveWork(engine, trx, merges, at)
  await movePublished(engine, trx, merges)
}

/** A survivor is due if a part of it was. The absorbed clusters' times to wake say nothing any more. */
async function moveWork(
  engine: Engine,
  trx: Writing,
  merges: readonly Merge[],
  at: Readonly<{ seq: number; version: number }>,
): Promise<void> {
  const absorbed = merges.map((merge) => merge.absorbed)
  const removed = await trx
    .deleteFrom('work')
    .where(engine.among('cluster', absorbed))
    .returning(['cluster', 'due'])
    .execute()
  const due = new Set(removed.filter((row) => row.due === 1).map((row) => row.cluster))
  const survivors = merges.filter((merge) => due.has(merge.absorbed)).map((merge) => merge.survivor)
  await mark(engine, trx, [...new Set(survivors)], { marked: at.seq, version: at.version })
}

/**
 * A survivor has published what its parts have. Where only some parts have published since the baseline,
 * its row is `partial`: what the baseline published for the others still counts.
 */
async function movePublished(engine: Engine, trx: Writing, merges: readonly Merge[]): Promise<void> {
  const parts = new Map<ClusterId, ClusterId[]>()
  for (const { absorbed, survivor } of merges) parts.set(survivor, [...(parts.get(survivor) ?? [survivor]), absorbed])
  const rows = await trx
    .selectFrom('published')
    .selectAll()
    .where(engine.among('cluster', [...parts.values()].flat()))
    .execute()
  if (rows.length === 0) return
  const byCluster = new Map(rows.map((row) => [row.cluster, row]))
  const changed: { cluster: ClusterId; seq: number; hashes: string; partial: number }[] = []
  for (const [survivor, clusters] of parts) {
    const published = clusters.flatMap((cluster) => byCluster.get(cluster) ?? [])
    if (published.length === 0) continue
    const partial = published.length < clusters.length || published.some((row) => row.partial === 1)
    const hashes = JSON.stringify(Object.assign({}, ...published.map((row) => JSON.parse(row.hashes))))
    changed.push({ cluster: survivor, seq: byCluster.get(survivor)?.seq ?? 0, hashes, partial: partial ? 1 : 0 })
    for (const row of published)
      if (row.cluster !== survivor) changed.push({ cluster: row.cluster, seq: row.seq, hashes: '{}', partial: 0 })
  }
  await sql`
    insert into published (cluster, seq, hashes, partial)
    select cluster, seq, hashes, partial
    from ${engine.relation({ cluster: 'integer', seq: 'integer', hashes: 'text', partial: 'integer' }, changed)} as given
    where true
    on conflict (cluster) do update
    set seq = excluded.seq, hashes = excluded.hashes, partial = excluded.partial`.execute(trx)
}
