import type { ClusterId, OutboxEntry, Publication, Published } from '@throughline/engine'
import { sql } from 'kysely'
import { type Engine, positionsOf, savePositions, type Writing, writing } from './engine.ts'

type Hashes = Readonly<Record<string, string>>

/** A record that was published once and has gone. Kept, because the baseline may have published it too. */
const GONE = ''

/** See `Store.publish`. */
export async function publish(engine: Engine, publications: readonly Publication[]): Promise<Published[]> {
  if (publications.length === 0) return []
  return writing(engine, async (trx) => {
    const accepted = await acceptable(engine, trx, publications)
    const clusters = accepted.map((publication) => publication.cluster)
    if (clusters.length === 0) return []
    const before = await positionsOf(trx)
    const version = before.version + 1
    const publication = await saveHashes(engine, trx, accepted, before.publication)
    const outbox = await saveOutbox(engine, trx, accepted, before.outbox)
    const rows = accepted.map(({ cluster, wakeAt }) => ({ cluster, wake_at: wakeAt }))
    // The new version refuses whoever derived the same cluster at the same time and comes second.
    await sql`
      update work set due = 0, wake_at = given.wake_at, claimed_until = 0, version = ${sql.lit(version)}
      from ${engine.relation({ cluster: 'integer', wake_at: 'integer' }, rows)} as given
      where work.cluster = given.cluster`.execute(trx)
    await savePositions(trx, { publication, outbox, version })
    return clusters.map((cluster, index) => ({ cluster, seq: before.publication + 1 + index }))
  })
}

async function acceptable(
  engine: Engine,
  trx: Writing,
  publications: readonly Publication[],
): Promise<readonly Publication[]> {
  const clusters = publications.map((publication) => publication.cluster)
  const rows = await trx
    .selectFrom('work')
    .select(['cluster', 'version'])
    .where(engine.among('cluster', clusters))
    .execute()
  const versions = new Map(rows.map((row) => [row.cluster, row.version]))
  return publications.filter(({ cluster, version }) => {
    if (versions.get(cluster) !== version) return false
    versions.delete(cluster)
    return true
  })
}

/**
 * Saves what is now derived, under one publication number for a cluster and for those it absorbed: whoever
 * follows removes theirs in the same go. Gives the last number.
 */
async function saveHashes(
  engine: Engine,
  trx: Writing,
  accepted: readonly Publication[],
  after: number,
): Promise<number> {
  const clusters = accepted.map((publication) => publication.cluster)
  const old = await trx
    .selectFrom('published')
    .select(['cluster', 'hashes'])
    .where(engine.among('cluster', clusters))
    .execute()
  const oldHashes = new Map(old.map((row) => [row.cluster, row.hashes]))
  const absorbed = await trx
    .updateTable('absorbed')
    .set({ emptied: 1 })
    .where('emptied', '=', 0)
    .where(engine.among('survivor', clusters))
    .returning(['cluster', 'survivor'])
    .execute()
  const numbers = new Map<ClusterId, number>()
  const rows = accepted.map((publication, index) => {
    const seq = after + 1 + index
    numbers.set(publication.cluster, seq)
    const hashes = JSON.stringify(laidOver(oldHashes.get(publication.cluster), publication))
    return { cluster: publication.cluster, seq, hashes }
  })
  for (const { cluster, survivor } of absorbed)
    rows.push({ cluster, seq: numbers.get(survivor) as number, hashes: '{}' })
  await sql`
    insert into published (cluster, seq, hashes, partial)
    select cluster, seq, hashes, 0
    from ${engine.relation({ cluster: 'integer', seq: 'integer', hashes: 'text' }, rows)} as given
    where true
    on conflict (cluster) do update set seq = excluded.seq, hashes = excluded.hashes, partial = 0`.execute(trx)
  return after + accepted.length
}

function laidOver(old: string | undefined, publication: Publication): Hashes {
  const gone: Record<string, string> = {}
  for (const record of Object.keys(old === undefined ? {} : JSON.parse(old))) gone[record] = GONE
  for (const entry of publication.outbox) if (entry.change === 'delete') gone[entry.record] = GONE
  return { ...gone, ...publication.hashes }
}

