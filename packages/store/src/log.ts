import type { Fact } from '@throughline/core'
import type { ClusterId, Link, LoggedFact, LogText } from '@throughline/engine'
import { sql } from 'kysely'
import { type Engine, positionsOf } from './engine.ts'

/** Links read at a time. */
const PAGE = 20_000

/** See `Store.histories`. */
export async function histories(
  engine: Engine,
  clusters: readonly ClusterId[],
  upTo: number | undefined,
): Promise<Map<ClusterId, Fact[]>> {
  const found = new Map<ClusterId, Fact[]>(clusters.map((cluster) => [cluster, []]))
  if (clusters.length === 0) return found
  // Two questions of one table each: a planner without statistics joins them in the wrong order.
  const links = await engine.reader
    .selectFrom('links')
    .select(['key', 'cluster'])
    .where(engine.among('cluster', clusters))
    .execute()
  if (links.length === 0) return found
  const clusterOfKey = new Map(links.map((link) => [link.key, link.cluster]))
  const facts = await engine.reader
    .selectFrom('facts')
    .select(['seq', 'subject', 'body'])
    .where(engine.among('subject', [...clusterOfKey.keys()]))
    .execute()
  for (const { seq, subject, body } of facts) {
    if (upTo !== undefined && seq > upTo) continue
    const cluster = clusterOfKey.get(subject as string) as ClusterId
    found.get(cluster)?.push(JSON.parse(body))
  }
  return found
}

/** See `Store.clusterOf`. */
export async function clusterOf(engine: Engine, key: string): Promise<ClusterId | undefined> {
  const row = await engine.reader.selectFrom('links').select('cluster').where('key', '=', key).executeTakeFirst()
  return row?.cluster
}

/** See `Store.clusterOfFact`. */
export async function clusterOfFact(engine: Engine, id: string): Promise<ClusterId | undefined> {
  const row = await engine.reader
    .selectFrom('facts')
    .innerJoin('links', 'links.key', 'facts.subject')
    .select('links.cluster')
    .where('facts.id', '=', id)
    .executeTakeFirst()
  return row?.cluster
}

/** See `Store.directoryVersion`. */
export async function directoryVersion(engine: Engine): Promise<number> {
  return (await positionsOf(engine.reader)).directory
}

/** See `Store.directoryFacts`. */
export async function directoryFacts(engine: Engine): Promise<Fact[]> {
  const rows = await engine.reader
    .selectFrom('facts')
    .select('body')
    .where('subject', 'is', null)
    .orderBy('seq')
    .execute()
  return rows.map((row) => JSON.parse(row.body))
}

/** See `Store.readFacts`. */
export async function readFacts(engine: Engine, after: number, limit: number): Promise<LoggedFact[]> {
  return engine.reader
    .selectFrom('facts')
    .select(['seq', 'id', 'kind', 'occurred_at as occurredAt', 'recorded_at as recordedAt', 'subject', 'body'])
    .where('seq', '>', after)
    .orderBy('seq')
    .limit(limit)
    .execute()
}

const QUOTE = sql.lit('\u0002')
const NEWLINE = sql.lit('\n')

/** See `Store.readLogText`. JSON escapes control characters, so a body holds no quote. */
export async function readLogText(engine: Engine, after: number, limit: number): Promise<LogText> {
  const { rows } = await sql<{ facts: number; seq: number | null; longest: number | null; text: string | null }>`
    select count(*) as facts, max(seq) as seq, max(octet_length(line)) as longest, string_agg(line, '') as text
    from (
      select seq, seq || ',' || coalesce(${QUOTE} || replace(subject, ${QUOTE}, ${QUOTE} || ${QUOTE}) || ${QUOTE}, '')
        || ',' || ${QUOTE} || body || ${QUOTE} || ${NEWLINE} as line
      from facts where seq > ${after} order by seq limit ${limit}
    ) as page`.execute(engine.reader)
  const [page] = rows
  return { text: page?.text ?? '', facts: page?.facts ?? 0, seq: page?.seq ?? after, longest: page?.longest ?? 0 }
}

/**
 * See `Store.readLinks`. All pages show the same moment, the one at which reading began, so that a key comes
 * once and none is passed over. Read facts first: the links then cover them.
 */
export async function* readLinks(engine: Engine, after: number): AsyncGenerator<readonly Link[]> {
  const snapshot = await engine.snapshot()
  try {
    // From the start in order of keys, which is the table's own; later in order of stamps, which is an index.
    let last: Link | undefined
    for (;;) {
      let query = snapshot.session.selectFrom('links').select(['key', 'cluster', 'stamp']).limit(PAGE)
      if (after > 0) {
        query = query.orderBy('stamp').orderBy('key')
        query = last
          ? query.where(sql<boolean>`(stamp, key) > (${last.stamp}, ${last.key})`)
          : query.where('stamp', '>', after)
      } else {
        query = query.orderBy('key')
        if (last) query = query.where('key', '>', last.key)
      }
      const page = await query.execute()
      if (page.length > 0) yield page
      last = page.at(-1)
      if (page.length < PAGE) return
    }
  } finally {
    await snapshot.end()
  }
}

/** See `Store.position`. */
export async function position(engine: Engine): Promise<{ seq: number; facts: number }> {
  const { seq, facts } = await positionsOf(engine.reader)
  return { seq, facts }
}
