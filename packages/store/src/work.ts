import type { Instant } from '@throughline/core'
import type { Claim, ClusterId } from '@throughline/engine'
import { type RawBuilder, sql } from 'kysely'
import { type Engine, positionsOf, type Session, savePositions, type Writing, writing } from './engine.ts'

/** Makes clusters due. What a worker is deriving of them just now will be refused. */
export async function mark(
  engine: Engine,
  trx: Writing,
  clusters: readonly ClusterId[],
  at: Readonly<{ marked: number; version: number }>,
): Promise<void> {
  if (clusters.length === 0) return
  const rows = clusters.map((cluster) => ({ cluster }))
  await sql`
    insert into work (cluster, version, marked, due, wake_at, claimed_until)
    select cluster, ${sql.lit(at.version)}, ${sql.lit(at.marked)}, 1, null, 0
    from ${engine.relation({ cluster: 'integer' }, rows)} as given
    where true
    on conflict (cluster) do update
    set version = excluded.version, marked = excluded.marked, due = 1, claimed_until = 0`.execute(trx)
}

/** Makes sure that what a worker is deriving of these clusters just now is refused, without making them due. */
export async function unsettle(
  engine: Engine,
  trx: Writing,
  clusters: readonly ClusterId[],
  version: number,
): Promise<void> {
  if (clusters.length === 0) return
  await trx
    .updateTable('work')
    .set({ version, claimed_until: 0 })
    .where(engine.among('cluster', clusters))
    .where('claimed_until', '>', 0)
    .execute()
}

type Candidate = Readonly<{ cluster: ClusterId; version: number }>

/** Leases clusters to a worker; see `Store.claim`. Half of the places are for those whose time has come. */
export async function claim(engine: Engine, now: Instant, limit: number, leaseMs: number): Promise<Claim[]> {
  if (limit < 1) return []
  // Without a lock first: most of the time there is nothing to do, and asking should disturb nobody.
  if ((await candidates(engine.reader, now, 1, sql``)).length === 0) return []
  return engine.writer.transaction().execute(async (trx) => {
    const chosen = await candidates(trx, now, limit, engine.skipLocked)
    if (chosen.length === 0) return []
    await trx
      .updateTable('work')
      .set({ claimed_until: now + leaseMs })
      .where(
        engine.among(
          'cluster',
          chosen.map((one) => one.cluster),
        ),
      )
      .execute()
    return chosen.map(({ cluster, version }) => ({ cluster, version }))
  })
}

async function candidates(
  session: Session,
  now: Instant,
  limit: number,
  locking: RawBuilder<unknown>,
): Promise<Candidate[]> {
  const woken = await sql<Candidate>`
    select cluster, version from work
    where wake_at is not null and wake_at <= ${now} and due = 0 and claimed_until <= ${now}
    order by wake_at limit ${limit} ${locking}`.execute(session)
  const due = await sql<Candidate>`
    select cluster, version from work
    where due = 1 and claimed_until <= ${now}
    order by marked limit ${limit} ${locking}`.execute(session)
  const places = Math.max(Math.ceil(limit / 2), limit - due.rows.length)
  const first = woken.rows.slice(0, places)
  return [...first, ...due.rows.slice(0, limit - first.length)]
}

/** See `Store.markDue`. A cluster that was absorbed stands for the one that absorbed it. */
export async function markDue(engine: Engine, clusters: readonly ClusterId[]): Promise<void> {
  if (clusters.length === 0) return
  await writing(engine, async (trx) => {
    const gone = await trx
      .selectFrom('absorbed')
      .select(['cluster', 'survivor'])
      .where(engine.among('cluster', clusters))
      .execute()
    const survivors = new Map(gone.map((row) => [row.cluster, row.survivor]))
    const wanted = [...new Set(clusters.map((cluster) => survivors.get(cluster) ?? cluster))]
    const living = await trx
      .selectFrom('links')
      .select('cluster')
      .distinct()
      .where(engine.among('cluster', wanted))
      .execute()
    const before = await positionsOf(trx)
    const version = before.version + 1
    await mark(
      engine,
      trx,
      living.map((row) => row.cluster),
      { marked: before.seq, version },
    )
    await savePositions(trx, { version })
  })
}

/** See `Store.directoryDue`. */
export async function directoryDue(engine: Engine): Promise<string[]> {
  const rows = await engine.reader.selectFrom('directory_due').select('key').orderBy('key').execute()
  return rows.map((row) => row.key)
}

/** See `Store.clearDirectoryDue`. */
export async function clearDirectoryDue(engine: Engine, keys: readonly string[]): Promise<void> {
  if (keys.length === 0) return
  await writing(engine, async (trx) => {
    await trx.deleteFrom('directory_due').where(engine.among('key', keys)).execute()
  })
}
