import type { Instant } from '@throughline/core'
import type { Baseline, ClusterId } from '@throughline/engine'
import { sql } from 'kysely'
import { type Engine, positionsOf, type Session, savePositions, writing } from './engine.ts'

type Wake = Readonly<{ cluster: ClusterId; wakeAt: Instant }>

/** Wake-ups written at a time. */
const CHUNK = 20_000

/** See `Store.rebuildDue`. */
export async function rebuildDue(engine: Engine): Promise<boolean> {
  const { bulk } = await positionsOf(engine.reader)
  return bulk > ((await baselineOf(engine.reader))?.seq ?? 0)
}

/** See `Store.baseline`. */
export async function baselineOf(session: Session): Promise<Baseline | undefined> {
  const row = await session.selectFrom('baselines').selectAll().orderBy('id', 'desc').limit(1).executeTakeFirst()
  return row && { id: row.id, seq: row.seq, asOf: row.as_of, rulesVersion: row.rules_version }
}

/** See `Store.publishBaseline`. */
export async function publishBaseline(
  engine: Engine,
  baseline: Omit<Baseline, 'id'>,
  wakes: AsyncIterable<readonly Wake[]>,
  now: Instant,
): Promise<Baseline> {
  // Read to the end first (two numbers a cluster): nobody else can write while this one does.
  const clusters: ClusterId[] = []
  const times: Instant[] = []
  for await (const some of wakes)
    for (const wake of some) {
      clusters.push(wake.cluster)
      times.push(wake.wakeAt)
    }
  return writing(engine, async (trx) => {
    const before = await positionsOf(trx)
    const version = before.version + 1
    const id = ((await baselineOf(trx))?.id ?? 0) + 1
    await trx.deleteFrom('published').execute()
    await trx.deleteFrom('absorbed').where('stamp', '<=', baseline.seq).execute()
    // Followers of the new baseline may have what these clusters had.
    await trx.updateTable('absorbed').set({ emptied: 0 }).execute()
    await trx.deleteFrom('work').where('marked', '<=', baseline.seq).execute()
    // What was marked since, published or not, was derived for the old baseline.
    await trx.updateTable('work').set({ due: 1, wake_at: null, claimed_until: 0, version }).execute()
    for (let from = 0; from < clusters.length; from += CHUNK) {
      const rows = clusters
        .slice(from, from + CHUNK)
        .map((cluster, index) => ({ cluster, wake_at: times[from + index] as Instant }))
      await sql`
        insert into work (cluster, version, marked, due, wake_at, claimed_until)
        select cluster, ${sql.lit(version)}, 0, 0, wake_at, 0
        from ${engine.relation({ cluster: 'integer', wake_at: 'integer' }, rows)} as given
        where true
        on conflict (cluster) do update set wake_at = excluded.wake_at`.execute(trx)
    }
    await sql`delete from work where cluster in (select cluster from absorbed)`.execute(trx)
    await trx
      .insertInto('baselines')
      .values({
        id,
        seq: baseline.seq,
        as_of: baseline.asOf,
        rules_version: baseline.rulesVersion,
        published_at: now,
      })
      .execute()
    await savePositions(trx, { version })
    return { id, seq: baseline.seq, asOf: baseline.asOf, rulesVersion: baseline.rulesVersion }
  })
}