async function saveOutbox(
  engine: Engine,
  trx: Writing,
  accepted: readonly Publication[],
  after: number,
): Promise<number> {
  // The last change of a record in a call is the one that counts, as it would be in two calls.
  const entries = new Map<string, OutboxEntry>()
  for (const entry of accepted.flatMap((publication) => publication.outbox)) {
    entries.delete(entry.record)
    entries.set(entry.record, entry)
  }
  if (entries.size === 0) return after
  const rows = [...entries.values()].map((entry, index) => ({ ...entry, seq: after + 1 + index }))
  const columns = {
    record: 'text',
    kind: 'text',
    change: 'text',
    hash: 'text',
    body: 'text',
    seq: 'integer',
  } as const
  await sql`
    insert into outbox (record, kind, change, hash, body, seq)
    select record, kind, change, hash, body, seq from ${engine.relation(columns, rows)} as given
    where true
    on conflict (record) do update
    set kind = excluded.kind, change = excluded.change, hash = excluded.hash, body = excluded.body, seq = excluded.seq
  `.execute(trx)
  return after + rows.length
}

/** See `Store.hashesOf`. */
export async function hashesOf(
  engine: Engine,
  clusters: readonly ClusterId[],
): Promise<Map<ClusterId, Record<string, string>>> {
  if (clusters.length === 0) return new Map()
  const rows = await engine.reader
    .selectFrom('published')
    .select(['cluster', 'hashes', 'partial'])
    .where(engine.among('cluster', clusters))
    .execute()
  return new Map(
    rows.map((row) => {
      const hashes: Record<string, string> = JSON.parse(row.hashes)
      if (row.partial === 0)
        for (const [record, hash] of Object.entries(hashes)) if (hash === GONE) delete hashes[record]
      return [row.cluster, hashes]
    }),
  )
}

/** See `Store.partlyPublished`. */
export async function partlyPublished(engine: Engine, clusters: readonly ClusterId[]): Promise<Set<ClusterId>> {
  if (clusters.length === 0) return new Set()
  const rows = await engine.reader
    .selectFrom('published')
    .select('cluster')
    .where('partial', '=', 1)
    .where(engine.among('cluster', clusters))
    .execute()
  return new Set(rows.map((row) => row.cluster))
}

/** See `Store.publishedAfter`. What shares a number stays on one page, which may be longer for it. */
export async function publishedAfter(engine: Engine, seq: number, limit: number): Promise<Published[]> {
  const page = await engine.reader
    .selectFrom('published')
    .select(['cluster', 'seq'])
    .where('seq', '>', seq)
    .orderBy('seq')
    .orderBy('cluster')
    .limit(limit)
    .execute()
  const last = page.at(-1)
  if (!last || page.length < limit) return page
  const whole = await engine.reader
    .selectFrom('published')
    .select(['cluster', 'seq'])
    .where('seq', '=', last.seq)
    .orderBy('cluster')
    .execute()
  return [...page.filter((row) => row.seq < last.seq), ...whole]
}

/** See `Store.readOutbox`. */
export async function readOutbox(engine: Engine, limit: number): Promise<(OutboxEntry & Readonly<{ seq: number }>)[]> {
  return engine.reader.selectFrom('outbox').selectAll().orderBy('seq').limit(limit).execute()
}

/** See `Store.confirmOutbox`. */
export async function confirmOutbox(
  engine: Engine,
  delivered: readonly Readonly<{ record: string; seq: number }>[],
): Promise<void> {
  if (delivered.length === 0) return
  const rows = delivered.map(({ record, seq }) => ({ record, seq }))
  await writing(engine, async (trx) => {
    await sql`
      delete from outbox where (record, seq) in (
        select record, seq from ${engine.relation({ record: 'text', seq: 'integer' }, rows)} as given
      )`.execute(trx)
  })
}
