import type { Instant } from '@throughline/core'
import type { StoredRules } from '@throughline/engine'
import type { Selectable } from 'kysely'
import { type Engine, type Session, writing } from './engine.ts'
import type { Tables } from './tables.ts'

/** See `Store.saveRules`. Saving what is already in force makes no new version. */
export async function saveRules(engine: Engine, document: string, hash: string, now: Instant): Promise<StoredRules> {
  return writing(engine, async (trx) => {
    const active = await activeRules(trx)
    if (active?.hash === hash) return active
    const saved = { version: (active?.version ?? 0) + 1, hash, document, savedAt: now }
    await trx.insertInto('rules').values({ version: saved.version, hash, document, saved_at: now }).execute()
    return saved
  })
}

/** See `Store.activeRules`. */
export async function activeRules(session: Session): Promise<StoredRules | undefined> {
  const row = await session.selectFrom('rules').selectAll().orderBy('version', 'desc').limit(1).executeTakeFirst()
  return row && stored(row)
}

/** See `Store.rulesVersion`. */
export async function rulesVersion(session: Session, version: number): Promise<StoredRules | undefined> {
  const row = await session.selectFrom('rules').selectAll().where('version', '=', version).executeTakeFirst()
  return row && stored(row)
}

function stored(row: Selectable<Tables['rules']>): StoredRules {
  return { version: row.version, hash: row.hash, document: row.document, savedAt: row.saved_at }
}
